"""One model of many series: trees on the log ratio to each slot's own level, and their spread.
No features are made here and nothing is stored; see `stored`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError, NotEnoughHistory
from seongsu_assets.forecasting import trees
from seongsu_assets.forecasting.growing import Grower, Here, Part
from seongsu_assets.forecasting.learning import digest, training
from seongsu_assets.forecasting.model import quantile_name
from seongsu_assets.forecasting.panel import features as columns
from seongsu_assets.forecasting.panel import spread
from seongsu_assets.forecasting.panel.spread import Spread

Array = NDArray[np.float64]

#: So many rows are forecast at once: what their table needs beside the frame.
AT_ONCE = 250_000
#: The newest part of the periods learned from, which the spread is measured on before the model
#: learns from them too; at most so many cycles.
HELD, MOST_CYCLES = 0.2, 8
#: Of weeks there are so few that one in which goods are taken back, or cleared, would be a lesson
#: for all: none is farther from the level than this, in logs.
FARTHEST = 1.5
#: The periods that tell where the middle of a total is.
FEWEST = 30
KEYS = ["origin", "series", "business_date", "hour", "horizon"]


@dataclass(frozen=True)
class Shape:
    """What a row looks like: the plan, whether weather is among the columns, series and hours."""

    plan: Plan
    weather: bool
    series: tuple[str, ...]
    hours: tuple[int, ...]

    @property
    def columns(self) -> list[str]:
        return [*columns.names(self.plan, self.weather), *self._extra]

    @property
    def _extra(self) -> tuple[str, ...]:
        """A series that is seen in few periods is known by what it did, not by its number."""
        return ("horizon", "hour", "series") if self.plan.step == 1 else ("horizon",)

    def number(self, names: pd.Series) -> NDArray[np.int64]:
        """The place of each series among those trained; as many as there are for another one."""
        found = pd.Index(self.series).get_indexer(pd.Index(names)).astype(np.int64)
        return np.where(found < 0, len(self.series), found)

    def table(self, rows: pd.DataFrame) -> NDArray[np.float32]:
        names = list(columns.names(self.plan, self.weather))
        extra = [
            self.number(rows["series"]) if name == "series" else rows[name] for name in self._extra
        ]
        return np.column_stack([rows[names].to_numpy(dtype=np.float32), *extra]).astype(np.float32)


@dataclass(frozen=True)
class Panel:
    """What a forecast needs besides its feature rows. The last factor of `parts.series` is that of
    series that came later. `learned`: the digest of the rows it learned from, empty if unknown."""

    shape: Shape
    booster: Any
    parts: Spread
    whole: Spread
    total: str
    trained_from: pd.Timestamp
    trained_to: pd.Timestamp
    learned: str = ""

    def predict(self, features: pd.DataFrame) -> pd.DataFrame:
        """KEYS, the total included, and a column per quantile: ordered, finite, never negative. A
        series that was not trained is forecast by what it did lately. Raises ModelError when no
        row is of a trained hour."""
        rows = features[features["hour"].isin(self.shape.hours)].reset_index(drop=True)
        if rows.empty:
            raise ModelError(
                "the model does not know any of these rows",
                remedy="build features for the trained hours, or train again",
            )
        parts = rows[KEYS].assign(point=_points(self.booster, self.shape, rows))
        whole = _whole(parts, self.total)
        answers = [_ranged(parts, self.parts, self.shape.number(parts["series"]), self.shape.plan)]
        if self.total not in self.shape.series:
            none = np.zeros(len(whole), dtype=np.int64)
            answers.append(_ranged(whole, self.whole, none, self.shape.plan))
        return pd.concat(answers, ignore_index=True)

    def to_text(self) -> tuple[str, dict[str, Any]]:
        """The trees as LightGBM text, and everything else as JSON-able metadata."""
        from seongsu_assets.forecasting.panel import stored

        return stored.write(self)

    @classmethod
    def from_text(cls, text: str, metadata: Mapping[str, Any]) -> "Panel":
        """The model of `to_text`. Raises ModelError when anything is damaged."""
        from seongsu_assets.forecasting.panel import stored

        return stored.read(text, metadata)


def fit(
    features: pd.DataFrame,
    observations: pd.DataFrame,
    plan: Plan,
    *,
    total: str,
    seed: int = 0,
    threads: int = 1,
    grower: Grower | None = None,
) -> Panel:
    """Train on the rows of `features` whose truth is among the observations, here or where
    `grower` says. Raises NotEnoughHistory when too few periods are left."""
    grower = grower or Here(threads)
    rows = training(features, observations, plan, grower.most_rows)
    shape = Shape(
        plan,
        "rain_target" in rows.columns,
        tuple(sorted(map(str, rows["series"].unique()))),
        tuple(sorted(int(hour) for hour in rows["hour"].unique())),
    )
    older, unseen = _held(rows, plan)
    before = _grow(older, shape, grower, seed=seed)
    scored = unseen[[*KEYS, "value"]].assign(point=_points(before, shape, unseen))
    parts, whole = _spreads(scored, shape, total)
    return Panel(
        shape, _grow(rows, shape, grower, seed=seed), parts, whole, total,
        rows["business_date"].min(), rows["business_date"].max(), digest(rows, plan),
    )  # fmt: skip


def lesson(features: pd.DataFrame, observations: pd.DataFrame, plan: Plan) -> str:
    """What `fit` in this process would note as `learned`."""
    return digest(training(features, observations, plan), plan)


def _held(rows: pd.DataFrame, plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows to learn from first, and the newest, of which those knew nothing."""
    days = np.sort(rows["business_date"].unique())
    most = min(int(len(days) * HELD), MOST_CYCLES * plan.cycle)
    cut = days[len(days) - max(most, 1) - 1]
    older = rows[rows["business_date"] <= cut].reset_index(drop=True)
    unseen = rows[rows["origin"] >= cut].reset_index(drop=True)
    if older.empty or unseen.empty:
        raise NotEnoughHistory("too little to judge a model by", remedy="load a longer history")
    return older, unseen


