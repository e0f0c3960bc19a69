"""Open-Meteo's forecast and archive: hours as parallel lists, in local time without an offset.
Which parameters it takes stands in open_meteo_wish, the numbers in open_meteo_values; no key."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from seongsu_assets_tests.upstream import refusals
from seongsu_assets_tests.upstream.open_meteo_values import Times
from seongsu_assets_tests.upstream.open_meteo_wish import Refused, Wish, read
from seongsu_assets_tests.upstream.wire import Reply, Row, Table, as_json
from seongsu_assets_tests.upstream.world import Ask

_ARCHIVE_LAG = timedelta(days=5)
_UNITS = {"temperature": "°C", "precip": "mm", "rain": "mm", "snow": "cm", "relative": "%"}


def answer(ask: Ask) -> Reply | Table:
    """Hourly rows as parallel lists, local time without an offset; daily ones beside them."""
    try:
        wish = read(ask)
    except Refused as refusal:
        return refusals.open_meteo(str(refusal))
    known_until = None
    if ask.request.service == "archive":
        known_until = ask.request.at.date() - _ARCHIVE_LAG
    times = Times(ask.world.weather, wish.zone, ask.request.at, known_until)
    part, names = ("hourly", wish.hourly) if wish.hourly else ("daily", wish.daily)

    def rows() -> list[Row]:
        return times.hours(wish.days, names) if wish.hourly else times.days(wish.days, names)

    def wrap(shown: list[Row], _total: int) -> Reply:
        whole = _head(wish, ask) | _part(part, names, shown)
        if wish.hourly and wish.daily:
            whole |= _part("daily", wish.daily, times.days(wish.days, wish.daily))
        return as_json(whole)

    return Table(len(wish.days) * (24 if wish.hourly else 1), rows, wrap)


def _head(wish: Wish, ask: Ask) -> dict[str, Any]:
    """The place is that of the model's grid, not the one asked for."""
    offset = ask.request.at.astimezone(wish.zone).utcoffset() or timedelta()
    short = "GMT+9" if offset else "GMT"
    return {
        "latitude": round(round(wish.latitude / 0.05) * 0.05, 4),
        "longitude": round(round(wish.longitude / 0.0625) * 0.0625, 4),
        "generationtime_ms": 0.1,
        "utc_offset_seconds": int(offset.total_seconds()),
        "timezone": wish.zone.key,
        "timezone_abbreviation": short,
        "elevation": 20.0,
    }


def _part(part: str, names: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    units = {name: _unit(name) for name in names}
    columns = list(rows[0]) if rows else ["time", *names]
    values = {column: [row[column] for row in rows] for column in columns}
    return {f"{part}_units": {"time": "iso8601", **units}, part: values}


def _unit(name: str) -> str:
    if "probability" in name:
        return "%"
    return next((unit for word, unit in _UNITS.items() if name.startswith(word)), "")
