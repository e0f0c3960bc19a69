"""Open-Meteo's hourly lists made days, and each way it refuses.
What was asked for, and when that was known, is for the sources to say."""

import reprlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Reject
from seongsu_assets.errors import Outage, QuotaSpent, RequestRefused
from seongsu_assets.outside import Answer
from seongsu_assets.sources.answers import json_of, refuse_status
from seongsu_assets.sources.values import as_text, moment
from seongsu_assets.sources.weather_values import degrees, fall

#: What is asked for, and the unit that it must come in.
UNITS = {"temperature_2m": "°C", "precipitation": "mm", "snowfall": "cm"}
#: A day with fewer known hours is not told: its sums would look like a dry day's.
FEWEST_HOURS = 20

_QUOTED = 200
_REMEDY = "compare the answer with Open-Meteo's documentation: its shape has changed"


@dataclass(frozen=True)
class Hour:
    """One hour by its end in UTC, and the day that it belongs to; None is not known."""

    place: str
    ends: datetime
    day: date
    temperature: float | None
    precipitation: float | None
    snowfall: float | None
    record: str


@dataclass(frozen=True)
class Day:
    """A day by its known hours, of which it has at least one."""

    date: date
    known: Sequence[Hour]

    @property
    def whole(self) -> bool:
        return len(self.known) >= FEWEST_HOURS

    @property
    def attributes(self) -> dict[str, Any]:
        """temperature (mean, °C), precipitation (sum, mm), snowfall (sum, cm; absent where an
        hour's is not known) and hours, the number of those known."""
        snow = [hour.snowfall for hour in self.known if hour.snowfall is not None]
        told = {
            "temperature": round(fmean(hour.temperature or 0.0 for hour in self.known), 2),
            "precipitation": round(sum(hour.precipitation or 0.0 for hour in self.known), 2),
            "hours": len(self.known),
        }
        if len(snow) == len(self.known):
            told["snowfall"] = round(sum(snow), 2)
        return told


@dataclass(frozen=True)
class Table:
    """All records of an answer: the days they make, those refused, and how many there were."""

    days: tuple[Day, ...]
    rejects: tuple[Reject, ...]
    received: int


def refuse(answer: Answer) -> None:
    """Raise what a status means: QuotaSpent for the limit of an hour or a day, Outage for that of
    a minute, RequestRefused with Open-Meteo's reason, and as `refuse_status`."""
    if answer.status not in {400, 429}:
        refuse_status(answer)
        return
    reason = _reason(json_of(answer.body))
    if answer.status == 400:  # noqa: PLR2004 - bad request
        raise RequestRefused(f"the request is refused: {reason}", remedy="correct its parameters")
    if reason.startswith(("Hourly", "Daily")):
        raise QuotaSpent(f"the calls are used up: {reason}", remedy="ask again later")
    raise Outage(f"too many calls at once: {reason}", remedy="ask again later")


def table(body: bytes, zone: ZoneInfo) -> Table:
    """The days of an answer, cut at the midnights of `zone`. RequestRefused for another zone or
    unit, and for lists that are not of one length: which value belongs to which hour cannot be
    told."""
    tree = json_of(body)
    clock = _clock(_part(tree, "answer"), zone)
    columns = _columns(tree)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    read = [_hour(f"hour {number}", row, clock, zone) for number, row in enumerate(rows, start=1)]
    same = defaultdict[datetime, list[Hour]](list)
    for hour in read:
        if isinstance(hour, Hour):
            same[hour.ends].append(hour)
    once = [hours[0] for hours in same.values() if len(hours) == 1]
    twice = [hour for hours in same.values() if len(hours) > 1 for hour in hours]
    rejects = [each for each in read if isinstance(each, Reject)]
    rejects += [Reject(hour.place, "the hour is told twice", hour.record) for hour in twice]
    return Table(_days(once, clock), tuple(rejects), len(rows))


def _days(hours: Sequence[Hour], clock: timezone) -> tuple[Day, ...]:
    """The days asked for, as the answer's clock dates them. The first midnight closes a day that
    was not."""
    first = min((hour.ends.astimezone(clock).date() for hour in hours), default=date.max)
    known = defaultdict[date, list[Hour]](list)
    for hour in hours:
        if hour.day >= first and hour.temperature is not None and hour.precipitation is not None:
            known[hour.day].append(hour)
    return tuple(Day(day, known[day]) for day in sorted(known))


def _hour(place: str, row: Mapping[str, Any], clock: timezone, zone: ZoneInfo) -> Hour | Reject:
    try:
        spelled = row["time"]
        words = spelled.replace("T", " ") if isinstance(spelled, str) else spelled
        ends = moment(words, "time", clock)
        return Hour(
            place,
            ends,
            # An amount is that of the hour before its time: midnight closes the day before.
            (ends - timedelta(hours=1)).astimezone(zone).date(),
            degrees(row["temperature_2m"], "temperature_2m"),
            fall(row["precipitation"], "precipitation"),
            fall(row["snowfall"], "snowfall"),
            as_text(row),
        )
    except ValueError as error:
        return Reject(place, str(error), as_text(row))


def _clock(whole: Mapping[str, Any], zone: ZoneInfo) -> timezone:
    """The offset that all times of an answer are in: the one in force when it was asked for, also
    for days of the other half of the year (said by Open-Meteo's author in issues 261 and 1764)."""
    if whole.get("error"):
        raise RequestRefused(f"the request is refused: {_reason(whole)}", remedy=_REMEDY)
    said = whole.get("utc_offset_seconds")
    if whole.get("timezone") != zone.key or said not in _offsets(zone):
        raise RequestRefused(f"the hours are not those of {zone.key}", remedy=_REMEDY)
    return timezone(timedelta(seconds=said))


def _offsets(zone: ZoneInfo) -> list[float]:
    """The seconds by which the zone is ahead of UTC, in winter and in summer."""
    months = [datetime(2026, month, 1, tzinfo=zone) for month in (1, 7)]
    return [(month.utcoffset() or timedelta()).total_seconds() for month in months]


def _columns(tree: Any) -> dict[str, list[Any]]:
    whole = _part(tree, "answer")
    units, hourly = _part(whole.get("hourly_units"), "units"), _part(whole.get("hourly"), "hours")
    for name, unit in UNITS.items():
        if units.get(name) != unit:
            found = reprlib.repr(units.get(name))
            raise RequestRefused(f"{name} is in {found} and not in {unit}", remedy=_REMEDY)
    columns = {name: hourly.get(name) for name in ("time", *UNITS)}
    lists = {name: values for name, values in columns.items() if isinstance(values, list)}
    if len(lists) < len(columns) or len({len(values) for values in lists.values()}) > 1:
        raise RequestRefused("the hourly lists are not of one length", remedy=_REMEDY)
    return lists


def _part(value: Any, name: str) -> dict[str, Any]:
    if isinstance(value, dict) and not getattr(value, "repeated", ()):
        return value
    raise RequestRefused(f"the answer has no {name}", remedy=_REMEDY)


def _reason(tree: Any) -> str:
    reason = tree.get("reason") if isinstance(tree, dict) else None
    return reason[:_QUOTED] if isinstance(reason, str) else "it gives no reason"
