"""From one record per hour, card and passenger type to one count per hour and direction.
No envelope and no request here."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from seongsu_assets.domain import Reject
from seongsu_assets.sources.records import Record
from seongsu_assets.sources.seoul.api_records import (
    MOST_PEOPLE,
    Fields,
    of_day,
    people,
    refusal,
    word,
    ymd,
)
from seongsu_assets.sources.seoul_metro import AFTER_MIDNIGHT, BEFORE_SIX, Station

FIELDS = Fields(
    {
        "day": ("pasngDe",),
        "hour": ("pasngHr",),
        "line": ("lineNm",),
        "code": ("stnCd",),
        "station": ("stnNm",),
        "card": ("trnscdSeCd",),
        "user": ("trnscdUserSeCd",),
        "boarding": ("rideNope",),
        "alighting": ("gffNope",),
    },
    frozenset(("stnNo", "trnscdSeCdNm", "trnscdUserSeCdNm", "crtrYmd")),
)
_WHOSE = ("line", "code", "station")
_SERIES = ("boarding", "alighting")

#: The hour is of the operating day: the small hours are those of the night after it.
_SLOTS = {
    **dict.fromkeys((4, 5), BEFORE_SIX),
    **{hour: hour for hour in range(6, 24)},
    **dict.fromkeys(range(4), AFTER_MIDNIGHT),
}
_HOUR = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class Told:
    """The day of a station: one Record per direction, what was refused, and facts about it."""

    records: tuple[Record, ...]
    rejects: tuple[Reject, ...]
    facts: dict[str, Any]


@dataclass(frozen=True)
class _Part:
    """One record that is, or may be, the station's. `slot` is None where it cannot be read, and
    `reason` says why the record does not count."""

    place: str
    record: Any
    slot: int | None
    key: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict[str, int])
    reason: str = ""


def hourly(station: Station, place: str, day: date, records: Sequence[Any]) -> Told:
    """What the records of all stations say of one. Every record is checked; an hour with a record
    that is, or may be, the station's and is not understood has no count at all: its sum would be
    too low. Where not even the hour is understood, the whole day has none."""
    read = [
        _read(station, f"{place} record {number}", record, day)
        for number, record in enumerate(records, start=1)
    ]
    parts = _without_doubt([each for each in read if isinstance(each, _Part)])
    good = [part for part in parts if not part.reason]
    refused = [refusal(part.place, part.reason, part.record, day) for part in parts if part.reason]
    others = [each for each in read if isinstance(each, Reject)]
    sums = {series: _sums(good, series) for series in _SERIES}
    return Told(
        tuple(Record(place, day, series, sums[series], "") for series in _SERIES if good),
        (*others, *refused),
        {
            "own_rows": len(good),
            "hours": len({part.slot for part in good}),
            "card_types": len({part.key[1] for part in good}),
            "user_types": len({part.key[2] for part in good}),
            "lag_days": _lag(good, day),
        },
    )


def _read(station: Station, place: str, record: Any, day: date) -> _Part | Reject | None:
    """A part of the station's sums, a record of another's that is wrong, or None."""
    try:
        hour: int | None = _hour(record)
    except ValueError:
        hour = None
    slot = None if hour is None else _SLOTS[hour]
    try:
        ours = _is_ours(station, record)
    except ValueError as error:
        return _Part(place, record, slot, reason=str(error))
    try:
        of_day(FIELDS.get(record, "day"), day)
        for meaning in _WHOSE:
            word(FIELDS.get(record, meaning), f"the {meaning}")
        key = (
            str(_hour(record)),
            word(FIELDS.get(record, "card"), "the card type"),
            word(FIELDS.get(record, "user"), "the passenger type"),
        )
        counts = {series: people(FIELDS.get(record, series), series) for series in _SERIES}
    except ValueError as error:
        if ours:
            return _Part(place, record, slot, reason=str(error))
        return refusal(place, str(error), record, day)
    return _Part(place, record, slot, key, counts) if ours else None


def _hour(record: Any) -> int:
    text = word(FIELDS.get(record, "hour"), "the hour")
    if not _HOUR.fullmatch(text) or int(text) not in _SLOTS:
        raise ValueError(f"the hour is not 00 to 23: {text[:20]!r}")
    return int(text)


def _is_ours(station: Station, record: Any) -> bool:
    """Whether line, code and name are the station's. ValueError where that cannot be told."""
    line, code, name = (_told(record, meaning) for meaning in _WHOSE)
    if code is None and name is None:
        raise ValueError("names no station")
    claims = code and station.is_coded(code), name and station.is_named(name)
    if not any(claims):
        return False
    if all(claims) and line and station.is_on(line):
        return True
    raise ValueError(f"is and is not {station}")


def _told(record: Any, meaning: str) -> str | None:
    try:
        return word(FIELDS.get(record, meaning), meaning)
    except ValueError:
        return None


def _without_doubt(parts: Sequence[_Part]) -> list[_Part]:
    """The same parts; those that contradict each other, and all of an hour in doubt, refused."""
    same: dict[tuple[str, ...], list[_Part]] = defaultdict(list)
    for part in parts:
        if not part.reason:
            same[part.key].append(part)
    twice = {
        key: f"is told differently in {' and '.join(part.place for part in group[:4])}"
        for key, group in same.items()
        if any(part.counts != group[0].counts for part in group)
    }
    parts = [replace(part, reason=part.reason or twice.get(part.key, "")) for part in parts]
    doubts = _doubts(parts)
    return [
        replace(part, reason=part.reason or doubts.get(part.slot) or doubts.get(None, ""))
        for part in parts
    ]


def _doubts(parts: Sequence[_Part]) -> dict[int | None, str]:
    """Why the sum of a slot cannot be told; under None, why no sum of the day can."""
    doubts: dict[int | None, str] = {}
    for part in parts:
        if part.reason:
            doubts.setdefault(part.slot, f"counts with {part.place}, which is refused")
    for series in _SERIES:
        for slot, total in _sums(parts, series).items():
            if total > MOST_PEOPLE:
                doubts.setdefault(slot, f"counts to {total:,} people with its hour")
    return doubts


def _sums(parts: Iterable[_Part], series: str) -> dict[int, int]:
    """People by slot; an hour that no record mentions is not there. A copy counts once."""
    sums = Counter[int]()
    for part in {part.key: part for part in parts if not part.reason}.values():
        assert part.slot is not None
        sums[part.slot] += part.counts[series]
    return dict(sums)


def _lag(parts: Iterable[_Part], day: date) -> int | None:
    """Days until the station's records were written; None where they do not say."""
    for part in parts:
        try:
            return (ymd(part.record.get("crtrYmd"), "the day of writing") - day).days
        except ValueError:
            continue
    return None
