"""How far rows and days that arrived are from what is usual, as columns that claims can be made on.
No thresholds and no verdicts here: an expectation states them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.forecasting.silence import silent_hours
from seongsu_assets.forecasting.steps import steps
from seongsu_assets.forecasting.usual import (
    FEW_PEOPLE,
    WEEKDAY,
    Array,
    Grid,
    distance,
    grid,
    level,
    medians,
    places,
)

#: A busy hour has at least this many people on the calmest type of day.
BUSY = 30.0
#: A period is compared with this many before it in search of a copy.
COPY_DAYS = 28
#: An ordinary day may turn out a holiday that the calendar does not know yet: it may have another
#: type's shape, if it fits that shape this many times better than it must fit its own.
OTHER_TYPE = 2.0


@dataclass(frozen=True)
class Candidates:
    """Rows that arrived, beside accepted ones: what can be said of them is computed where it is
    asked for. NaN where nothing usual is known.

    `reference` holds accepted rows of the weeks around; without it, a batch of 14 days or more is
    its own. `hours` are those that a day must have. `ordinary` names the days that are nothing
    but a weekday, Saturday or Sunday; the others are judged by the nearest of the three."""

    rows: pd.DataFrame
    reference: pd.DataFrame
    hours: Sequence[int]
    series: Sequence[str]
    ordinary: Collection[date] = ()
    step: int = 1

    def told(self, columns: Collection[str]) -> pd.DataFrame:
        """The rows, numbered anew, with those of the ROW_COLUMNS that are asked for."""
        told = self.rows.reset_index(drop=True)
        for names, derived in ROW_COLUMNS.items():
            if any(name in columns for name in names):
                told = told.assign(**derived(self))
        return told

    def days(self) -> pd.DataFrame:
        """business_date, rows, hours_missing, total, total_to_usual (nearest type), own_total,
        profile_distance (nearest type), own_distance, swap_gain (log; above zero the directions fit
        better exchanged), zero_hours, copied. What is the day's `own` is NaN unless the day is
        ordinary. A column `..._what` says in words which hours, or which day."""
        batch, usual, plain = self.batch, self.usual, self.plain
        nearest = np.fmin.reduce(self.shape, axis=1)
        exchanged = np.fmin.reduce(distance(_exchanged(batch), usual), axis=1)
        size = level(batch.counts, usual)
        missing = np.isnan(batch.counts)
        zero = (batch.counts == 0) & (np.fmin.reduce(usual, axis=1) >= BUSY)
        copied, copied_what = _copies(batch, self.accepted, self.step)
        own = np.fmin.reduce(_fit(self.shape, batch), axis=1)
        return pd.DataFrame(
            {
                "business_date": batch.dates,
                "rows": self.rows.groupby("business_date").size().reindex(batch.dates).to_numpy(),
                "hours_missing": missing.sum(axis=1),
                "hours_missing_what": _named(missing, batch.cells),
                "total": np.nansum(batch.counts, axis=1),
                "total_to_usual": np.exp(_closest(size)),
                "own_total": np.where(plain, np.exp(_own(size, batch)), np.nan),
                "profile_distance": nearest,
                "own_distance": np.where(plain, own, np.nan),
                "swap_gain": np.log(nearest + 1e-9) - np.log(exchanged + 1e-9),
                "zero_hours": zero.sum(axis=1),
                "zero_hours_what": _named(zero, batch.cells),
                "copied": copied,
                "copied_what": copied_what,
            }
        )

    @cached_property
    def batch(self) -> Grid:
        return grid(self.rows, self.hours, self.series)

    @cached_property
    def accepted(self) -> Grid:
        return grid(self.reference, self.hours, self.series)

    @cached_property
    def usual(self) -> Array:
        """What is usual near each day (day, type, cell)."""
        return medians(self.batch, self.accepted)

    @cached_property
    def shape(self) -> Array:
        """How far each day is from each type (day, type)."""
        return distance(self.batch.counts, self.usual)

    @cached_property
    def plain(self) -> NDArray[np.bool_]:
        """Which days are ordinary."""
        return np.array([moment.date() in self.ordinary for moment in self.batch.dates], dtype=bool)


def _times(given: Candidates) -> dict[str, Any]:
    """How many times what is usual each row is: on the busiest type of day, on the calmest and on
    the best fitting."""
    batch, usual = given.batch, given.usual
    day = batch.dates.get_indexer(pd.DatetimeIndex(given.rows["business_date"]))
    cell = places(given.rows, batch.cells)
    value = given.rows["value"].to_numpy(dtype=np.float64) + FEW_PEOPLE
    habits = {
        "times_usual": np.fmax.reduce(usual, axis=1),
        "times_least": np.fmin.reduce(usual, axis=1),
        "times_own": np.where(given.plain[:, None], _best(usual, given.shape, batch), np.nan),
    }
    return {
        name: value / (np.where(cell >= 0, habit[day, cell], np.nan) + FEW_PEOPLE)
        for name, habit in habits.items()
    }


def _fraction(given: Candidates) -> dict[str, Any]:
    return {"fraction": given.rows["value"].to_numpy(dtype=np.float64) % 1.0}


def _duplicate(given: Candidates) -> dict[str, Any]:
    twice = given.rows.duplicated(["series", "business_date", "hour"], keep=False)
    return {"duplicate": twice.to_numpy(dtype=np.int64)}


def _steps(given: Candidates) -> dict[str, Any]:
    told = steps(given.rows, given.reference)
    return {name: told[name].to_numpy() for name in ("step", "standing")}


def _silent_hours(given: Candidates) -> dict[str, Any]:
    return {"silent_hours": silent_hours(given.rows, given.reference)}


#: What can be said of a row, by the names of its columns; see `steps` and `silence` too.
ROW_COLUMNS: Mapping[tuple[str, ...], Callable[[Candidates], dict[str, Any]]] = {
    ("fraction",): _fraction,
    ("duplicate",): _duplicate,
    ("times_usual", "times_least", "times_own"): _times,
    ("step", "standing"): _steps,
    ("silent_hours",): _silent_hours,
}


def _best(usual: Array, shape: Array, batch: Grid) -> Array:
    """What is usual (day, cell) on the type that each day fits best."""
    fit = np.nan_to_num(_fit(shape, batch), nan=np.inf)
    return np.take_along_axis(usual, fit.argmin(axis=1)[:, None, None], axis=1)[:, 0]


def _closest(size: Array) -> Array:
    """Of the three, the one nearest to zero; NaN when none is known."""
    away = np.where(np.isfinite(size), np.abs(size), np.inf)
    return np.take_along_axis(size, away.argmin(axis=1)[:, None], axis=1)[:, 0]


def _own(size: Array, batch: Grid) -> Array:
    return np.take_along_axis(size, batch.types[:, None], axis=1)[:, 0]


def _fit(shape: Array, batch: Grid) -> Array:
    """The distances, doubled to other types. Saturday and Sunday are one kind of crowd.

    NaN where the day's own type is not known."""
    own = np.equal.outer(batch.types == WEEKDAY, np.arange(3) == WEEKDAY)
    fit = np.where(own, shape, OTHER_TYPE * shape)
    known = np.isfinite(np.where(own, shape, np.nan)).any(axis=1)
    return np.where(known.reshape(-1, 1), fit, np.nan)


