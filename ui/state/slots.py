"""The slots of a forecast's operating day: their length, their edges, which is now.
No texts and no database here."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

DAY_HOURS = 24
#: Fewer slots than this do not show how long one is.
SHORTEST_DAY = 3
Edge = Literal["", "before", "after"]
Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Span:
    """One slot: `hours` long from `hour`. Open at an edge, it reaches to the neighbouring day. Of
    one that is a whole day or week the first `day` is told, where it is one of several."""

    hour: int
    hours: int
    edge: Edge = ""
    day: date | None = None

    @property
    def whole(self) -> bool:
        """Whether it is all of a day, or of a week."""
        return self.hours >= DAY_HOURS


def layout(hours: Iterable[int]) -> dict[int, Span]:
    """The slots of a day from the hours at which they start.

    All have the commonest length. A longer first or last one is open: nobody knows where in it the
    people fall. A hole between others holds slots without values."""
    starts = sorted(set(hours))
    if len(starts) < SHORTEST_DAY:
        return {hour: Span(hour, DAY_HOURS) for hour in starts}
    lengths = [end - start for start, end in pairwise([*starts, starts[0] + DAY_HOURS])]
    step = max(set(lengths), key=lambda length: (lengths.count(length), -length))
    spans = {hour: Span(hour, step) for hour in range(starts[1], starts[-1] + 1, step)}
    first = Span(starts[0], lengths[0], "before" if lengths[0] > step else "")
    last = Span(starts[-1], lengths[-1], "after" if lengths[-1] > step else "")
    return {first.hour: first} | spans | {last.hour: last}


def timeline(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in order of time with `end`, the instant at which each slot is over."""
    spans = layout(rows["hour"])
    if all(span.whole for span in spans.values()):
        return _periods(rows.sort_values("at"))
    lengths = rows["hour"].map({hour: span.hours for hour, span in spans.items()})
    return rows.assign(end=rows["at"] + pd.to_timedelta(lengths, unit="h")).sort_values("at")


def _periods(rows: pd.DataFrame) -> pd.DataFrame:
    """One row of each day or week: it is over when the next begins, and the last is as long."""
    apart = rows["business_date"].diff().min()
    length = pd.Timedelta(days=1) if pd.isna(apart) else apart
    return rows.assign(end=rows["at"].shift(-1).fillna(rows["at"] + length))


def by_slot(rows: pd.DataFrame) -> dict[tuple[date, int], Row]:
    """The rows of one series that have a value, by operating day and hour."""
    known = rows[rows["q50"].notna()].to_dict("records")
    return {(row["business_date"].date(), int(row["hour"])): row for row in known}


def current(rows: pd.DataFrame, now: datetime) -> pd.Series | None:
    """The row of a timeline whose slot holds `now`; None in a gap and outside of it."""
    held = rows[(rows["at"] <= now) & (now < rows["end"])]
    return held.iloc[-1] if len(held) else None


def same_hour_of_week(rows: pd.DataFrame, now: datetime) -> pd.Series | None:
    """The row of the same weekday and hour as `now`, however many weeks away; None if unknown."""
    if rows.empty:
        return None
    week = timedelta(days=7)
    weeks = (now - rows["at"].min().to_pydatetime()) // week
    return current(rows, now - weeks * week)


def extreme(values: pd.Series, *, most: bool) -> int:
    """The hour, which is the index, of the largest or smallest value; there must be one."""
    ordered = values.sort_values(ascending=not most, kind="stable")
    return int(str(ordered.index[0]))


def day_of(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """One row per slot of `day`, indexed by hour; a slot without a row is missing, not zero."""
    spans = layout(rows["hour"])
    chosen = rows[rows["business_date"] == pd.Timestamp(day)].set_index("hour")
    return chosen.reindex(pd.Index(sorted(spans), name="hour"))


def plain(spans: dict[int, Span]) -> list[Span]:
    """The slots with sharp edges, in order. In an open one nobody knows when the people come."""
    return sorted((span for span in spans.values() if not span.edge), key=lambda span: span.hour)
