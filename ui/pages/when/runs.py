"""Stays of some hours within the hours that suit somebody, from calm to crowded.
No texts, no layout and no database here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from ui.state.slots import Row, Span, by_slot, plain

#: Stays told of each end.
TOLD = 3


@dataclass(frozen=True)
class Wish:
    """When somebody could come: a day, or None for any; hours of the operating day, the last one
    excluded; and for how many hours."""

    day: date | None
    earliest: int
    latest: int
    hours: int


@dataclass(frozen=True)
class Run:
    """`hours` hours from `hour` on. People and their range are means an hour; the level and the
    chance of the top one are those of its most crowded hour."""

    day: date
    hour: int
    hours: int
    begins: datetime
    ends: datetime
    people: float
    low: float
    high: float
    level: float
    chance: float

    @property
    def span(self) -> Span:
        return Span(self.hour, self.hours)

    @property
    def width(self) -> float:
        """The range beside what lies within it: 0.4 is from 20 % below to 20 % above."""
        return (self.high - self.low) / self.people if self.people else 0.0

    def overlaps(self, other: "Run") -> bool:
        return self.begins < other.ends and other.begins < self.ends


def find(total: pd.DataFrame, spans: dict[int, Span], wish: Wish, now: datetime) -> list[Run]:
    """Every stay that the wish allows and whose first slot is not over, the calmest first, then
    the earliest. `total` is a timeline; a slot without a value interrupts it."""
    rows = by_slot(total)
    slots = plain(spans)
    found = [
        run
        for day in sorted({day for day, _ in rows})
        if wish.day in (None, day)
        for run in _of_day(day, rows, slots, wish)
    ]
    ahead = [run for run in found if rows[run.day, run.hour]["end"] > now]
    return sorted(ahead, key=lambda run: (run.people, run.begins))


def _of_day(
    day: date, rows: dict[tuple[date, int], Row], slots: Sequence[Span], wish: Wish
) -> Iterator[Run]:
    for first in slots:
        end = first.hour + wish.hours
        held = [slot for slot in slots if first.hour <= slot.hour and slot.hour + slot.hours <= end]
        part = [rows[day, slot.hour] for slot in held if (day, slot.hour) in rows]
        whole = len(part) == len(held) and sum(slot.hours for slot in held) == wish.hours
        if whole and wish.earliest <= first.hour and end <= wish.latest:
            yield _run(day, first.hour, part, wish.hours)


def _run(day: date, hour: int, part: Sequence[Row], hours: int) -> Run:
    low, people, high = (sum(row[name] for row in part) / hours for name in ("q10", "q50", "q90"))
    return Run(
        day=day,
        hour=hour,
        hours=hours,
        begins=part[0]["at"].to_pydatetime(),
        ends=part[-1]["end"].to_pydatetime(),
        people=people,
        low=low,
        high=high,
        level=max(row["level"] for row in part),
        chance=max(row["p_levels"][-1] for row in part),
    )


def ends(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The best and the worst of `runs`, which are in order, drawn in turns. No two of them overlap:
    an hour to avoid is in no stay that is called calm."""
    best: list[Run] = []
    worst: list[Run] = []
    for _ in range(TOLD):
        best += _free(runs, [*best, *worst])
        worst += _free(runs[::-1], [*best, *worst])
    return best, worst


def _free(ordered: Iterable[Run], taken: Sequence[Run]) -> list[Run]:
    """The first that overlaps none of `taken`, in a list; nothing when there is none."""
    for run in ordered:
        if not any(run.overlaps(other) for other in taken):
            return [run]
    return []


def typical_width(total: pd.DataFrame, spans: dict[int, Span]) -> float:
    """The median width of the ranges of the forecast's plain slots."""
    hours = [span.hour for span in plain(spans)]
    rows = total[total["hour"].isin(hours) & (total["q50"] > 0)]
    return float(((rows["q90"] - rows["q10"]) / rows["q50"]).median())


def avoided(run: Run, fullest: Run) -> tuple[float, float]:
    """How many people fewer an hour than in the fullest stay, and which share of those there."""
    fewer = fullest.people - run.people
    return fewer, fewer / fullest.people if fullest.people else 0.0
