"""Which feature rows a model learns from, and what it learns of each.
No fitting, no truth that is not given, no scoring."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory

Array = NDArray[np.float64]
SLOT = ["series", "business_date", "hour"]
#: The first origins have too little behind them to learn from.
WARM_UP_DAYS = 14
#: Neighbouring origins say nearly the same; every so-manieth is kept. Prime to the week.
STRIDE = 3


def days(
    observations: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, plan: Plan
) -> list[pd.Timestamp]:
    """Every origin from the first that a model of the origin `first` learns from, to `last`."""
    warm = observations["business_date"].min() + pd.Timedelta(days=WARM_UP_DAYS)
    oldest = max(warm, first - pd.Timedelta(days=plan.train_days))
    return list(pd.date_range(min(oldest, first), last, freq="D"))


def training(features: pd.DataFrame, observations: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The rows of `features` that are learned from, in order, with their truth as `value`. Raises
    NotEnoughHistory when they speak of fewer than `minimum_days` days."""
    ago = (features["origin"].max() - features["origin"]).dt.days
    chosen = features[(ago < plan.train_days) & (ago % STRIDE == 0)]
    rows = chosen.merge(observations[[*SLOT, "value"]], on=SLOT, how="inner")
    known = rows["business_date"].nunique()
    if known < plan.minimum_days:
        raise NotEnoughHistory(
            f"{known} days can be learned from, {plan.minimum_days} are needed",
            remedy="load a longer history, then train again",
        )
    return rows.sort_values(["origin", *SLOT], ignore_index=True)


@dataclass(frozen=True)
class Lesson:
    """By row: log ratio of what came to the usual level, how fresh it is, how large the slot."""

    target: Array
    fresh: Array
    size: Array


def lesson(rows: pd.DataFrame, half_life_days: float) -> Lesson:
    """What rows of `training` teach. A row `half_life_days` older is half as fresh."""
    level = rows["log_level"].to_numpy()
    target = np.log1p(np.maximum(rows["value"].to_numpy(), 0.0)) - level
    age = (rows["business_date"].max() - rows["business_date"]).dt.days.to_numpy()
    size = np.maximum(np.expm1(level), 1.0)  # an empty slot still weighs a little
    return Lesson(target, 0.5 ** (age / half_life_days), size)
