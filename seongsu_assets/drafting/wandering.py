"""Whether a series only wanders, as a price does: then nothing forecasts it better than its newest
value. A model is not chosen here, nor is anything fitted."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

WEEK = 7
#: Over a week a random walk goes as far as its steps add up to: their variances' ratio is near one.
LEAST_RATIO, MOST_RATIO = 0.6, 1.6
#: A day ahead, the newest value errs at most so many times as much as that of a week before.
CLEARLY = 0.8
#: Fewer steps than this prove nothing.
FEWEST = 500


@dataclass(frozen=True)
class Walk:
    """`ratio`: the variance of a week's change over that of as many steps. `last`: the error of the
    newest value over seasonal naive's, a day ahead. NaN where it cannot be told."""

    ratio: float
    last: float

    @property
    def wanders(self) -> bool:
        return LEAST_RATIO <= self.ratio <= MOST_RATIO and self.last <= CLEARLY


def measure(rows: pd.DataFrame) -> Walk:
    """Of the medians over the series of OBSERVATION_COLUMNS."""
    table = rows.pivot_table(index=["business_date", "hour"], columns="series", values="value")
    days = pd.date_range(rows["business_date"].min(), rows["business_date"].max(), freq="D")
    hours = sorted(rows["hour"].unique())
    table = table.reindex(pd.MultiIndex.from_product([days, hours]))
    each = [_one(table[name].to_numpy(dtype=np.float64), len(hours)) for name in table.columns]
    known = np.array([walk for walk in each if np.isfinite(walk).all()])
    return Walk(*np.median(known, axis=0)) if len(known) else Walk(np.nan, np.nan)


def _one(values: Array, slots: int) -> tuple[float, float]:
    logs = np.log(values, out=np.full(len(values), np.nan), where=values > 0)
    week, step = WEEK * slots, _changes(logs, 1)
    if np.isfinite(step).sum() < FEWEST or not np.nanvar(step):
        return np.nan, np.nan
    far, near = _changes(logs, week), _changes(values, slots)
    ratio = np.nanvar(far) / (week * np.nanvar(step))
    return float(ratio), float(
        np.nanmean(np.abs(near)) / np.nanmean(np.abs(_changes(values, week)))
    )


def _changes(values: Array, steps: int) -> Array:
    return values[steps:] - values[:-steps]
