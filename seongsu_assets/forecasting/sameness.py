"""How far two models or two forecasts are from each other, in numbers.
What is near enough is not decided here."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd

KEYS = ["series", "business_date", "hour"]


def of_models(one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]]) -> float:
    """The largest difference of any two numbers, as a part of the number where that is above one;
    0 for models that are the same to the bit, infinity for models of different structure."""
    if one == other:
        return 0.0
    (text, metadata), (other_text, other_metadata) = one, other
    # A hash differs with the last bit, and so does the length of a tree.
    ours, theirs = (m | {"text_sha256": "", "learned": ""} for m in (metadata, other_metadata))
    return max(_values(ours, theirs), _words(_tokens(text), _tokens(other_text)))


def _tokens(text: str) -> list[str]:
    return re.split(r"[ =:\[\]\n]", re.sub(r"\ntree_sizes=[^\n]*", "", text))


def _words(one: Sequence[str], other: Sequence[str]) -> float:
    if len(one) != len(other):
        return math.inf
    far = 0.0
    for mine, yours in zip(one, other, strict=True):
        if mine != yours:
            try:
                far = max(far, _apart(float(mine), float(yours)))
            except ValueError:
                return math.inf
    return far


def _values(one: Any, other: Any) -> float:
    """The same of two JSON values."""
    if isinstance(one, dict) and isinstance(other, dict):
        ours, theirs = cast("dict[str, Any]", one), cast("dict[str, Any]", other)
        if ours.keys() != theirs.keys():
            return math.inf
        return _furthest((value, theirs[name]) for name, value in ours.items())
    if isinstance(one, list) and isinstance(other, list):
        mine, yours = cast("list[Any]", one), cast("list[Any]", other)
        if len(mine) != len(yours):
            return math.inf
        return _furthest(zip(mine, yours, strict=True))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return _apart(one, other)
    return 0.0 if one == other else math.inf


def _furthest(pairs: Iterable[tuple[Any, Any]]) -> float:
    return max((_values(one, other) for one, other in pairs), default=0.0)


def _apart(one: float, other: float) -> float:
    gap = abs(one - other) / max(1.0, abs(one), abs(other))
    return gap if math.isfinite(gap) else math.inf


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers of a forecast by KEYS: quantiles, level and its probabilities, horizon, the
    instant in seconds, the usual, the naive. A column without any value is left out."""
    at = pd.to_datetime(rows["at"], utc=True).astype("int64") / 1e9
    shares = [
        [float(share) for share in each.strip("{}").split(",")] if isinstance(each, str) else each
        for each in rows["p_levels"]
    ]
    wide = pd.DataFrame([each if isinstance(each, list) else [] for each in shares])
    wide = wide.set_axis([f"p{place}" for place in wide.columns], axis=1).set_axis(rows.index)
    told = re.compile(r"q[0-9]+|horizon|level|usual|naive|part_[a-z]+")
    named = [name for name in rows if told.fullmatch(str(name))]
    numbers = rows[named].assign(at=at).join(wide).apply(pd.to_numeric).astype("float64")
    return (
        numbers.set_index(pd.MultiIndex.from_frame(rows[KEYS]))
        .sort_index()
        .dropna(axis=1, how="all")
    )


def of_forecasts(issued: pd.DataFrame, made: pd.DataFrame) -> float:
    """The largest absolute difference of any number of `issued`, both as `table` gives them;
    infinity where a row, a column or a value is missing in one of them."""
    if not issued.index.equals(made.index) or not set(issued.columns) <= set(made.columns):
        return math.inf
    ours, theirs = issued.to_numpy(), made[issued.columns].to_numpy()
    if (np.isnan(ours) != np.isnan(theirs)).any():
        return math.inf
    return float(np.nanmax(np.abs(ours - theirs)))
