"""A model as text and JSON-able numbers, and back with every part validated.
No files, no pickle, and no trust in what is read."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, get_args

import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import booster_text, intervals, linear, refusal, trees
from seongsu_assets.forecasting.intervals import BANDS, GROUPS, Intervals
from seongsu_assets.forecasting.point import Point, Shape
from seongsu_assets.plan import Learner, Tuning

FORMAT = 2
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
        "sure": [spread.sure],
    }
    return text, metadata


def read(text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a model by name. Raises ModelError when anything is not as `write` made it."""
    try:
        return _read(text, metadata)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(f"the model's metadata is damaged: {error!r}", remedy=REMEDY) from error


def _read(text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    refusal.plain(dict(metadata))
    same("format", metadata["format"], FORMAT)
    if type(text) is not str or len(text) > booster_text.LARGEST:
        raise ValueError("what stands for the trees is not a text of ordinary length")
    same("text_sha256", metadata["text_sha256"], _digest(text))
    shape = _shape(metadata)
    total = metadata["total"]
    same("features", metadata["features"], shape.columns)
    columns = list(linear.columns(shape.weather))
    same("linear_columns", metadata["linear_columns"], columns)
    slots = len(shape.series) * len(shape.hours)
    series = len({*shape.series, metadata["total"]})
    quantiles = shape.plan.quantiles
    scale = refusal.numbers(metadata["scale"], (series, len(GROUPS), len(shape.hours)))
    scores = refusal.numbers(metadata["scores"], (series, len(GROUPS), len(BANDS), len(quantiles)))
    coefficients = refusal.numbers(metadata["coefficients"], (slots, len(columns)))
    sure = float(refusal.numbers(metadata["sure"], (1,))[0])
    first, last = (
        pd.Timestamp(refusal.day(metadata[name])) for name in ("trained_from", "trained_to")
    )
    named = type(total) is str and (total not in shape.series or len(shape.series) == 1)
    if not (first <= last and (scale > 0).all() and sure > 0 and named):
        raise ValueError("dates, scales or names contradict each other")
    booster_text.check(text, shape.columns)
    booster = trees.read(text, shape.columns)
    return {
        "point": Point(shape, linear.Linear(coefficients), booster),
        "intervals": Intervals(shape.hours, quantiles, scale, scores, sure),
        "total": total,
        "trained_from": first,
        "trained_to": last,
    }


def plan_of(metadata: Mapping[str, Any]) -> Plan:
    """The plan, every value of its kind."""
    plan = dict(metadata)
    quantiles = tuple(plan.pop("quantiles"))
    tuning = _tuning(plan.pop("tuning"))
    learner = plan.pop("learner", "dynamic")  # before others learned, none was named
    if learner not in get_args(Learner):
        raise ValueError(f"{learner!r} is no learner")
    if not all(type(value) is int for value in plan.values()):
        raise TypeError("the plan holds something that is not a whole number")
    if not all(type(quantile) is float and 0 < quantile < 1 for quantile in quantiles):
        raise ValueError("a quantile lies between 0 and 1")
    if list(quantiles) != sorted(set(quantiles)) or not quantiles:
        raise ValueError("quantiles must rise")
    return Plan(quantiles=quantiles, tuning=tuning, learner=learner, **plan)


def _shape(metadata: Mapping[str, Any]) -> Shape:
    if type(metadata["weather"]) is not bool:
        raise TypeError("weather must be true or false")
    shape = Shape(
        plan=plan_of(metadata["plan"]),
        weather=metadata["weather"],
        series=tuple(metadata["series"]),
        hours=tuple(metadata["hours"]),
    )
    if not all(type(hour) is int for hour in shape.hours):
        raise TypeError("an hour is a whole number")
    if type(metadata["series"]) is not list or not all(type(n) is str for n in shape.series):
        raise TypeError("a series has a name")
    rising = list(shape.hours) == sorted(set(shape.hours))
    alone = len(set(shape.series)) == len(shape.series)
    if not (shape.hours and shape.series and rising and alone):
        raise ValueError("hours must rise, and a series has a name of its own")
    return shape


def _tuning(metadata: Mapping[str, Any]) -> Tuning:
    """With every value named: what a model was made with may be another version's default."""
    for part in fields(Tuning):
        if type(metadata[part.name]) not in {int, part.type}:  # 5 may stand for 5.0
            raise TypeError(f"the tuning's {part.name} is not a number of its kind")
    tuning = Tuning(**metadata)
    above = all(value > 0 for name, value in metadata.items() if name != "dynamic_weight")
    if not (above and 0 <= tuning.dynamic_weight <= 1):
        raise ValueError("a value of the tuning is out of bounds")
    return tuning


def same(name: str, found: object, wanted: object) -> None:
    if type(found) is not type(wanted) or found != wanted:  # True is not 1
        raise ModelError(f"the model's {name} is not what this version reads", remedy=REMEDY)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
