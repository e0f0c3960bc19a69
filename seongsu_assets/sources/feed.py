"""What all feeds share: one question that ends as a payload or a reason, and readings made a frame.
No address and no shape of an answer here."""

import json
import re
import reprlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from seongsu_assets.domain import (
    READING_COLUMNS,
    Expectation,
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

KST = ZoneInfo("Asia/Seoul")

#: What a record says: key, issued_at, at and attributes.
Saying = tuple[str, datetime, datetime, Mapping[str, Any]]

#: No number that a feed may say is larger: Seoul has 9.4 million people.
LARGEST_NUMBER = 10_000_000

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0{1,3})?)?")
_YEARS = range(1974, 2100)
#: PostgreSQL holds no NUL, and half a surrogate pair is no character.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


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
        detail = _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", str(error))
        answer = Absence(day, _meaning(error, terms, day, web.now()), detail)
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


def between(
    claim: str,
    column: str,
    least: float | None,
    most: float | None,
    reason: str,
    *,
    blocking: bool = True,
) -> Expectation:
    """The claim that a fact of each payload lies within bounds; a fact that is None has none."""
    bounds = {"min_value": least, "max_value": most}
    arguments = {"column": column, **{k: v for k, v in bounds.items() if v is not None}}
    expectation = "ExpectColumnValuesToBeBetween"
    return Expectation(claim, "payloads", expectation, arguments, reason, blocking)


def every_field_is_there() -> Expectation:
    """The claim on the fact `missing_fields` of `api_records.Fields`."""
    return Expectation(
        "every_field_is_there",
        "payloads",
        "ExpectColumnValuesToBeInSet",
        {"column": "missing_fields", "value_set": [""]},
        "A field that is gone was renamed: its new name must be reviewed first.",
    )


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


def number(value: object, name: str) -> float | None:
    """A number of 0 to LARGEST_NUMBER; None when it is not known. ValueError says what is wrong."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= LARGEST_NUMBER:  # NaN is not
            return float(value)
        raise ValueError(f"{name} is out of reach: {reprlib.repr(value)}")
    raise ValueError(f"{name} is no number: {reprlib.repr(value)}")


def whole(value: object, name: str) -> int | None:
    """Likewise a whole number: people, seconds."""
    found = number(value, name)
    if found is not None and not found.is_integer():
        raise ValueError(f"{name} is not whole: {reprlib.repr(value)}")
    return None if found is None else int(found)


def text(value: object, name: str) -> str | None:
    """Words without the white space around them; None when there are none. ValueError otherwise."""
    if value is None:
        return None
    if not isinstance(value, str) or _NO_TEXT.search(value):
        raise ValueError(f"{name} is no text: {reprlib.repr(value)}")
    return value.strip() or None


def needed(value: object, name: str) -> str:
    """Likewise where there must be words."""
    if found := text(value, name):
        return found
    raise ValueError(f"{name} is missing")


def moment(value: object, name: str) -> datetime:
    """Korean time such as "2026-06-30 14:17:54" or without its seconds, in UTC. ValueError else."""
    words = needed(value, name)
    try:
        found = datetime.fromisoformat(words) if _MOMENT.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise ValueError(f"{name} is no moment: {reprlib.repr(words)}")
    return found.replace(tzinfo=KST).astimezone(UTC)


def fields(record: object) -> Mapping[str, Any]:
    """The fields of a JSON record. ValueError for anything else, and where a name is repeated."""
    if repeated := getattr(record, "repeated", ()):
        raise ValueError(f"says twice: {reprlib.repr(repeated)}")
    if isinstance(record, dict):
        return record
    raise ValueError(f"is no record: {reprlib.repr(record)}")


def as_text(record: object) -> str:
    """A record as it is kept in quarantine."""
    try:
        words = json.dumps(record, ensure_ascii=False)
    except RecursionError:
        words = reprlib.repr(record)
    return words.encode("utf-8", "backslashreplace").decode()
