"""What was knowable at each origin of a series without a rhythm: where it stands, how it swings.
No truth, no fitting, and nothing newer than the publication lag allows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import days

Array = NDArray[np.float64]

KEYS = ["origin", "series", "business_date", "hour", "horizon"]
#: `standing`: the log of one more than the newest value. `swing`: the standard deviation of a step
#: in logs, lately, on a day of the week like any other. `steps`: slots from there to the target;
#: `paces`: the same, each counted by how much more days of its weekday swing than others.
NAMES = ("standing", "swing", "steps", "paces")
#: A change of so many slots ago says half as much of how it swings now: three days of hours. From
#: 24 to 240 the pinball loss on bitcoin, 2023 to 2025, moves by half a part in a hundred.
HALF_LIFE = 72.0
#: Fewer changes than this say nothing of swings.
FEWEST = 48
#: What is known of a weekday weighs as much as what all days say from so many changes on: a market
#: may rest at weekends, as bitcoin half does.
DRAWN = 24.0 * 8
WEEK = 7


def names(plan: Plan, weather: bool = False) -> tuple[str, ...]:
    """The numeric columns of `build`, in order."""
    del plan, weather  # weather moves no price
    return NAMES


def build(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    *,
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    weather: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """KEYS and NAMES. A series of which too little is known has no row. Arguments as those of the
    other learners' features. Raises NotEnoughHistory without any observation or origin."""
    del calendar, weather, ahead
    if observations.empty or not len(origins):
        raise NotEnoughHistory("nothing is known, or asked", remedy="load observations")
    first = min(observations["business_date"].min(), *origins)
    dates = pd.date_range(first, max(origins), freq="D")
    logs = days.logs(observations, dates, hours, series)
    parts = [
        _rows(logs[:, place], name, dates, plan, origins, hours, lag_days)
        for place, name in enumerate(series)
    ]
    return pd.concat(parts, ignore_index=True).sort_values(KEYS, ignore_index=True)


def _rows(
    logs: Array,
    name: str,
    dates: pd.DatetimeIndex,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    hours: Sequence[int],
    lag_days: int,
) -> pd.DataFrame:
    slots = len(hours)
    weekdays = dates.dayofweek.to_numpy()
    last, swing, age, factors = _state(logs.ravel(), np.repeat(weekdays, slots))
    ends = [(int((origin - dates[0]).days) + 2 - lag_days) * slots - 1 for origin in origins]
    horizon, place = np.divmod(np.arange(plan.horizon * slots), slots)
    late = slots * (lag_days - 1)
    parts = [
        pd.DataFrame(
            {
                "origin": origin,
                "series": name,
                "business_date": origin + pd.to_timedelta(horizon + 1, unit="D"),
                "hour": np.asarray(hours)[place],
                "horizon": horizon + 1,
                "standing": last[end],
                "swing": swing[end],
                "steps": age[end] + late + np.arange(1, plan.horizon * slots + 1),
                "paces": (age[end] + late) * factors[end, origin.dayofweek]
                + np.cumsum(factors[end, (origin.dayofweek + 1 + horizon) % WEEK]),
            }
        )
        for origin, end in zip(origins, ends, strict=True)
        if 0 <= end < len(last) and np.isfinite(swing[end])
    ]
    return pd.concat(parts) if parts else pd.DataFrame(columns=[*KEYS, *NAMES])


def _state(values: Array, weekdays: NDArray[np.int32]) -> tuple[Array, Array, Array, Array]:
    """After each slot: the newest value, its swing (NaN before FEWEST changes), for how many slots
    nothing is known, and how much the days of each weekday swing, as shares of the mean. A change
    over a hole is shared by its slots."""
    last, swing, age = (np.full(len(values), np.nan) for _ in range(3))
    factors = np.ones((len(values), WEEK))
    keep, factor = 0.5 ** (1.0 / HALF_LIFE), np.ones(WEEK)
    sums, counts = np.zeros(WEEK), np.zeros(WEEK)
    newest, since, total, weight, seen = np.nan, 0, 0.0, 0.0, 0
    for slot, (value, weekday) in enumerate(zip(values, weekdays, strict=True)):
        since += 1
        if np.isfinite(value):
            if np.isfinite(newest):
                change = (value - newest) ** 2 / since
                total = total * keep + change / factor[weekday]
                weight = weight * keep + 1.0
                seen += 1
                sums[weekday] += change
                counts[weekday] += 1
                if (mean := sums.sum() / seen) > 0:
                    factor = (sums + DRAWN * mean) / (counts + DRAWN) / mean
            newest, since = value, 0
        last[slot], age[slot], factors[slot] = newest, since, factor
        if seen >= FEWEST and total > 0:
            swing[slot] = np.sqrt(total / weight)
    return last, swing, age, factors
