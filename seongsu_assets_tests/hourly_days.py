"""Days of hourly records, built one by one, and what a source makes of them, for tests.
No expectations here."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.sources.seoul.station_hourly import SERVICE, StationHourly
from seongsu_assets_tests.official import SEONGSU

HOURLY = StationHourly(SEONGSU)
DAY = date(2026, 3, 5)
HOURS = (*range(4, 24), 0)
_NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)


def record(
    hour: Any = "08",
    on: Any = "100",
    off: Any = "90",
    card: Any = "1",
    user: Any = "01",
    **changed: Any,
) -> dict[str, Any]:
    """Seongsu's people of one hour, card and passenger type."""
    usual = {
        "pasngDe": "20260305", "pasngHr": hour, "lineNm": "2호선", "stnCd": "211", "stnNo": "211",
        "stnNm": "성수", "trnscdSeCd": card, "trnscdSeCdNm": "선불", "trnscdUserSeCd": user,
        "trnscdUserSeCdNm": "일반", "rideNope": on, "gffNope": off, "crtrYmd": "20260306",
    }  # fmt: skip
    return usual | changed


def another(hour: Any = "08", **changed: Any) -> dict[str, Any]:
    """The same of the next station."""
    return record(hour, **{"stnCd": "210", "stnNo": "210", "stnNm": "뚝섬"} | changed)


def whole_day() -> list[dict[str, Any]]:
    """Every hour with two cards and three kinds of passengers."""
    return [
        record(f"{hour:02}", str(hour * 100 + 7), str(hour * 90 + 3), card, user)
        for hour in HOURS
        for card in ("1", "2")
        for user in ("01", "02", "100")
    ]


def page(records: Iterable[Any], total: int | None = None) -> bytes:
    rows = list(records)
    counted = len(rows) if total is None else total
    body = {"items": {"item": rows}, "pageNo": 1, "numOfRows": 1000, "totalCount": counted}
    header = {"resultCode": "00", "resultMsg": "NORMAL SERVICE"}
    return json.dumps({"response": {"header": header, "body": body}}).encode()


def arrived(body: bytes) -> Payload:
    return Payload(HOURLY.name, f"{SERVICE}/20260305", body, _NOW)


def parsed(*records: Any) -> Parsed:
    return HOURLY.parse(arrived(page(records)))


def slots(found: Parsed) -> dict[str, dict[int, float]]:
    """People by series and slot."""
    rows = found.rows
    return {
        str(series): dict(zip(part["hour"], part["value"], strict=True))
        for series, part in rows.groupby("series")
    }


def counted(found: Parsed) -> tuple[int | None, int]:
    """Records received and refused; each refused one stands once."""
    places = [reject.place for reject in found.rejects]
    assert len(places) == len(set(places))
    return found.received, len(places)
