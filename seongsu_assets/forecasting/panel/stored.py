"""A panel's model as text and JSON-able numbers, and back with every part validated.
No files, no pickle, and no trust in what is read."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import booster_text, refusal, trees
from seongsu_assets.forecasting.panel.model import Panel, Shape
from seongsu_assets.forecasting.panel.spread import Spread
from seongsu_assets.forecasting.stored import REMEDY, plan_of, same

FORMAT = 1


def write(model: Panel) -> tuple[str, dict[str, Any]]:
    """The LightGBM text, and all else in JSON types."""
    text, shape = str(model.booster.model_to_string()), model.shape
    metadata = {
        "learner": "panel",
        "format": FORMAT,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "plan": asdict(shape.plan) | {"quantiles": list(shape.plan.quantiles)},
        "weather": shape.weather,
        "series": list(shape.series),
        "hours": list(shape.hours),
        "total": model.total,
        "trained_from": f"{model.trained_from:%Y-%m-%d}",
        "trained_to": f"{model.trained_to:%Y-%m-%d}",
        "learned": model.learned,
        "features": shape.columns,
        "parts": _spread(model.parts),
        "whole": _spread(model.whole),
    }
    return text, metadata


def _spread(known: Spread) -> dict[str, Any]:
    return {name: value.tolist() for name, value in asdict(known).items()}


def read(text: str, metadata: Mapping[str, Any]) -> Panel:
    """The model. Raises ModelError when anything is not as `write` made it."""
    try:
        return _read(text, metadata)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(f"the model's metadata is damaged: {error!r}", remedy=REMEDY) from error


def _read(text: str, metadata: Mapping[str, Any]) -> Panel:
    refusal.plain(dict(metadata))
    same("format", metadata["format"], FORMAT)
    if type(text) is not str or len(text) > booster_text.LARGEST:
        raise ValueError("what stands for the trees is not a text of ordinary length")
    same("text_sha256", metadata["text_sha256"], hashlib.sha256(text.encode()).hexdigest())
    if type(metadata["weather"]) is not bool or type(metadata["total"]) is not str:
        raise TypeError("weather is true or false, and the total has a name")
    shape = Shape(
        plan_of(metadata["plan"]),
        metadata["weather"],
        tuple(_rising(metadata["series"], str)),
        tuple(_rising(metadata["hours"], int)),
    )
    same("features", metadata["features"], shape.columns)
    first, last = (
        pd.Timestamp(refusal.day(metadata[name])) for name in ("trained_from", "trained_to")
    )
    if first > last:
        raise ValueError("it was trained to a day before the first")
    booster_text.check(text, shape.columns)
    booster = trees.read(text, shape.columns)
    parts = _spread_of(metadata["parts"], shape, len(shape.series) + 1)
    whole = _spread_of(metadata["whole"], shape, 1)
    learned = metadata.get("learned", "")  # not told by the first of this format
    if type(learned) is not str:
        raise TypeError("what it learned from is told by a hash")
    return Panel(shape, booster, parts, whole, metadata["total"], first, last, learned)


def _rising(values: Any, kind: type) -> list[Any]:
    if type(values) is not list or not values or not all(type(v) is kind for v in values):  # pyright: ignore[reportUnknownVariableType]
        raise TypeError(f"a list of {kind.__name__} is needed")
    if values != sorted(set(values)):  # pyright: ignore[reportUnknownArgumentType]
        raise ValueError("names and hours rise")
    return values  # pyright: ignore[reportUnknownVariableType]


def _spread_of(value: Any, shape: Shape, members: int) -> Spread:
    size = len(value["sizes"])
    known = Spread(
        refusal.numbers(value["sizes"], (size,)),
        refusal.numbers(value["table"], (size, len(shape.plan.quantiles))),
        refusal.numbers(value["series"], (members,)),
        refusal.numbers(value["horizons"], (shape.plan.horizon,)),
    )
    if not size or (np.diff(known.sizes) <= 0).any():
        raise ValueError("sizes rise")
    if not ((known.series > 0).all() and (known.horizons > 0).all()):
        raise ValueError("a factor is above zero")
    return known
