"""From cells to counts: numbers, dates, and one record per day and direction made into a frame.
Which column is which is for the shapes to say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Parsed, Reject

_WHOLE = re.compile(r"([0-9]{1,9})(\.0+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
#: Seoul's first line opened in 1974; a count from beyond these years is a slip of the pen.
_YEARS = range(1974, 2100)
_DATES = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Record:
    """One row of a file: the counts of one day and direction, by hour."""

    place: str
    business_date: date
    series: str
    counts: Mapping[int, int]
    text: str


def squeeze(text: str) -> str:
    """Without any white space: headers and names are spelled with and without it."""
    return "".join(text.split())


@lru_cache(maxsize=1 << 17)  # the same few thousand counts come again and again
def count(text: str, column: str) -> int | None:
    """A whole number of people; None when the cell is empty. ValueError says what is wrong."""
    bare = text.strip()
    if not bare:
        return None
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if whole := _WHOLE.fullmatch(bare):
        return int(whole[1])
    if _WHOLE.fullmatch(bare.removeprefix("-")):
        raise ValueError(f"{column} is negative: {bare}")
    raise ValueError(f"{column} is not a whole number: {bare}")


@lru_cache(maxsize=1 << 12)
def day(text: str) -> date:
    """A date as the official files spell it. ValueError otherwise."""
    for pattern in _DATES:
        try:
            found = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - no zone in a day
        except ValueError:
            continue
        if found.year in _YEARS:
            return found
    raise ValueError(f"'{text}' is not a date")


def day_or_none(text: str) -> date | None:
    """For a row that is refused anyway: its date if it can be read."""
    try:
        return day(text)
    except ValueError:
        return None


def torn(cells: Sequence[str], width: int) -> str:
    """Why a row has not the fields that the header promises; empty when it has them."""
    if len(cells) < width:
        return f"torn row: {len(cells)} of {width} fields"
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return f"{len(cells)} fields under a header of {width}"
    return ""


def assemble(records: Iterable[Record], rejects: Sequence[Reject]) -> Parsed:
    """All records as one frame. Contradicting rows are refused, copies are kept once."""
    grouped: dict[tuple[date, str, bool], list[Record]] = defaultdict(list)
    for record in records:
        whole_day = min(record.counts, default=0) < 0
        grouped[record.business_date, record.series, whole_day].append(record)
    refused, kept = list(rejects), list[Record]()
    for same in grouped.values():
        if all(record.counts == same[0].counts for record in same):
            kept.append(same[0])
            continue
        places = " and ".join(record.place for record in same)
        refused += [
            Reject(
                record.place,
                f"{places} give {record.business_date} {record.series} differently",
                record.text,
                record.business_date,
            )
            for record in same
        ]
    return Parsed(_frame(kept), tuple(refused))


def _frame(records: Sequence[Record]) -> pd.DataFrame:
    widths = np.array([len(record.counts) for record in records], dtype=np.int64)

    def each(values: Iterable[object], kind: str) -> NDArray[Any]:
        return np.repeat(np.array(list(values), dtype=kind), widths)

    return pd.DataFrame(
        {
            "series": each((record.series for record in records), "object"),
            "business_date": each((record.business_date for record in records), "datetime64[ns]"),
            "hour": np.array([h for record in records for h in record.counts], dtype="int64"),
            "value": np.array(
                [v for record in records for v in record.counts.values()], dtype="float64"
            ),
            "place": each((record.place for record in records), "object"),
        }
    )
