"""Who learns: each kind of model that a plan may name, with its features, its fit and its text.
No model is made here, and nothing of a domain is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import explain, features, model
from seongsu_assets.forecasting.panel import features as panel_features
from seongsu_assets.forecasting.panel import model as panel_model
from seongsu_assets.forecasting.walk import features as walk_features
from seongsu_assets.forecasting.walk import model as walk_model
from seongsu_assets.plan import Learner


class Model(Protocol):
    """What a forecast needs besides its feature rows, whoever has learned."""

    @property
    def trained_from(self) -> pd.Timestamp: ...
    @property
    def trained_to(self) -> pd.Timestamp: ...
    def predict(self, features: pd.DataFrame) -> pd.DataFrame:
        """Origin, series (the total included), business_date, hour, horizon and a column per
        quantile: ordered, finite, never negative. Raises ModelError when the rows do not fit."""
        ...

    def to_text(self) -> tuple[str, dict[str, Any]]:
        """The trees as LightGBM text, and everything else as JSON-able metadata."""
        ...


@dataclass(frozen=True)
class Kind:
    """One kind of model. `explain` gives what a forecast is made of, where it can be told; where
    rows can be `spread`, several processes may learn it. `lesson`: the digest of what `fit` would
    learn from, which its model's metadata has as `learned`, where a fit takes long."""

    names: Callable[..., tuple[str, ...]]
    build: Callable[..., pd.DataFrame]
    fit: Callable[..., Model]
    read: Callable[[str, Mapping[str, Any]], Model]
    explain: Callable[[Any, pd.DataFrame], pd.DataFrame] | None = None
    spread: bool = False
    lesson: Callable[[pd.DataFrame, pd.DataFrame, Plan], str] | None = None


KINDS: dict[Learner, Kind] = {
    "dynamic": Kind(
        features.names, features.build, model.fit, model.Model.from_text, explain.explain
    ),
    "panel": Kind(
        panel_features.names,
        panel_features.build,
        panel_model.fit,
        panel_model.Panel.from_text,
        spread=True,
        lesson=panel_model.lesson,
    ),
    "walk": Kind(
        walk_features.names, walk_features.build, walk_model.fit, walk_model.Walk.from_text
    ),
}


def of(plan: Plan) -> Kind:
    """Who learns by this plan."""
    return KINDS[plan.learner]


def kind_of(model: Model) -> Kind:
    """Whose model this is."""
    if isinstance(model, panel_model.Panel):
        return KINDS["panel"]
    return KINDS["walk" if isinstance(model, walk_model.Walk) else "dynamic"]


def read(text: str, metadata: Mapping[str, Any]) -> Model:
    """The model of `to_text`, whoever has learned. Raises ModelError when anything is damaged."""
    name = metadata.get("learner", "dynamic")
    if name not in KINDS:
        raise ModelError(f"nobody reads a model of '{name}'", remedy="train again")
    return KINDS[name].read(text, metadata)
