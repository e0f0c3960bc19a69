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

#: Kinds of days that have a column of their own.
KINDS = (
    "school_break", "bridge", "eve", "day_after", "long_weekend", "christmas", "christmas_eve",
    "new_year", "year_end", "easter", "thanksgiving", "super_bowl", "labour_day",
)  # fmt: skip
#: A week is of the kinds of its days. Those that stand on a weekday, or move with the moon, may lie
#: in another week than a cycle ago; the others are some days off at most.
MOVING = (
    "super_bowl", "easter", "mothers_day", "memorial_day", "fathers_day", "labour_day",
    "thanksgiving",
)  # fmt: skip
OF_WEEKS = (
    *MOVING, "valentine", "independence_day", "school_start", "halloween", "before_christmas",
    "christmas", "year_end", "new_year",
)  # fmt: skip
#: Wages and benefits are spent when they come.
MONTH = ("month_first", "month_second")


def flags(plan: Plan) -> tuple[str, ...]:
    """What the calendar says of a period, by name."""
    return ("off", "holiday", *(KINDS if plan.step == 1 else (*OF_WEEKS, *MONTH)))


@dataclass(frozen=True)
class History:
    """`logs` is log(1 + value) by period, series and hour, NaN where unknown; `types` the type of
    each period, of which only equals are alike; `flags` what the calendar says; `weather` the
    readings of each period, or None."""

    dates: pd.DatetimeIndex
    step: int
    logs: Array
    types: NDArray[np.int64]
    flags: Array
    weather: Array | None

    def place(self, moment: pd.Timestamp) -> int:
        return int((moment - self.dates[0]).days) // self.step

    def last_told(self, newest: int) -> int:
        """The newest place up to this one of which anything is known: where a week is late, the
        trees have never seen all series end together."""
        there = np.isfinite(self.logs[: newest + 1]).any(axis=(1, 2))
        return int(np.flatnonzero(there)[-1]) if there.any() else newest


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
    told = _calendar(calendar, dates, plan)
    taken_back = observations["value"] < 0  # it has no log, and says nothing of what is sold
    return History(
        dates=dates,
        step=plan.step,
        logs=days.logs(observations[~taken_back], dates, hours, series),
        types=told[0],
        flags=told[1],
        weather=None if weather is None else days.readings(weather, dates),
    )


def _calendar(
    calendar: pd.DataFrame, dates: pd.DatetimeIndex, plan: Plan
) -> tuple[NDArray[np.int64], Array]:
    """The type of each period, and its flags. A week has the type of the moving kind that most of
    its days are of, or 0."""
    step = plan.step
    every = pd.date_range(dates[0], dates[-1] + pd.Timedelta(days=step - 1), freq="D")
    table = days.covering(calendar, every)
    kind, holiday = table["kind"].to_numpy(), table["day_type"].eq("holiday").to_numpy()
    week = every.day.to_numpy() // 7.01  # 0 is the first of the month
    named = {name: week == place for place, name in enumerate(MONTH)}
    columns = [named.get(name, kind == name) for name in flags(plan)[2:]]
    told = np.column_stack([table["off"], holiday, *columns]).astype(np.float64)
    told = told.reshape(len(dates), step, -1)
    if step == 1:
        return usual_type(table), told[:, 0]
    weekend = 2 / 7
    told[..., 0] -= weekend  # every week has one: what is left are its other days off
    summed = told.sum(axis=1)
    mostly = summed[:, 2 : 2 + len(MOVING)] > step / 2
    return np.where(mostly.any(axis=1), mostly.argmax(axis=1) + 1, 0), summed
