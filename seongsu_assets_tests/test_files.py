"""Official files in every shape and container become the same rows.
What is damaged or plausible is not asked here."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Parsed, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.card_daily import WHOLE_DAY
from seongsu_assets.sources.files import Files
from seongsu_assets.sources.folder import read_payload
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets_tests.official import (
    HEADER_2023,
    HEADER_2024,
    HEADER_SHEET,
    NOW,
    SEONGSU,
    csv_text,
    days_from,
    gzipped,
    payload,
    people,
    rows_2024,
    shared_data,
    workbook,
    zipped,
)

FILES = Files(Path("inbox"), SEONGSU)
DAYS = days_from("2024-03-04", 10)


def parse(name: str, body: bytes | str) -> Parsed:
    return FILES.parse(payload(name, body))


def value(parsed: Parsed, day: date, series: str, hour: int) -> float:
    rows = parsed.rows
    found = rows[
        (rows["business_date"] == pd.Timestamp(day))
        & (rows["series"] == series)
        & (rows["hour"] == hour)
    ]
    assert len(found) == 1
    return float(found["value"].iloc[0])


def test_the_shape_of_2024_is_read_with_the_row_numbers_of_the_file():
    parsed = parse("y.csv", csv_text(HEADER_2024, rows_2024(DAYS)))
    assert not parsed.rejects
    assert len(parsed.rows) == len(DAYS) * 2 * 19
    assert set(parsed.rows["hour"]) == {4, *range(6, 24)}
    assert value(parsed, DAYS[0], "alighting", 8) == people(DAYS[0])["하차"][3]
    assert list(parsed.rows["place"].unique()[:2]) == ["y.csv row 2", "y.csv row 3"]


def test_the_shape_of_2023_and_that_of_2024_say_the_same():
    rows = [[str(n), *cells] for n, cells in enumerate(rows_2024(DAYS), start=1)]
    older, newer = (
        parse("y.csv", csv_text(header, cells)).rows
        for header, cells in ((HEADER_2023, rows), (HEADER_2024, rows_2024(DAYS)))
    )
    pd.testing.assert_frame_equal(older, newer)


@pytest.mark.parametrize("first", ["6시 이전", "06시 이전"])
@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("title_rows", [0, 2])
def test_a_monthly_sheet_is_read_in_every_spelling(first: str, *, dated: bool, title_rows: int):
    header = [first if cell == "6시 이전" else cell for cell in HEADER_SHEET]
    when = datetime(2024, 3, 4) if dated else "2024-03-04"  # noqa: DTZ001 - as Excel stores it
    rows = [
        [when, "2호선", 211, "성수", direction, *hours, 7, sum(hours) + 7]
        for direction, hours in people(DAYS[0]).items()
    ]
    parsed = parse("m.xlsx", workbook([header, *rows], title_rows=title_rows))
    assert not parsed.rejects
    assert len(parsed.rows) == 2 * 20
    assert value(parsed, DAYS[0], "boarding", 24) == 7
    assert parsed.rows["place"].iloc[0] == f"m.xlsx row {title_rows + 2}"


def test_the_encoding_and_the_container_do_not_matter():
    text = csv_text(HEADER_2024, rows_2024(DAYS))
    plain = parse("y.csv", text).rows
    bodies = [text.encode(), text.encode("utf-8-sig"), gzipped(text)]
    bodies.append(zipped({"y.csv": text.encode("cp949"), "__MACOSX/y.csv": b"x"}))
    for body in bodies:
        same = parse("y.csv", body)
        assert not same.rejects
        pd.testing.assert_frame_equal(same.rows.drop(columns="place"), plain.drop(columns="place"))


def test_the_shape_is_told_by_the_content_not_by_the_name():
    assert len(parse("notes.txt", csv_text(HEADER_2024, rows_2024(DAYS))).rows)


def test_every_member_of_a_zip_is_read_and_an_unknown_one_is_refused_beside_them():
    first, second = (csv_text(HEADER_2024, rows_2024(half)) for half in (DAYS[:5], DAYS[5:]))
    parsed = parse("y.zip", zipped({"a.csv": first.encode(), "b.csv": second.encode(), "n": b"hi"}))
    assert parsed.rows["business_date"].nunique() == len(DAYS)
    (reject,) = parsed.rejects
    assert reject.place == "y.zip/n"


def test_thousands_commas_are_read_and_an_empty_cell_is_an_unknown_hour():
    rows = rows_2024(DAYS[:1])
    rows[0][8], rows[0][9] = '"1,234"', ""
    parsed = parse("y.csv", csv_text(HEADER_2024, rows))
    assert not parsed.rejects
    assert value(parsed, DAYS[0], "boarding", 8) == 1234
    boarding = parsed.rows[parsed.rows["series"] == "boarding"]
    assert 9 not in set(boarding["hour"])


def test_rows_of_the_citys_other_stations_are_passed_over():
    others = [Station(name, "2호선", 200 + n) for n, name in enumerate("가나다라마바사")]
    rows = [cells for station in (*others, SEONGSU) for cells in rows_2024(DAYS, station)]
    parsed = parse("y.csv", csv_text(HEADER_2024, rows))
    assert not parsed.rejects
    assert len(parsed.rows) == len(DAYS) * 2 * 19
    with pytest.raises(SourceError, match="no row of 성수"):
        parse("y.csv", csv_text(HEADER_2024, rows[: -len(DAYS) * 2]))


def test_daily_card_files_are_read_in_spite_of_their_trailing_field():
    names = '"사용일자","노선명","역명","승차총승객수","하차총승객수","등록일자"\n'
    body = (
        f'{names}"20240304","2호선","성수","45,000","46000","20240307",""\n'
        '"20240304","2호선","잠실(송파구청)","1","2","20240307",""\n'
        '"20240305","2호선","성수","-1","46000","20240308"\n'
    )
    parsed = parse("card.csv", body.encode("utf-8-sig"))
    assert set(parsed.rows["hour"]) == {WHOLE_DAY}
    assert value(parsed, DAYS[0], "boarding", WHOLE_DAY) == 45_000
    (reject,) = parsed.rejects
    assert (reject.place, reject.business_date) == ("card.csv row 4", date(2024, 3, 5))


def test_a_plain_daily_table_is_read():
    parsed = parse("d.csv", "date,boarding,alighting\n2024-03-04,45000,46000\n2024-03-05,")
    assert len(parsed.rows) == 2
    assert parsed.rejects[0].place == "d.csv row 3"


def test_the_folder_gives_every_file_but_hidden_and_unfinished_ones(tmp_path: Path):
    for name in ("b.csv", "a.csv", ".hidden", "c.csv.part"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    window = Window(DAYS[0], DAYS[-1])
    found = list(Files(tmp_path, SEONGSU).fetch(window))
    assert [each.request for each in found] == ["a.csv", "b.csv"]
    assert all(
        abs(each.received_at - datetime.now(NOW.tzinfo)) < timedelta(minutes=5) for each in found
    )
    with pytest.raises(SourceError, match="no folder"):
        list(Files(tmp_path / "absent", SEONGSU).fetch(window))


def test_where_the_clock_is_set_back_no_file_has_come_later_than_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a.csv").write_text("a")
    monkeypatch.setenv(clock.VARIABLE, NOW.isoformat())
    [found] = Files(tmp_path, SEONGSU).fetch(Window(DAYS[0], DAYS[-1]))
    assert found.received_at == NOW


def test_a_file_is_read_byte_for_byte_and_an_absent_one_is_an_error(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfx\r\n")
    read = read_payload(path, NOW)
    assert (read.body, read.request, read.received_at) == (b"\xef\xbb\xbfx\r\n", "a.csv", NOW)
    with pytest.raises(SourceError, match="cannot be read"):
        read_payload(tmp_path / "b.csv", NOW)


@pytest.mark.skipif(shared_data() is None, reason="the folder ../shared/data is absent")
def test_the_official_files_are_read_whole_and_agree_with_each_other():
    folder = shared_data()
    assert folder is not None
    read = {
        path.name: FILES.parse(read_payload(path, NOW))
        for path in sorted((folder / "seoul" / "hourly").iterdir())
    }
    assert not any(parsed.rejects for parsed in read.values())
    key = ["series", "business_date", "hour"]
    tall = pd.concat([parsed.rows for parsed in read.values()])
    assert tall["business_date"].nunique() == 609
    values = tall.groupby(key)["value"]
    pd.testing.assert_series_equal(values.min(), values.max())
