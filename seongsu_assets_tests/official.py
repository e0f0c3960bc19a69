"""Files in the official shapes, built for tests.
No test here, and no shape that a public body does not publish."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from seongsu_assets.domain import Payload
from seongsu_assets.sources.sample_day import HOURS, Kind, counts
from seongsu_assets.sources.seoul_metro import Station

SEONGSU = Station("성수", "2호선", 211)
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

SLOTS_2023 = ["06시이전", *(f"{h:02}-{h + 1:02}시간대" for h in range(6, 24)), "24시이후"]
SLOTS_2024 = ["06시 이전", *(f"{h:02}시-{h + 1:02}시" for h in range(6, 24)), "24시 이후"]
SLOTS_SHEET = ["6시 이전", *(f"{h:02} ~ {h + 1:02}" for h in range(6, 24)), "24시 이후"]

HEADER_2023 = ["연번", "수송일자", "호선", "역번호", "역명", "승하차구분", *SLOTS_2023]
HEADER_2024 = ["날짜", "호선", "역번호", "역명", "구분", *SLOTS_2024]
HEADER_SHEET = ["날짜", "호선", "역번호", "역명", "구분", *SLOTS_SHEET, "합 계"]


def people(day: date) -> dict[str, list[int]]:
    """A plausible day: counts per 승차 / 하차 by hour."""
    names = ("weekday",) * 5 + ("saturday", "sunday")
    grid = counts(day, Kind(names[day.weekday()], "ordinary"), seed=1)
    return dict(zip(("승차", "하차"), grid.tolist(), strict=True))


def rows_2024(days: Sequence[date], station: Station = SEONGSU) -> list[list[str]]:
    """Two rows a day; the last bin is empty, as published."""
    place = [station.line, str(station.code), station.name]
    return [
        [str(day), *place, direction, *map(str, hours), ""]
        for day in days
        for direction, hours in people(day).items()
    ]


def days_from(first: str, number: int) -> list[date]:
    return [date.fromisoformat(first) + timedelta(n) for n in range(number)]


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\r\n".join(",".join(cells) for cells in [header, *rows]) + "\r\n"


def payload(name: str, body: bytes | str) -> Payload:
    return Payload("files", name, body if isinstance(body, bytes) else body.encode("cp949"), NOW)


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()


def gzipped(text: str) -> bytes:
    return gzip.compress(text.encode("cp949"))


def workbook(rows: Sequence[Sequence[object]], *, title_rows: int = 0) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for _ in range(title_rows):
        sheet.append(["역별 시간대별 이용인원"])
    for cells in rows:
        sheet.append(list(cells))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def totals(days: Iterable[date]) -> str:
    """The totals of the days, as somebody's own table."""
    rows = [[f"{day}", *(str(sum(hours)) for hours in people(day).values())] for day in days]
    return csv_text(["date", "boarding", "alighting"], rows)


def shared_data() -> Path | None:
    """The folder of real files beside the repository; None where there is none."""
    folder = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    return folder if folder.is_dir() else None


assert len(HOURS) + 1 == len(SLOTS_2024)
