"""LightGBM alone: trees on the log ratio to the level, without linear part or dynamic model.
A contender, never what is served."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import features as columns
from seongsu_assets.forecasting import learning, trees
from seongsu_assets.forecasting.learning import Array

#: No column of the trees: which row it is.
ASIDE = ("origin", "series", "business_date")


@dataclass(frozen=True)
class Alone:
    """A booster, and the series it knows."""

    booster: Any
    series: tuple[str, ...]

    def values(self, features: pd.DataFrame, threads: int = 1) -> Array:
        """The forecast of each row of `features`."""
        ratio = trees.predict(self.booster, _table(features, self.series), threads=threads)
        return np.maximum(np.expm1(features["log_level"].to_numpy() + ratio), 0.0)


def fit(
    features: pd.DataFrame, observations: pd.DataFrame, plan: Plan, *, threads: int = 1
) -> Alone:
    """Trees on the very rows that ours learns from, weighed as there."""
    rows = learning.training(features, observations, plan)
    series = tuple(sorted(rows["series"].unique()))
    told = learning.lesson(rows, plan.tuning.half_life_days)
    table = rows.drop(columns="value")
    names = [*_columns(table), "series"]
    return Alone(
        trees.fit(
            _table(table, series),
            told.target,
            told.fresh * told.size,
            names,
            seed=0,
            threads=threads,
        ),
        series,
    )


def _columns(features: pd.DataFrame) -> list[str]:
    """All but what the dynamic model says: it is a contender of its own."""
    names = [str(name) for name in features.columns]
    apart = {*ASIDE, *columns.FOLLOWED, *columns.EXPLAINING}
    return [name for name in names if name not in apart]


def _table(features: pd.DataFrame, series: tuple[str, ...]) -> Array:
    number = pd.Index(series).get_indexer(pd.Index(features["series"]))
    columns = features[_columns(features)].to_numpy(dtype=np.float64)
    return np.column_stack([columns, number]).astype(np.float64)
