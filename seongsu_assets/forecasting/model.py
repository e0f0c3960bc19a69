"""The model: a point forecast with conformal intervals, the total included, as text and numbers.
No features are made here, nothing is stored, and nothing is ever unpickled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import intervals, point, stored
from seongsu_assets.forecasting.learning import SLOT, STRIDE, Array, training
from seongsu_assets.forecasting.point import Point, Shape

#: The model is scored on days it has not seen: blocks of four weeks, dealt to so many folds that
#: are left out in turn. Longer blocks would ask for a season never seen, and widen intervals.
BLOCK_DAYS, FOLDS = 28, 4
#: Of the origins learned from, every so-manieth is enough to score the model on unseen days.
SPARSE = 2
#: What is the same for every series of an hour.
ROW = ["origin", "horizon", "day_type", "dynamic_spread"]


@dataclass(frozen=True)
class Model:
    """What a forecast needs besides its feature rows."""

    point: Point
    intervals: intervals.Intervals
    total: str
    trained_from: pd.Timestamp
    trained_to: pd.Timestamp

    def predict(self, features: pd.DataFrame) -> pd.DataFrame:
        """Origin, series (the total included, where all parts are), business_date, hour, horizon
        and a column per quantile of the plan: ordered, finite, never negative.

        Rows of an hour that was never trained have no forecast. Raises ModelError when that
        leaves nothing, or when a series was not trained."""
        answer = medians(self.point, features, self.total)
        offsets = self.intervals.offsets(
            _number(answer["series"], self.point.shape.series, self.total),
            answer["day_type"].to_numpy(dtype=np.int64),
            answer["hour"].to_numpy(),
            answer["dynamic_spread"].to_numpy(),
        )
        logs = np.log1p(answer["point"].to_numpy())[:, None] + offsets
        values = np.sort(np.maximum(np.expm1(logs), 0.0), axis=1)
        columns = [quantile_name(quantile) for quantile in self.intervals.quantiles]
        keys = answer[["origin", *SLOT, "horizon"]]
        return pd.concat([keys, pd.DataFrame(values, columns=columns)], axis=1)

    def to_text(self) -> tuple[str, dict[str, Any]]:
        """The trees as LightGBM text, and everything else as JSON-able metadata."""
        return stored.write(
            self.point, self.intervals, total=self.total,
            trained_from=self.trained_from, trained_to=self.trained_to,
        )  # fmt: skip

    @classmethod
    def from_text(cls, text: str, metadata: Mapping[str, Any]) -> "Model":
        """The model of `to_text`. Raises ModelError when anything is damaged or of another
        shape."""
        return cls(**stored.read(text, metadata))


def quantile_name(quantile: float) -> str:
    return f"q{round(quantile * 100):02d}"


def fit(
    features: pd.DataFrame,
    observations: pd.DataFrame,
    plan: Plan,
    *,
    total: str = "total",
    seed: int = 0,
    threads: int = 1,
) -> Model:
    """Train on the rows of `features` whose truth is among the observations. Raises
    NotEnoughHistory when fewer than `minimum_days` target days are left."""
    rows = training(features, observations, plan)
    shape = Shape.of(rows, plan)
    scored = rows[(rows["origin"].max() - rows["origin"]).dt.days % (STRIDE * SPARSE) == 0]
    scored = scored.reset_index(drop=True)
    unseen = _unseen(scored, shape, seed=seed, threads=threads)
    return Model(
        point=point.fit(rows, shape, seed=seed, threads=threads),
        intervals=_intervals(scored.assign(point=unseen), shape, total),
        total=total,
        trained_from=rows["business_date"].min(),
        trained_to=rows["business_date"].max(),
    )


def medians(fitted: Point, features: pd.DataFrame, total: str) -> pd.DataFrame:
    """ROW, series (the total included, where all parts are), business_date, hour and `point`.
    Raises ModelError as `known`."""
    rows = known(features, fitted.shape)
    parts = rows[[*ROW, *SLOT]].assign(point=fitted.values(rows))
    return _with_total(parts, fitted.shape.series, total)


def known(features: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """The rows of trained hours; an hour that is rarely reported may turn up any day. Raises
    ModelError when that leaves nothing, or when a series was not trained."""
    rows = features[features["hour"].isin(shape.hours)].reset_index(drop=True)
    strange = set(rows["series"]) - set(shape.series)
    if rows.empty or strange:
        raise ModelError(
            f"the model does not know {', '.join(sorted(strange)) or 'any of these rows'}",
            remedy="build features for the trained series and hours, or train again",
        )
    return rows


def _unseen(rows: pd.DataFrame, shape: Shape, *, seed: int, threads: int) -> Array:
    """The forecast of every row by a model that has not seen its block of days."""
    day = (rows["business_date"].max() - rows["business_date"]).dt.days.to_numpy()
    fold = day // BLOCK_DAYS % FOLDS
    answer = np.empty(len(rows))
    for number in range(FOLDS):
        held = fold == number
        seen = rows[~held].reset_index(drop=True)
        fitted = point.fit(seen, shape, seed=seed, threads=threads)
        answer[held] = fitted.values(rows[held])
    return answer


def _with_total(parts: pd.DataFrame, series: tuple[str, ...], total: str) -> pd.DataFrame:
    """Adds the total where every series is there; a part is never passed off as the whole. A
    single series that is the total itself stands alone."""
    if total in series:
        return parts
    keys = [*ROW, "business_date", "hour"]
    values = [name for name in ("point", "value") if name in parts.columns]
    groups = parts.groupby(keys, sort=False, dropna=False)[values]
    whole = groups.sum()[groups.size() == len(series)].reset_index()
    return pd.concat([parts, whole.assign(series=total)], ignore_index=True)


def _number(names: pd.Series, series: tuple[str, ...], total: str) -> np.ndarray:
    return pd.Index(dict.fromkeys([*series, total])).get_indexer(pd.Index(names))


def _intervals(rows: pd.DataFrame, shape: Shape, total: str) -> intervals.Intervals:
    """Conformal tables from forecasts of unseen days."""
    scored = _with_total(rows[[*ROW, *SLOT, "value", "point"]], shape.series, total)
    score = np.log1p(scored["value"].clip(lower=0.0)) - np.log1p(scored["point"])
    scored = scored.assign(
        series=_number(scored["series"], shape.series, total),
        day_type=scored["day_type"].astype(np.int64),
        score=score,
    )
    return intervals.fit(scored, shape.plan.quantiles, shape.hours)
