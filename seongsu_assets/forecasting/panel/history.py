"""Many series on one gapless axis of periods, in logs, with what the calendar says of each period.
Nothing about origins, and no feature."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import days
from seongsu_assets.forecasting.baselines import usual_type

Array = NDArray[np.float64]

#: Kinds of days that have a column of their own; a week is of the kinds of its days.
KINDS = (
    "school_break", "bridge", "eve", "day_after", "long_weekend", "christmas", "christmas_eve",
    "new_year", "year_end", "easter", "thanksgiving", "super_bowl", "labour_day",
)  # fmt: skip
FLAGS = ("off", "holiday", *KINDS)


@dataclass(frozen=True)
class History:
    """`logs` is log(1 + value) by period, series and hour, NaN where unknown; `types` the type of
    each period, of which only equals are alike; `flags` the values of FLAGS; `weather` the readings
    of each period, or None."""

    dates: pd.DatetimeIndex
    step: int
    logs: Array
    types: NDArray[np.int64]
    flags: Array
    weather: Array | None

    def place(self, moment: pd.Timestamp) -> int:
        return int((moment - self.dates[0]).days) // self.step


def arrange(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    hours: Sequence[int],
    series: Sequence[str],
    weather: pd.DataFrame | None,
) -> History:
    """From the first observation to the last target. Raises NotEnoughHistory when there is no
    observation, or the calendar does not cover them."""
    if observations.empty or not len(origins):
        raise NotEnoughHistory("nothing is known, or asked", remedy="load observations")
    last = max(origins) + pd.Timedelta(days=plan.horizon * plan.step)
    ago = (max(origins) - observations["business_date"].min()).days // plan.step
    first = max(origins) - pd.Timedelta(days=max(ago, 0) * plan.step)
    dates = pd.date_range(first, last, freq=f"{plan.step}D")
    told = _calendar(calendar, dates, plan.step)
    return History(
        dates=dates,
        step=plan.step,
        logs=days.logs(observations, dates, hours, series),
        types=told[0],
        flags=told[1],
        weather=None if weather is None else days.readings(weather, dates),
    )


def _calendar(
    calendar: pd.DataFrame, dates: pd.DatetimeIndex, step: int
) -> tuple[NDArray[np.int64], Array]:
    """The type of each period (always 0 for longer ones than a day), and its flags."""
    every = pd.date_range(dates[0], dates[-1] + pd.Timedelta(days=step - 1), freq="D")
    table = days.covering(calendar, every)
    kind, holiday = table["kind"].to_numpy(), table["day_type"].eq("holiday").to_numpy()
    flags = np.column_stack([table["off"], holiday, *(kind == name for name in KINDS)])
    flags = flags.astype(np.float64).reshape(len(dates), step, len(FLAGS))
    if step == 1:
        return usual_type(table), flags[:, 0]
    weekend = 2 / 7
    flags[..., 0] -= weekend  # every week has one: what is left are its other days off
    return np.zeros(len(dates), dtype=np.int64), flags.sum(axis=1)
