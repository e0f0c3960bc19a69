"""The values in a JSON record: numbers, words and Korean moments, or why they are none.
No frame and no meaning of a field here; cells of files are read by `records`."""

import json
import re
import reprlib
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")

#: No number that anybody may say is larger: Seoul has 9.4 million people.
LARGEST_NUMBER = 10_000_000

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0{1,3})?)?")
_YEARS = range(1974, 2100)
#: PostgreSQL holds no NUL, and half a surrogate pair is no character.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


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


def moment(value: object, name: str, zone: tzinfo = KST) -> datetime:
    """A time of `zone` such as "2026-06-30 14:17:54" or without its seconds, in UTC. ValueError
    else."""
    words = needed(value, name)
    try:
        found = datetime.fromisoformat(words) if _MOMENT.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise ValueError(f"{name} is no moment: {reprlib.repr(words)}")
    return found.replace(tzinfo=zone).astimezone(UTC)


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