def _grow(rows: pd.DataFrame, shape: Shape, grower: Grower, *, seed: int) -> Any:
    """Trees of all rows; each part of them is a fair sample."""
    newest, many = rows["business_date"].max(), grower.parts(len(rows))
    parts = (_part(rows.iloc[number::many], shape, newest) for number in range(many))
    return grower.grow(parts, shape.columns, shape.plan.tuning, seed=seed, objective="l2")


def _part(rows: pd.DataFrame, shape: Shape, newest: pd.Timestamp) -> Part:
    level = rows["level"].to_numpy(dtype=np.float64)
    target = np.log1p(np.maximum(rows["value"].to_numpy(), 0.0)) - level
    if shape.plan.step > 1:
        target = np.clip(target, -FARTHEST, FARTHEST)
    age = (newest - rows["business_date"]).dt.days.to_numpy()
    # Large slots decide the error that people feel; all of the weight would be theirs alone.
    size = np.sqrt(np.maximum(np.expm1(level), 1.0))
    weight = 0.5 ** (age / shape.plan.tuning.half_life_days) * size
    return shape.table(rows), target, weight


def _points(booster: Any, shape: Shape, rows: pd.DataFrame) -> Array:
    cuts = range(0, len(rows), AT_ONCE)
    tables = (shape.table(rows.iloc[cut : cut + AT_ONCE]) for cut in cuts)
    ratio = np.concatenate([trees.predict(booster, table) for table in tables])
    return np.maximum(np.expm1(rows["level"].to_numpy(dtype=np.float64) + ratio), 0.0)


def _whole(parts: pd.DataFrame, total: str) -> pd.DataFrame:
    """The total of each slot: the sum of all that is forecast of it."""
    keys = [name for name in KEYS if name != "series"]
    names = [name for name in ("point", "value") if name in parts.columns]
    return parts.groupby(keys, sort=False)[names].sum().reset_index().assign(series=total)


def _spreads(scored: pd.DataFrame, shape: Shape, total: str) -> tuple[Spread, Spread]:
    """Of the parts, and of the total, whose middle is not the sum of their middles; but by few
    periods nobody can say where else it is."""
    quantiles, horizon = shape.plan.quantiles, shape.plan.horizon
    days = scored["business_date"].nunique()
    both = scored.assign(series=shape.number(scored["series"]))
    whole = _whole(scored, total).assign(series=0)
    parts, one = (
        each.assign(point=np.log1p(each["point"]), truth=np.log1p(each["value"].clip(lower=0.0)))
        for each in (both, whole)
    )
    return (
        spread.fit(parts, quantiles, len(shape.series) + 1, horizon, centred=True),
        spread.fit(one, quantiles, 1, horizon, centred=days < FEWEST),
    )


def _ranged(
    rows: pd.DataFrame, known: Spread, series: NDArray[np.int64], plan: Plan
) -> pd.DataFrame:
    logs = np.log1p(rows["point"].to_numpy(dtype=np.float64))
    offsets = known.offsets(logs, series, rows["horizon"].to_numpy())
    values = np.sort(np.maximum(np.expm1(logs[:, None] + offsets), 0.0), axis=1)
    names = [quantile_name(quantile) for quantile in plan.quantiles]
    return pd.concat([rows[KEYS], pd.DataFrame(values, columns=pd.Index(names))], axis=1)
