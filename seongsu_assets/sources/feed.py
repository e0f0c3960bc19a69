"""What all feeds share: one question that ends as a payload or a reason, and readings made a frame.
No address and no shape of an answer here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from seongsu_assets.domain import (
    READING_COLUMNS,
    Parsed,
    Payload,
    Reject,
    Terms,
)
from seongsu_assets.errors import (
    KeyRefused,
    NoData,
    Outage,
    QuotaSpent,
    RequestRefused,
    SourceError,
)
from seongsu_assets.outside import Absence, Answer, Meaning, Web
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.values import KST, as_text, fields

#: What a record says: key, issued_at, at and attributes.
Saying = tuple[str, datetime, datetime, Mapping[str, Any]]


def asked(
    web: Web, terms: Terms, day: date, ask: Callable[[], Payload]
) -> Iterator[Payload | Absence]:
    """What `ask` brings, or why there is nothing of `day`. Nothing at all without a key.

    Errors that say nothing of the outside world are raised."""
    if not web.has_key(terms.provider):
        return
    try:
        answer: Payload | Absence = ask()
    except (Outage, NoData, KeyRefused, QuotaSpent, RequestRefused) as error:
        answer = Absence(day, _meaning(error, terms, day, web.now()), str(error))
    yield answer


def _meaning(error: SourceError, terms: Terms, day: date, now: datetime) -> Meaning:
    match error:
        case NoData():
            return _nothing(terms, day, now)
        case Outage():
            return "outage"
        case KeyRefused():
            return "bad key"
        case QuotaSpent():
            return "quota"
        case _:
            return "refused"


def _nothing(terms: Terms, day: date, now: datetime) -> Meaning:
    """What it means that a source has nothing of `day`: the days of feeds are Korean."""
    today = now.astimezone(KST).date()
    if terms.keeps_days is not None and day < today - timedelta(terms.keeps_days):
        return "gone"
    return "late" if today > day + timedelta(terms.due_days) else "not due"


@dataclass(frozen=True)
class Reading:
    """One thing said: about what, when, for when. `record` is the text of where it was read."""

    key: str
    issued_at: datetime
    at: datetime
    attributes: Mapping[str, Any]
    place: str
    record: str


def kept(name: str, read: Callable[[bytes], object]) -> Callable[[Answer], Payload]:
    """A reader for `Web.get`: the answer as a payload, unless its status or `read` refuses it."""

    def payload(answer: Answer) -> Payload:
        refuse_status(answer)
        read(answer.body)
        return Payload(name, answer.request, answer.body, answer.received_at)

    return payload


def each_record(
    records: Iterable[object], place: str, read: Callable[[Mapping[str, Any]], Iterable[Saying]]
) -> Iterator[Reading | Reject]:
    """What `read` makes of each JSON record; a ValueError of it is the record's reject."""
    for position, record in enumerate(records, start=1):
        where = f"{place} {position}"
        try:
            said = list(read(fields(record)))
        except ValueError as error:
            yield Reject(where, str(error), as_text(record))
            continue
        for key, issued_at, at, attributes in said:
            yield Reading(key, issued_at, at, attributes, where, as_text(record))


def as_parsed(
    said: Sequence[Reading | Reject], received: int, facts: Mapping[str, Any] | None = None
) -> Parsed:
    """READING_COLUMNS and `place`. Copies are kept once; what contradicts itself is refused."""
    readings = [each for each in said if isinstance(each, Reading)]
    same: dict[tuple[str, datetime, datetime], list[Reading]] = defaultdict(list)
    for reading in readings:
        same[reading.key, reading.issued_at, reading.at].append(reading)
    doubtful = {
        reading.place: Reject(reading.place, f"{reading.key} is said differently", reading.record)
        for group in same.values()
        if any(each.attributes != group[0].attributes for each in group)
        for reading in group
    }
    kept = [group[0] for group in same.values() if group[0].place not in doubtful]
    refused = [each for each in said if isinstance(each, Reject)]
    return Parsed(_frame(kept), (*refused, *doubtful.values()), received, facts or {})


def _frame(readings: Sequence[Reading]) -> pd.DataFrame:
    moments = {"issued_at": "datetime64[ns, UTC]", "at": "datetime64[ns, UTC]"}
    rows = [(each.key, each.issued_at, each.at, dict(each.attributes)) for each in readings]
    frame = pd.DataFrame(rows, columns=list(READING_COLUMNS)).astype(moments)
    return frame.assign(place=pd.Series([each.place for each in readings], dtype="object"))
