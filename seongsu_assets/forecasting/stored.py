"""A model as text and JSON-able numbers, and back with every part validated.
No files, no pickle, and no trust in what is read."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import intervals, linear, trees
from seongsu_assets.forecasting.intervals import BANDS, GROUPS, Intervals
from seongsu_assets.forecasting.point import Point, Shape

FORMAT = 1
REMEDY = "use the last good model, or train again"


def write(
    point: Point,
    spread: intervals.Intervals,
    *,
    total: str,
    trained_from: pd.Timestamp,
    trained_to: pd.Timestamp,
) -> tuple[str, dict[str, Any]]:
    """The LightGBM text, and all else in JSON types."""
    text = str(point.booster.model_to_string())
    shape = point.shape
    metadata = {
        "format": FORMAT,
        "text_sha256": _digest(text),
        "plan": asdict(shape.plan) | {"quantiles": list(shape.plan.quantiles)},
        "weather": shape.weather,
        "series": list(shape.series),
        "hours": list(shape.hours),
        "total": total,
        "trained_from": f"{trained_from:%Y-%m-%d}",
        "trained_to": f"{trained_to:%Y-%m-%d}",
        "features": shape.columns,
        "linear_columns": list(linear.columns(shape.weather)),
        "coefficients": point.linear.coefficients.tolist(),
        "scale": spread.scale.tolist(),
        "scores": spread.scores.tolist(),
    }
    return text, metadata


def read(text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a model by name. Raises ModelError when anything is not as `write` made it."""
    try:
        return _read(text, metadata)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(f"the model's metadata is damaged: {error!r}", remedy=REMEDY) from error


def _read(text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    _same("format", metadata["format"], FORMAT)
    _same("text_sha256", metadata["text_sha256"], _digest(text))
    shape = _shape(metadata)
    total = str(metadata["total"])
    _same("features", list(metadata["features"]), shape.columns)
    columns = list(linear.columns(shape.weather))
    _same("linear_columns", list(metadata["linear_columns"]), columns)
    slots = len(shape.series) * len(shape.hours)
    series = len(shape.series) + 1
    quantiles = shape.plan.quantiles
    scale = _numbers(metadata, "scale", (series, len(GROUPS), len(shape.hours)))
    scores = _numbers(metadata, "scores", (series, len(GROUPS), len(BANDS), len(quantiles)))
    coefficients = _numbers(metadata, "coefficients", (slots, len(columns)))
    first, last = (pd.Timestamp(metadata[name]) for name in ("trained_from", "trained_to"))
    if not first <= last or (scale <= 0).any() or total in shape.series:
        raise ValueError("dates, scales or names contradict each other")
    booster = trees.read(text, shape.columns)
    return {
        "point": Point(shape, linear.Linear(coefficients), booster),
        "intervals": Intervals(shape.hours, quantiles, scale, scores),
        "total": total,
        "trained_from": first,
        "trained_to": last,
    }


def _shape(metadata: Mapping[str, Any]) -> Shape:
    plan = dict(metadata["plan"])
    quantiles = tuple(float(quantile) for quantile in plan.pop("quantiles"))
    if not all(type(value) is int for value in plan.values()):
        raise TypeError("the plan holds something that is not a whole number")
    if type(metadata["weather"]) is not bool:
        raise TypeError("weather must be true or false")
    shape = Shape(
        plan=Plan(quantiles=quantiles, **plan),
        weather=metadata["weather"],
        series=tuple(str(name) for name in metadata["series"]),
        hours=tuple(int(hour) for hour in metadata["hours"]),
    )
    if list(shape.hours) != sorted(set(shape.hours)) or not shape.series:
        raise ValueError("hours must rise, and there must be a series")
    return shape


def _numbers(metadata: Mapping[str, Any], name: str, size: tuple[int, ...]) -> NDArray[np.float64]:
    table = np.array(metadata[name], dtype=np.float64)
    if table.shape != size or not np.isfinite(table).all():
        raise ValueError(f"{name} must hold {size} finite numbers")
    return table


def _same(name: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise ModelError(f"the model's {name} is not what this version reads", remedy=REMEDY)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
