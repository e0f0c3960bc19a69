"""What is usual: the median day of each type nearby, and how far a day is from it.
Nothing about which distance is too far."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Days needed before anything is called usual, and how many of the nearest say what it is.
FEWEST_DAYS, NEAREST_DAYS = 14, 70
#: A reference further away than this says nothing: the place has become another.
NEAR = 400
#: Added to both sides of a ratio, so that 3 people instead of 1 are not "three times as many".
FEW_PEOPLE = 30.0

WEEKDAY, SATURDAY, SUNDAY = 0, 1, 2


@dataclass(frozen=True)
class Grid:
    """Counts by day and cell; a cell is a series and an hour. Unknown is NaN."""

    dates: pd.DatetimeIndex
    counts: Array
    cells: pd.MultiIndex

    @property
    def types(self) -> NDArray[np.int64]:
        return np.clip(self.dates.dayofweek.to_numpy() - 4, WEEKDAY, SUNDAY).astype(np.int64)

    def at(self, chosen: NDArray[np.int64]) -> "Grid":
        return Grid(self.dates[chosen], self.counts[chosen], self.cells)


def grid(rows: pd.DataFrame, hours: Sequence[int], series: Sequence[str]) -> Grid:
    """Rows of other hours and series have no place in it."""
    cells = pd.MultiIndex.from_product([series, hours], names=["series", "hour"])
    dates = pd.DatetimeIndex(np.unique(pd.DatetimeIndex(rows["business_date"])))
    counts = np.full((len(dates), len(cells)), np.nan)
    day = dates.get_indexer(pd.DatetimeIndex(rows["business_date"]))
    cell = places(rows, cells)
    known = cell >= 0
    counts[day[known], cell[known]] = rows["value"].to_numpy(dtype=np.float64)[known]
    return Grid(dates, counts, cells)


def places(rows: pd.DataFrame, cells: pd.MultiIndex) -> NDArray[np.int64]:
    """Each row's cell, or -1."""
    return cells.get_indexer(pd.MultiIndex.from_frame(rows[["series", "hour"]])).astype(np.int64)


def medians(batch: Grid, reference: Grid) -> Array:
    """Medians (day, type, cell) of the days nearest to each, of the batch's own without reference.

    Days of one week share theirs. NaN where fewer than FEWEST_DAYS are near."""
    usual = np.full((len(batch.dates), 3, len(batch.cells)), np.nan)
    weeks = batch.dates.to_numpy().astype("datetime64[D]").astype(np.int64) // 7
    for week in np.unique(weeks):
        middle = np.datetime64(int(week) * 7 + 3, "D")
        pool = _nearest(reference, middle, within=NEAR)
        if len(pool.dates) < FEWEST_DAYS:
            pool = _nearest(batch, middle)
        if len(pool.dates) >= FEWEST_DAYS:
            usual[weeks == week] = _medians(pool)
    return usual


def _nearest(days: Grid, middle: np.datetime64, within: int | None = None) -> Grid:
    away = np.abs((days.dates.to_numpy().astype("datetime64[D]") - middle).astype(np.int64))
    chosen = np.argsort(away, kind="stable")[:NEAREST_DAYS]
    return days.at(chosen if within is None else chosen[away[chosen] <= within])


def _medians(pool: Grid) -> Array:
    usual = np.full((3, len(pool.cells)), np.nan)
    for kind in (WEEKDAY, SATURDAY, SUNDAY):
        days = pool.counts[pool.types == kind]
        known = np.isfinite(days).sum(axis=0) >= 2  # noqa: PLR2004 - a single day is no habit
        if known.any():
            usual[kind, known] = np.nanmedian(days[:, known], axis=0)
    return usual


def distance(counts: Array, usual: Array) -> Array:
    """Between the shapes of days and of types (day, type): the weighted spread of log ratios.

    A day twice as busy in every hour has distance 0. Busy hours weigh by the root of their size."""
    ratio = np.log((np.maximum(counts, 0.0)[:, None, :] + FEW_PEOPLE) / (usual + FEW_PEOPLE))
    weight = np.where(np.isfinite(ratio), np.sqrt(usual + FEW_PEOPLE), 0.0)
    enough = np.isfinite(ratio).mean(axis=2) > 0.5  # noqa: PLR2004 - half a day has no shape
    total = np.where(enough, weight.sum(axis=2), np.nan)[..., None]
    ratio = np.where(np.isfinite(ratio), ratio, 0.0)
    mean = (weight * ratio / total).sum(axis=2, keepdims=True)
    return np.sqrt((weight * (ratio - mean) ** 2 / total).sum(axis=2))


def level(counts: Array, usual: Array) -> Array:
    """The logarithm of a day's total over each type's (day, type), in the hours that both have."""
    both = np.isfinite(counts)[:, None, :] & np.isfinite(usual)
    day = np.where(both, np.maximum(counts, 0.0)[:, None, :], 0.0).sum(axis=2)
    kind = np.where(both, usual, 0.0).sum(axis=2)
    return np.where(kind > 0, np.log((day + 1.0) / (kind + 1.0)), np.nan)
