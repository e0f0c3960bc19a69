"""LightGBM alone: trees on the log ratio to the level, without linear part or dynamic model.
A contender, never what is served."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.forecasting import features as columns
from seongsu_assets.forecasting import trees

Array = NDArray[np.float64]

SLOT = ["series", "business_date", "hour"]
#: No column of the trees: which row it is.
ASIDE = ("origin", "series", "business_date")
#: Neighbouring origins say nearly the same; every so-manieth is kept. Prime to the week.
STRIDE = 3
#: A row this many days older counts half.
HALF_LIFE = 540.0


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
    features: pd.DataFrame, observations: pd.DataFrame, train_days: int, *, threads: int = 1
) -> Alone:
    """Trees on the rows of `features` whose truth is among the observations."""
    ago = (features["origin"].max() - features["origin"]).dt.days
    chosen = features[(ago < train_days) & (ago % STRIDE == 0)]
    rows = chosen.merge(observations[[*SLOT, "value"]], on=SLOT)
    series = tuple(sorted(rows["series"].unique()))
    level = rows["log_level"].to_numpy()
    target = np.log1p(rows["value"].clip(lower=0.0).to_numpy()) - level
    age = (rows["business_date"].max() - rows["business_date"]).dt.days.to_numpy()
    weight = np.maximum(np.expm1(level), 1.0) * 0.5 ** (age / HALF_LIFE)
    table = rows.drop(columns="value")
    names = [*_columns(table), "series"]
    return Alone(
        trees.fit(_table(table, series), target, weight, names, seed=0, threads=threads), series
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
