"""Level shifts: since when, and by how much, everything stands higher or lower than before.
What follows from one is for the features; a strike that ends is one more shift, back again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting.recent import WEEKEND

Array = NDArray[np.float64]

#: So many ordinary days of the last week say it, working days and days off among them: fewer may
#: be an event's, and where only working days move it is a term that begins. A robust level takes
#: weeks to believe what these days say together.
RUN, WEEK = 4, 7
#: They are compared with the same weekdays of so many weeks before, of which some must be known.
WEEKS, KNOWN = 8, 3
#: In logs, and in robust standard deviations of a day: what each of them is off at least.
LEAST, DEVIATIONS = 0.15, 4.0
#: The standard deviation of a normal variable with a median absolute deviation of one.
NORMAL = 1.4826


@dataclass(frozen=True)
class Shift:
    """`begins` and `known` are places of days: its first, and the one at whose end it is known.
    `by` is in logs."""

    begins: int
    known: int
    by: float


def find(totals: Array, dow: NDArray[np.int64], ordinary: NDArray[np.bool_]) -> list[Shift]:
    """The shifts in the logs of days' totals (NaN where unknown), oldest first. A shift depends on
    nothing after the day at which it is known."""
    level, found = totals.copy(), list[Shift]()
    told = np.flatnonzero(np.isfinite(totals) & ordinary)
    for newest in told[RUN - 1 :]:
        days = told[(told > newest - WEEK) & (told <= newest)]
        before = told[(told <= newest - WEEK) & (told > newest - WEEK - 7 * WEEKS)]
        off, least = _off(level, dow, before, days)
        far = np.abs(off) >= least
        run = _run(far & (np.sign(off) == np.sign(off[-1])))
        if run >= RUN and len(np.unique(WEEKEND[dow[days[-run:]]])) > 1:
            shift = Shift(int(days[-run]), int(newest), float(np.median(off[-run:])))
            level[: shift.begins] += shift.by
            found.append(shift)
    return found


def _run(holds: NDArray[np.bool_]) -> int:
    """How many at the end hold, one after the other."""
    return int(np.argmin(holds[::-1])) if not holds.all() else len(holds)


def restated(logs: Array, shifts: list[Shift]) -> Array:
    """Logs (day, ...) with what was before each shift at the level after it."""
    by = np.zeros(len(logs))
    for shift in shifts:
        by[: shift.begins] += shift.by
    return logs + by.reshape(-1, *(1,) * (logs.ndim - 1))


def _off(
    level: Array, dow: NDArray[np.int64], before: NDArray[np.int64], days: NDArray[np.int64]
) -> tuple[Array, float]:
    """How far `days` are from the median of their weekday `before`, NaN where too little is known;
    and how far a day must be to be further than days ever are."""
    same = [level[before[dow[before] == weekday]] for weekday in range(7)]
    usual = np.array([np.median(held) if len(held) >= KNOWN else np.nan for held in same])
    spread = np.abs(level[before] - usual[dow[before]])
    deviation = NORMAL * float(np.nanmedian(spread)) if np.isfinite(spread).any() else 0.0
    return level[days] - usual[dow[days]], max(LEAST, DEVIATIONS * deviation)
