"""How wrong a panel's model was on the newest days it had not seen: by size, series and horizon.
No point forecast; tables are plain arrays that a file can hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: So many sizes have a table of their own, and are drawn to each other in between; fewer where a
#: table would stand on fewer truths than this, each counted once, however often it was forecast.
SIZES, TRUTHS = 12, 40
#: So many scored periods of a series or a horizon weigh as much as what all say together.
DRAWN = 10.0
SMALLEST = 1e-3


@dataclass(frozen=True)
class Spread:
    """Log offsets from the point: `table` by size and quantile, at the `sizes` (logs of points, in
    order), times the factor of the series and of the horizon."""

    sizes: Array
    table: Array
    series: Array
    horizons: Array

    def offsets(self, points: Array, series: NDArray[np.int64], horizon: Array) -> Array:
        """By row and quantile; `points` are logs, `horizon` counts from 1."""
        middle = np.column_stack(
            [np.interp(points, self.sizes, self.table[:, q]) for q in range(self.table.shape[1])]
        )
        wide = self.series[series] * self.horizons[np.asarray(horizon, dtype=np.int64) - 1]
        return middle * wide[:, None]


def fit(
    scored: pd.DataFrame, quantiles: Sequence[float], members: int, horizon: int, *, centred: bool
) -> Spread:
    """`scored`: point and truth as logs, series (a number below `members`), horizon, hour and
    business_date, out of sample. `centred`: the median stays the point."""
    error = (scored["truth"] - scored["point"]).to_numpy(dtype=np.float64)
    size = scored["point"].to_numpy(dtype=np.float64)
    expected = _expected(size, error)
    days = scored["business_date"].to_numpy()
    of_series = _factors(scored["series"].to_numpy(), error, expected, days, members)
    ahead = scored["horizon"].to_numpy(dtype=np.int64) - 1
    of_horizon = _factors(ahead, error, expected, days, horizon)
    standard = error / (of_series[scored["series"].to_numpy()] * of_horizon[ahead])
    truths = len(scored[["series", "business_date", "hour"]].drop_duplicates())
    tables = min(max(truths // TRUTHS, 1), SIZES)
    edges = np.unique(np.quantile(size, np.linspace(0, 1, tables + 1)))
    place = np.clip(np.searchsorted(edges, size, side="right") - 1, 0, max(len(edges) - 2, 0))
    kept = np.unique(place)
    sizes = np.array([np.median(size[place == each]) for each in kept])
    table = np.array([np.quantile(standard[place == each], quantiles) for each in kept])
    if centred:
        middle = int(np.argmin(np.abs(np.asarray(quantiles) - 0.5)))
        table -= table[:, middle : middle + 1]
    return Spread(sizes, table, of_series, of_horizon)


def _expected(size: Array, error: Array) -> Array:
    """The mean absolute error of rows of about this size."""
    edges = np.unique(np.quantile(size, np.linspace(0, 1, SIZES + 1)))
    place = np.clip(np.searchsorted(edges, size, side="right") - 1, 0, max(len(edges) - 2, 0))
    total = np.bincount(place, np.abs(error), len(edges))
    count = np.bincount(place, minlength=len(edges))
    return np.maximum(total[place] / count[place], SMALLEST)


def _factors(
    group: NDArray[np.int64], error: Array, expected: Array, days: NDArray[np.datetime64], size: int
) -> Array:
    """How much wider each group is than all rows of the size; near 1 where little was scored."""
    known = pd.DataFrame(
        {"group": group, "own": np.abs(error), "all": expected, "day": days}
    ).groupby("group")
    sums, counts = known[["own", "all"]].sum(), known["day"].nunique()
    ratio = (sums["own"] / sums["all"] * counts + DRAWN) / (counts + DRAWN)
    answer = np.ones(size)
    answer[ratio.index.to_numpy(dtype=np.int64)] = np.maximum(ratio.to_numpy(), SMALLEST)
    return answer
