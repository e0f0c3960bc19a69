"""Records of an API whose columns have changed their names: read by meaning, refused with a reason.
No envelope here, and nothing of whom a record is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from seongsu_assets.domain import Reject
from seongsu_assets.sources.answers import Doubtful
from seongsu_assets.sources.values import as_text, needed, whole

#: The busiest station of the city has a tenth of it in a whole day.
MOST_PEOPLE = 1_000_000

_YMD = re.compile(r"[0-9]{8}")
_QUOTED, _LISTED = 2_000, 10


@dataclass(frozen=True)
class Fields:
    """Every name that was reviewed: those of what is needed, by meaning, and of what is not."""

    needed: Mapping[str, tuple[str, ...]]
    others: frozenset[str] = frozenset()

    def get(self, record: Any, meaning: str) -> Any:
        """The value under whichever name `meaning` has. ValueError when that cannot be told."""
        if not isinstance(record, dict):
            raise ValueError("the record is no JSON object")  # noqa: TRY004 - said by a source
        names = self.needed[meaning]
        told = [name for name in names if name in record]
        if len(told) == 1 and not isinstance(record, Doubtful):
            return record[told[0]]
        if not told:
            raise ValueError(f"no {' or '.join(names)}")
        value = record[told[0]]
        twice = isinstance(record, Doubtful) and not set(told).isdisjoint(record.repeated)
        if twice or any(record[name] != value for name in told[1:]):
            raise ValueError(f"{' or '.join(told)} is told twice")
        return value

    def facts(self, records: Iterable[Any]) -> dict[str, str]:
        """Names that nobody reviewed, and names that no record has; both empty as agreed."""
        seen = {name for record in records if isinstance(record, dict) for name in record}
        known = self.others.union(*self.needed.values())
        missing = [names[0] for names in self.needed.values() if not seen.intersection(names)]
        return {"unknown_fields": _listed(seen - known), "missing_fields": _listed(missing)}


def people(value: object, name: str) -> int:
    """A whole number of people. ValueError says what is wrong; not known is wrong, not zero."""
    found = whole(value, name)
    if found is None:
        raise ValueError(f"{name} is not known")
    if found > MOST_PEOPLE:
        raise ValueError(f"{name} is out of reach: {found:,}")
    return found


def word(value: object, name: str) -> str:
    """A name or a code, which may be sent as a whole number. ValueError otherwise."""
    return needed(str(value) if type(value) is int else value, name)


def ymd(value: object, name: str) -> date:
    """YYYYMMDD as a date. ValueError otherwise."""
    text = word(value, name)
    if not _YMD.fullmatch(text):
        raise ValueError(f"{name} is not YYYYMMDD: {text[:20]!r}")
    return _date(text)


@lru_cache(maxsize=4096)  # a payload says the same day hundreds of times
def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def of_day(value: object, day: date) -> None:
    """ValueError when a record speaks of another day than was asked for."""
    if (said := ymd(value, "the day")) != day:
        raise ValueError(f"is of {said}, asked was {day}")


def refusal(place: str, reason: str, record: Any, day: date) -> Reject:
    """A record on its way to quarantine; the payload has what is cut from its text."""
    text = as_text(record)
    return Reject(place, reason, text if len(text) <= _QUOTED else f"{text[:_QUOTED]}...", day)


def _listed(names: Iterable[str]) -> str:
    found = sorted(names)
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return ", ".join(as_text(name)[1:-1][:60] for name in found[:_LISTED]) + more
