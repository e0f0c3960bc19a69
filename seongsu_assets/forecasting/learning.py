"""Which feature rows a model learns from, and what it learns of each.
No fitting, no truth that is not given, no scoring."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory

Array = NDArray[np.float64]
EPOCH = pd.Timestamp(0)
SLOT = ["series", "business_date", "hour"]
#: The first origins have too little behind them to learn from.
WARM_UP_DAYS = 14
#: Neighbouring origins say nearly the same; every so-manieth is kept. Prime to the week.
STRIDE = 3
#: More rows teach a panel hardly more and cost memory: of more, every so-manieth is learned from.
MOST_ROWS = 1_000_000


def days(
    observations: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, plan: Plan
) -> list[pd.Timestamp]:
    """Every origin from the first that a model of the origin `first` learns from, to `last`."""
    oldest = max(_warm(observations), first - pd.Timedelta(days=plan.train_days))
    ago = (first - min(oldest, first)).days // plan.step * plan.step
    return list(pd.date_range(first - pd.Timedelta(days=ago), last, freq=f"{plan.step}D"))


def _warm(observations: pd.DataFrame) -> pd.Timestamp:
    """The first origin that anybody learns from: an evaluation can be repeated only if a model
    that is fitted again learns from the same ones."""
    return observations["business_date"].min() + pd.Timedelta(days=WARM_UP_DAYS)


def needed(
    observations: pd.DataFrame, origins: Sequence[pd.Timestamp], plan: Plan
) -> list[pd.Timestamp]:
    """The origins whose features rolling models of these `origins` ask for, or learn from."""
    past = days(observations, min(origins), max(origins), plan)
    every = phase(plan)
    return [day for day in past if day in set(origins) or (day - EPOCH).days % every == 0]


def phase(plan: Plan) -> int:
    """Every so-manieth day since 1970 is an origin that is learned from, whoever learns and when: a
    panel's features are too many to be made for days that nobody looks at."""
    return STRIDE if plan.learner == "panel" else 1


def sparse(rows: pd.DataFrame, every: int) -> NDArray[np.bool_]:
    """Which rows are of every so-manieth slot of each origin, all its series: they sum to a
    total."""
    slot = rows["hour"] + rows["horizon"] * 5 + rows["origin"].dt.dayofyear
    return (slot % every == 0).to_numpy(dtype=bool)


def every(plan: Plan, rows: int, most: int | None = MOST_ROWS) -> int:
    """Of so many rows every so-manieth slot is learned from; None: of any number all are."""
    return -(-rows // most) if plan.learner == "panel" and rows and most else 1


def few(
    plan: Plan, most: int | None = MOST_ROWS
) -> Callable[[pd.DataFrame, int], NDArray[np.bool_]]:
    """Which rows of an origin are learned from, where all origins have so many."""
    return lambda rows, many: sparse(rows, every(plan, many, most))


def training(
    features: pd.DataFrame, observations: pd.DataFrame, plan: Plan, most: int | None = MOST_ROWS
) -> pd.DataFrame:
    """The rows of `features` that are learned from, in order, with their truth as `value`; of a
    panel `most`. Raises NotEnoughHistory when they speak of fewer than `minimum_days` days."""
    ago = (features["origin"].max() - features["origin"]).dt.days
    turn = ago if phase(plan) == 1 else (features["origin"] - EPOCH).dt.days
    # Before there was a cycle to look back on, something else would be learned.
    begun = observations["business_date"].min() + plan.span(plan.cycle)
    chosen = (ago < plan.train_days) & (turn % STRIDE == 0) & (features["business_date"] >= begun)
    chosen &= features["origin"] >= _warm(observations)
    # The keys alone are looked up: the rows of a large panel are many and wide.
    slots = features.loc[chosen, [*SLOT, "origin", "horizon"]]
    slots = slots.merge(observations[[*SLOT, "value"]].assign(told=True), on=SLOT, how="left")
    told = slots["told"].notna().to_numpy()
    known = slots.loc[told, "business_date"].nunique() * plan.step
    if known < plan.minimum_days:
        raise NotEnoughHistory(
            f"{known} days can be learned from, {plan.minimum_days} are needed",
            remedy="load a longer history, then train again",
        )
    told &= sparse(slots, every(plan, int(told.sum()), most))
    rows = features[chosen].iloc[told].assign(value=slots["value"].to_numpy()[told])
    return rows.sort_values(["origin", *SLOT], ignore_index=True)


def digest(rows: pd.DataFrame, plan: Plan) -> str:
    """The hash of rows of `training` and of their plan, to the bit: who learns from the same is the
    same model."""
    kinds = [(str(name), str(kind)) for name, kind in rows.dtypes.items()]
    told = hashlib.sha256(repr((plan, kinds, len(rows))).encode())
    for name in rows.columns:
        values = rows[name].to_numpy()
        if values.dtype == object:
            values, names = pd.factorize(values, sort=True)
            told.update("\n".join(names).encode())
        told.update(values.tobytes())
    return told.hexdigest()


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
