"""One candle as Coinbase tells it: [time, low, high, open, close, volume].
The order is documented; that a candle of no volume is none is ours to say."""

import math
import reprlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from seongsu_assets.sources.values import as_text

HOUR = timedelta(hours=1)
_FIELDS = ("time", "low", "high", "open", "close", "volume")
#: Coinbase traded from 2015 on; a time in milliseconds would be far beyond the other end.
_YEARS = range(2015, 2100)


class Untraded(ValueError):  # noqa: N818 - said by a candle that is whole
    """An hour in which nothing was traded has no price."""


@dataclass(frozen=True)
class Candle:
    """An hour in which something was traded. `begins` in UTC, `close` in the quote currency."""

    place: str
    begins: datetime
    close: float
    record: str


def candle(place: str, record: Any) -> Candle:
    """The candle. Untraded where it tells of no trade; ValueError says what else is wrong."""
    if not isinstance(record, list) or len(record) != len(_FIELDS):
        raise ValueError(f"is no candle of {len(_FIELDS)} fields: {reprlib.repr(record)}")
    found = {name: _number(cell, name) for name, cell in zip(_FIELDS, record, strict=True)}
    for name in ("low", "high", "open", "close"):
        if found[name] <= 0:
            raise ValueError(f"{name} is no price: {found[name]:g}")
    for name in ("open", "close"):
        if not found["low"] <= found[name] <= found["high"]:
            bounds = f"{found['low']:g} and {found['high']:g}"
            raise ValueError(f"{name} {found[name]:g} is not between {bounds}")
    begins = _moment(found["time"])
    if found["volume"] <= 0:
        raise Untraded("nothing was traded, so there is no price")
    return Candle(place, begins, found["close"], as_text(record))


def _number(cell: Any, name: str) -> float:
    """JSON numbers; a number in quotes would be another format, which somebody must look at."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        raise ValueError(f"{name} is no number: {reprlib.repr(cell)}")
    return float(cell)


def _moment(seconds: float) -> datetime:
    if seconds % HOUR.total_seconds():
        raise ValueError(f"time is not on the hour: {seconds:.0f}")
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        found = None
    if found is None or found.year not in _YEARS:
        raise ValueError(f"time is no moment of trading: {seconds:.0f}")
    return found
