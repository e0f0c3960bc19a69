"""The point forecast: the mean of two that win different days, one fitted here on feature rows.
No intervals, no totals, no storage; the other is `dynamic`."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import features, learning, linear, trees
from seongsu_assets.forecasting.learning import SLOT, Array


@dataclass(frozen=True)
class Shape:
    """What a row looks like: the plan, whether weather is among the columns, series and hours."""

    plan: Plan
    weather: bool
    series: tuple[str, ...]
    hours: tuple[int, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, plan: Plan) -> "Shape":
        """The shape of rows to learn from."""
        return cls(
            plan=plan,
            weather="rain_change" in rows.columns,
            series=tuple(dict.fromkeys(rows["series"])),
            hours=tuple(sorted(int(hour) for hour in rows["hour"].unique())),
        )

    @property
    def columns(self) -> list[str]:
        """The columns of the trees."""
        return [*self.kept, "horizon", "hour", "slot", "linear"]

    @property
    def kept(self) -> list[str]:
        """Features that trees see. Kinds of days are rare: the linear part has the priors. What the
        dynamic model says stays apart: errors of two that know of each other do not cancel."""
        apart = {*linear.KINDS, *features.DYNAMIC, *features.EXPLAINING}
        return [n for n in features.names(self.plan, self.weather) if n not in apart]

    def slot(self, rows: pd.DataFrame) -> NDArray[np.int64]:
        """The number of each row's series and hour."""
        series = pd.Index(self.series).get_indexer(pd.Index(rows["series"]))
        hour = pd.Index(self.hours).get_indexer(pd.Index(rows["hour"]))
        return (series * len(self.hours) + hour).astype(np.int64)

    def design(self, rows: pd.DataFrame) -> tuple[Array, Array]:
        return linear.design({str(name): rows[name].to_numpy() for name in rows}, self.weather)

    def table(self, rows: pd.DataFrame, straight: Array) -> Array:
        """The values of `columns`."""
        names = self.kept
        extra = [rows["horizon"], rows["hour"], self.slot(rows), straight]
        return np.column_stack([rows[names].to_numpy(), *extra]).astype(np.float64)


@dataclass(frozen=True)
class Point:
    """The fitted parts of the point forecast."""

    shape: Shape
    linear: linear.Linear
    booster: Any

    def values(self, rows: pd.DataFrame) -> Array:
        """The forecast median of each row: finite, never negative."""
        straight = self.linear.predict(self.shape.design(rows)[0], self.shape.slot(rows))
        rest = trees.predict(self.booster, self.shape.table(rows, straight))
        logs = rows["log_level"].to_numpy() + straight + rest
        followed = rows["dynamic"].to_numpy()
        share = self.shape.plan.tuning.dynamic_weight
        both = (1 - share) * logs + share * followed
        return np.maximum(np.expm1(np.where(np.isfinite(followed), both, logs)), 0.0)


def fit(rows: pd.DataFrame, shape: Shape, *, seed: int, threads: int) -> Point:
    """`rows` are feature rows with their truth as `value`."""
    slot = shape.slot(rows)
    tuning = shape.plan.tuning
    told = learning.lesson(rows, tuning.half_life_days)
    day = rows.groupby(["origin", "business_date"]).ngroup().to_numpy().astype(np.int64)
    repeats = rows.groupby(SLOT)["value"].transform("size").to_numpy()
    columns, prior = shape.design(rows)
    line = linear.fit(
        columns, prior, told.target,
        slot=slot, day=day, weight=told.fresh / repeats, size=told.size,
    )  # fmt: skip
    straight = line.predict(columns, slot)
    booster = trees.fit(
        shape.table(rows, straight), told.target - straight, told.fresh * told.size, shape.columns,
        seed=seed, threads=threads, tuning=tuning,
    )  # fmt: skip
    return Point(shape, line, booster)
