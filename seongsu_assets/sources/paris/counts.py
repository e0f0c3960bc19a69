"""From the portal's records to counts by counter and hour of the day in Paris.
No request here; which days are asked for, and how it is proven that all came, `counters` says."""

import re
import reprlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from seongsu_assets.domain import Parsed, Reject
from seongsu_assets.sources.seoul.api_records import Fields, people, refusal, word
from seongsu_assets.sources.values import needed, text

ZONE = ZoneInfo("Europe/Paris")
FIELDS = Fields(
    {
        "counter": ("id_compteur",),
        "name": ("nom_compteur",),
        "bikes": ("sum_counts",),
        "hour": ("date",),
        "place": ("coordinates",),
    }
)

_HOUR = timedelta(hours=1)
_LONGEST = 80
_INSTANT = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:00:00(\.0{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)

#: Series, hour, value and place of an observation.
Row = tuple[str, int, float, str]


@dataclass(frozen=True)
class Count:
    """One record: how many bikes a counter saw in the hour from an instant; None is not known."""

    place: str
    counter: str
    begins: datetime
    bikes: int | None
    record: Any


#: All that was said of each counter and hour.
Told = Mapping[tuple[str, datetime], Sequence[Count]]


def instants(day: date) -> list[datetime]:
    """The hours of a day in Paris by their beginning, in UTC: 24 of them, or 23, or 25."""
    begins, ends = (
        datetime.combine(each, time(), ZONE).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return [begins + n * _HOUR for n in range((ends - begins) // _HOUR)]


def counts(records: Sequence[Any], place: str, day: date) -> Parsed:
    """One row for each counter and hour of `day` whose count is known. A record told twice is one;
    one told in two ways is none. Of the hour that comes twice when the clocks go back both must
    be known: its count is their sum."""
    read = [_read(f"{place} record {n}", each, day) for n, each in enumerate(records, start=1)]
    rejects = [each for each in read if isinstance(each, Reject)]
    understood = [each for each in read if isinstance(each, Count)]
    hours = instants(day)
    told: dict[tuple[str, datetime], list[Count]] = defaultdict(list)
    for each in understood:
        if each.begins in hours:
            told[each.counter, each.begins].append(each)
        else:
            rejects.append(refusal(each.place, f"is not of {day}", each.record, day))
    inside = sum(map(len, told.values()))
    known, contradicting = _known(told, day)
    rows, halves = _slots(known, hours, day)
    facts = {
        "records": len(records),
        "counters": len({counter for counter, _ in known}),
        "hours_missing": len(set(hours) - {begins for _, begins in told}),
        "nulls": sum(each.bikes is None for each in understood) / max(1, len(understood)),
        "outside": len(understood) - inside,
        "repeated": inside - len(told),
        **FIELDS.facts(records),
    }
    return Parsed(_frame(rows, day), (*rejects, *contradicting, *halves), len(records), facts)


def named(records: Iterable[Any]) -> dict[str, str]:
    """What each counter is called, as it was said: the words are anybody's."""
    found: dict[str, str] = {}
    for record in records:
        with suppress(ValueError):  # what is no record is a reject of its day
            found[_counter(record)] = text(FIELDS.get(record, "name"), "nom_compteur") or ""
    return {counter: name for counter, name in found.items() if name}


def _read(place: str, record: Any, day: date) -> Count | Reject:
    try:
        counter, begins = _counter(record), _instant(FIELDS.get(record, "hour"))
        said = FIELDS.get(record, "bikes")
        bikes = None if said is None else people(said, "sum_counts")
    except ValueError as error:
        return refusal(place, str(error), record, day)
    return Count(place, counter, begins, bikes, record)


def _counter(record: Any) -> str:
    found = word(FIELDS.get(record, "counter"), "id_compteur")
    if len(found) > _LONGEST or not found.isprintable():
        raise ValueError(f"id_compteur is none: {reprlib.repr(found)}")
    return found


def _instant(value: Any) -> datetime:
    """The beginning of an hour, in UTC. Without an offset nobody can tell the two apart that come
    when the clocks go back: it is refused."""
    words = needed(value, "date")
    if not _INSTANT.fullmatch(words):
        raise ValueError(f"date is no hour with an offset: {reprlib.repr(words)}")
    return datetime.fromisoformat(words).astimezone(UTC)


def _known(told: Told, day: date) -> tuple[dict[tuple[str, datetime], Count], list[Reject]]:
    """The count of each counter and hour, and the records that contradict each other. A null says
    nothing, so it contradicts nothing."""
    known, refused = dict[tuple[str, datetime], Count](), list[Reject]()
    for key, same in told.items():
        said = [each for each in same if each.bikes is not None]
        if len({each.bikes for each in said}) == 1:
            known[key] = said[0]
        elif said:
            places = " and ".join(each.place for each in said)
            reason = f"{places} give {key[0]} at {key[1]:%Y-%m-%d %H:%MZ} differently"
            refused += [refusal(each.place, reason, each.record, day) for each in said]
    return known, refused


def _slots(
    known: Mapping[tuple[str, datetime], Count], hours: Sequence[datetime], day: date
) -> tuple[list[Row], list[Reject]]:
    """Series, hour on the clock of Paris, bikes and place of each slot that is wholly known, and
    what is known of the others."""
    slots: dict[int, list[datetime]] = defaultdict(list)
    for begins in hours:
        slots[begins.astimezone(ZONE).hour].append(begins)
    rows, halves = list[Row](), list[Reject]()
    for counter in dict.fromkeys(counter for counter, _ in known):
        for hour, begins in slots.items():
            parts = [known[counter, each] for each in begins if (counter, each) in known]
            if len(parts) == len(begins):
                bikes = sum(part.bikes or 0 for part in parts)
                rows.append((counter, hour, float(bikes), " and ".join(p.place for p in parts)))
                continue
            reason = f"the other half of the hour {hour} that comes twice is not known"
            halves += [refusal(part.place, reason, part.record, day) for part in parts]
    return rows, halves


def _frame(rows: Sequence[Row], day: date) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["series", "hour", "value", "place"])
    frame.insert(1, "business_date", pd.Timestamp(day))
    types = {"series": "object", "business_date": "datetime64[ns]", "hour": "int64"}
    return frame.astype({**types, "value": "float64", "place": "object"})