def _exchanged(batch: Grid) -> Array:
    """The same days with the series in reverse order."""
    hours = batch.cells.get_level_values("hour").nunique()
    return batch.counts.reshape(len(batch.dates), -1, hours)[:, ::-1, :].reshape(batch.counts.shape)


def _named(marked: NDArray[np.bool_], cells: pd.MultiIndex) -> list[str]:
    """The marked cells of each day in words."""
    names = np.array([f"{series} at {hour}" for series, hour in cells])
    return [", ".join(names[day]) if day.any() else "" for day in marked]


def _copies(batch: Grid, accepted: Grid, step: int) -> tuple[Array, list[str]]:
    """The largest share of cells equal to those of one earlier day, and that day."""
    share = np.zeros(len(batch.dates))
    back = np.zeros(len(batch.dates), dtype=np.int64)
    older = ~accepted.dates.isin(batch.dates)
    dates = accepted.dates[older].append(batch.dates)
    counts = np.concatenate([accepted.counts[older], batch.counts])
    for lag in range(1, COPY_DAYS + 1):
        earlier = dates.get_indexer(batch.dates - pd.Timedelta(days=lag * step))
        same = np.where(earlier >= 0, (counts[earlier] == batch.counts).mean(axis=1), 0.0)
        back[same > share] = lag
        share = np.maximum(share, same)
    copied_from = batch.dates - pd.to_timedelta(back * step, unit="D")
    return share, np.where(back > 0, copied_from.strftime("of %Y-%m-%d"), "").tolist()
