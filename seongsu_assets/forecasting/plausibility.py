"""How far rows and days that arrived are from what is usual, as columns that claims can be made on.
No thresholds and no verdicts here: an expectation states them."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


def examine(
    rows: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    hours: Sequence[int],
    series: Sequence[str],
    ordinary: Collection[date] = (),
    step: int = 1,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Candidate rows and their days, with derived columns; NaN where nothing usual is known.

    `reference` holds accepted rows of the weeks around; without it, a batch of 14 days or more is
    its own. `hours` are those that a day must have. `ordinary` names the days that are nothing
    but a weekday, Saturday or Sunday; the others are judged by the nearest of the three.

    Rows gain `fraction`, `duplicate`, `times_usual` (over the busiest type of day),
    `times_least` (over the calmest), `times_own` (over the best fitting), and `step` and
    `standing` (see `steps`). Days: rows,
    hours_missing, total, total_to_usual (nearest type), own_total, profile_distance (nearest
    type), own_distance, swap_gain (log; above zero the directions fit better exchanged),
    zero_hours, copied. What is the day's `own` is NaN unless the day is ordinary. A column
    `..._what` says in words which hours, or which day."""
    examined = rows.reset_index(drop=True)
    batch, accepted = grid(examined, hours, series), grid(reference, hours, series)
    usual = medians(batch, accepted)
    plain = np.array([moment.date() in ordinary for moment in batch.dates], dtype=bool)
    of_rows = _rows(examined, batch, usual, plain).join(steps(examined, reference))
    return of_rows, _days(examined, batch, accepted, usual, plain, step)


def _rows(rows: pd.DataFrame, batch: Grid, usual: Array, plain: NDArray[np.bool_]) -> pd.DataFrame:
    day = batch.dates.get_indexer(pd.DatetimeIndex(rows["business_date"]))
    cell = places(rows, batch.cells)
    value = rows["value"].to_numpy(dtype=np.float64)
    most, least, own = (
        np.where(cell >= 0, habit[day, cell], np.nan) + FEW_PEOPLE
        for habit in (
            np.fmax.reduce(usual, axis=1),
            np.fmin.reduce(usual, axis=1),
            np.where(plain[:, None], _best(usual, batch), np.nan),
        )
    )
    return rows.assign(
        fraction=value % 1.0,
        duplicate=rows.duplicated(["series", "business_date", "hour"], keep=False).astype(int),
        times_usual=(value + FEW_PEOPLE) / most,
        times_least=(value + FEW_PEOPLE) / least,
        times_own=(value + FEW_PEOPLE) / own,
    )


def _best(usual: Array, batch: Grid) -> Array:
    """What is usual (day, cell) on the type that each day fits best."""
    fit = np.nan_to_num(_fit(distance(batch.counts, usual), batch), nan=np.inf)
    return np.take_along_axis(usual, fit.argmin(axis=1)[:, None, None], axis=1)[:, 0]


def _days(
    rows: pd.DataFrame,
    batch: Grid,
    accepted: Grid,
    usual: Array,
    plain: NDArray[np.bool_],
    step: int,
) -> pd.DataFrame:
    shape, size = distance(batch.counts, usual), level(batch.counts, usual)
    nearest = np.fmin.reduce(shape, axis=1)
    exchanged = np.fmin.reduce(distance(_exchanged(batch), usual), axis=1)
    missing = np.isnan(batch.counts)
    zero = (batch.counts == 0) & (np.fmin.reduce(usual, axis=1) >= BUSY)
    copied, copied_what = _copies(batch, accepted, step)
    return pd.DataFrame(
        {
            "business_date": batch.dates,
            "rows": rows.groupby("business_date").size().reindex(batch.dates).to_numpy(),
            "hours_missing": missing.sum(axis=1),
            "hours_missing_what": _named(missing, batch.cells),
            "total": np.nansum(batch.counts, axis=1),
            "total_to_usual": np.exp(_closest(size)),
            "own_total": np.where(plain, np.exp(_own(size, batch)), np.nan),
            "profile_distance": nearest,
            "own_distance": np.where(plain, np.fmin.reduce(_fit(shape, batch), axis=1), np.nan),
            "swap_gain": np.log(nearest + 1e-9) - np.log(exchanged + 1e-9),
            "zero_hours": zero.sum(axis=1),
            "zero_hours_what": _named(zero, batch.cells),
            "copied": copied,
            "copied_what": copied_what,
        }
    )


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
