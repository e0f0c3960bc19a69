"""Conformal intervals: how wrong the model was on days it had not seen, by kind of day and hour.
No point forecast, no levels; tables are plain arrays that a file can hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Day types (their place in kinds.DAY_TYPES) that share their scores.
GROUP_OF_TYPE = np.array([0, 1, 2, 3, 3, 4])
GROUPS = ("weekday", "saturday", "sunday", "holiday", "adjacent")
BANDS = ("night", "morning_peak", "midday", "evening_peak", "evening")
#: So many scored days of a group weigh as much as what all groups say together.
DRAWN = 10.0
SMALLEST = 1e-3


def band(hour: Array | Sequence[int]) -> NDArray[np.int64]:
    """The place in BANDS of each hour. Whole days (hour -1) stand with the night."""
    edges = np.array([7, 10, 17, 20, 23])
    return np.searchsorted(edges, np.asarray(hour), side="right") % len(BANDS)


@dataclass(frozen=True)
class Intervals:
    """Per (series, group, hour): the scale; per (series, group, band): the quantiles of the
    scaled scores. `hours` are those of the scale table; the last series is the total. `sure`: the
    largest spread of the dynamic model with which any score came; with a larger one, as after a
    hole in the data, the intervals widen by as much."""

    hours: tuple[int, ...]
    quantiles: tuple[float, ...]
    scale: Array
    scores: Array
    sure: float

    def offsets(
        self,
        series: NDArray[np.int64],
        day_type: NDArray[np.int64],
        hour: Array,
        spread: Array,
    ) -> Array:
        """Log offsets from the median by row and quantile."""
        group = GROUP_OF_TYPE[day_type]
        place = np.searchsorted(np.array(self.hours), hour)
        wider = np.fmax(spread / self.sure, 1.0)  # no spread is known: as usual
        scale = self.scale[series, group, place] * wider
        return scale[:, None] * self.scores[series, group, band(hour)]


def fit(scored: pd.DataFrame, quantiles: Sequence[float], hours: Sequence[int]) -> Intervals:
    """`scored`: series (number), day_type (number), hour, business_date, dynamic_spread, score (log
    residual out of sample). Rows of one day are one observation when tables are drawn together."""
    hours = tuple(sorted(hours))
    table = scored.assign(
        group=GROUP_OF_TYPE[scored["day_type"].to_numpy()], band=band(scored["hour"].to_numpy())
    )
    sizes = (int(table["series"].max()) + 1, len(GROUPS))
    scale = np.empty((*sizes, len(hours)))
    scores = np.empty((*sizes, len(BANDS), len(quantiles)))
    for series in range(sizes[0]):
        rows = table[table["series"] == series]
        scale[series] = _scales(rows, hours)
        place = np.searchsorted(np.array(hours), rows["hour"].to_numpy())
        standard = rows["score"].to_numpy() / scale[series, rows["group"].to_numpy(), place]
        scores[series] = _scores(rows.assign(score=standard), quantiles)
    sure = float(table["dynamic_spread"].max())
    return Intervals(hours, tuple(quantiles), scale, scores, sure if sure > 0 else 1.0)


def _scales(rows: pd.DataFrame, hours: Sequence[int]) -> Array:
    """Mean absolute score by group and hour, each drawn to the group's and the hour's own."""
    size = rows.assign(score=rows["score"].abs())
    overall = size["score"].mean()
    by_hour = size.groupby("hour")["score"].mean()
    table = np.empty((len(GROUPS), len(hours)))
    for group in range(len(GROUPS)):
        own = size[size["group"] == group]
        days = own["business_date"].nunique()
        factor = _drawn(own["score"].mean(), days, overall) / overall
        counts = own.groupby("hour")["business_date"].nunique()
        means = own.groupby("hour")["score"].mean()
        for place, hour in enumerate(hours):
            expected = by_hour.get(hour, overall) * factor
            table[group, place] = _drawn(means.get(hour, 0.0), counts.get(hour, 0), expected)
    return np.maximum(table, SMALLEST)


def _drawn(own: float, days: float, common: float) -> float:
    return (own * days + common * DRAWN) / (days + DRAWN) if days else common


def _scores(rows: pd.DataFrame, quantiles: Sequence[float]) -> Array:
    """Quantiles by group and band, drawn to those of all groups; ordered."""
    table = np.empty((len(GROUPS), len(BANDS), len(quantiles)))
    for place in range(len(BANDS)):
        in_band = rows[rows["band"] == place]
        if in_band.empty:
            in_band = rows
        common = np.quantile(in_band["score"], quantiles)
        for group in range(len(GROUPS)):
            own = in_band[in_band["group"] == group]
            days = own["business_date"].nunique()
            values = np.quantile(own["score"], quantiles) if days else common
            table[group, place] = (values * days + common * DRAWN) / (days + DRAWN)
    median = int(np.argmin(np.abs(np.asarray(quantiles) - 0.5)))
    table -= table[..., median : median + 1]
    return table
