"""KMA's VilageFcstInfoService_2.0 behind both of its doors: bases, their publication, their paging.
No key, and no rows of a base: those are made by kma_ultra and kma_village."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from seongsu_assets_tests.upstream import go_kr, kma_ultra, kma_village, refusals
from seongsu_assets_tests.upstream.wire import KST, Columns, Reply, Row, Table, day_of
from seongsu_assets_tests.upstream.world import Ask

_A_DAY = timedelta(days=1)
_TOO_OLD = "최근 1일 간의 자료만 제공합니다."
_SIZE = 10

#: A base, the rows it holds, and the moment it appears; None for a base that there never is.
Base = tuple[datetime, datetime]
Bases = Callable[[Ask, datetime], Base | None]


def answer(ask: Ask) -> Reply | Table:
    """base_date, base_time, nx, ny, pageNo, numOfRows, dataType. Code 03 for a base that is not
    there yet, or a missing parameter; code 10 for one older than a day."""
    given = ask.request.parameters
    if any(not given.get(name) for name in ("base_date", "base_time", "nx", "ny")):
        return refusals.go_kr("03")
    asked = _moment(given["base_date"], given["base_time"])
    if asked is None or asked < ask.request.at - _A_DAY:
        return refusals.go_kr("10", _TOO_OLD)
    base = _BASES[ask.request.service](ask, asked)
    if base is None or ask.request.at < base[1]:
        return refusals.go_kr("03")
    return _table(ask, base[0])


def _table(ask: Ask, base: datetime) -> Reply | Table:
    given = ask.request.parameters
    try:
        page, size = go_kr.number(given, "pageNo", 1), go_kr.number(given, "numOfRows", _SIZE)
        place = {"nx": int(given["nx"]), "ny": int(given["ny"])}
    except ValueError:
        return refusals.go_kr("10")
    is_json = given.get("dataType", "XML").upper() == "JSON"
    envelope = go_kr.Envelope(
        page, size, not is_json, extra={"dataType": "JSON" if is_json else "XML"}
    )
    rows = _ROWS[ask.request.service](ask.world.weather, base)
    # The hub tells the half-hourly base under the full hour; the other door as it was asked.
    hub = ask.request.provider == "kma_hub"
    told = base.replace(minute=0) if hub else base
    head = {"baseDate": f"{told:%Y%m%d}", "baseTime": f"{told:%H%M}"}
    value = "obsrValue" if ask.request.service == "getUltraSrtNcst" else "fcstValue"

    def shown(span: slice) -> list[Row]:
        return [_row(head, row, place, value) for row in rows[span]]

    return go_kr.table(envelope, len(rows), shown, Columns(counts=(value,)))


def _row(head: Row, row: kma_ultra.Told, place: Row, value: str) -> Row:
    category, when, text = row
    if when is None:
        return {**head, "category": category, **place, value: text}
    target = {"fcstDate": f"{when:%Y%m%d}", "fcstTime": f"{when:%H%M}"}
    return {**head, "category": category, **target, value: text, **place}


def _nowcast(ask: Ask, asked: datetime) -> Base | None:
    base = asked.replace(minute=0)
    return base, base + timedelta(minutes=ask.world.options.nowcast_minute)


def _ultra(ask: Ask, asked: datetime) -> Base | None:
    """Issued at half past; before that the hour has none of its own."""
    base = asked.replace(minute=30) if asked.minute >= 30 else asked - timedelta(hours=1)
    base = base.replace(minute=30)
    return base, base.replace(minute=0) + timedelta(minutes=ask.world.options.ultra_minute)


def _village(ask: Ask, asked: datetime) -> Base | None:
    """Every three hours from 02:00, and at no other time."""
    if asked.minute or asked.hour % 3 != 2:
        return None
    return asked, asked + timedelta(minutes=ask.world.options.village_minute)


def _moment(day: str, time: str) -> datetime | None:
    if (date := day_of(day)) is None or len(day) != 8:
        return None
    if not (time.isascii() and time.isdigit() and len(time) == 4):
        return None
    hour, minute = int(time[:2]), int(time[2:])
    if hour > 23 or minute > 59:
        return None
    return datetime(date.year, date.month, date.day, hour, minute, tzinfo=KST)


_BASES: Mapping[str, Bases] = {
    "getUltraSrtNcst": _nowcast,
    "getUltraSrtFcst": _ultra,
    "getVilageFcst": _village,
}
_ROWS = {
    "getUltraSrtNcst": kma_ultra.nowcast,
    "getUltraSrtFcst": kma_ultra.forecast,
    "getVilageFcst": kma_village.forecast,
}
