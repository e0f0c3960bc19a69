"""What a model's metadata may be made of: plain JSON of ordinary depth and size, and nothing else.
What the values mean is not judged here; see `stored`."""

import math
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

#: Values, and how deep they may lie. A model of one station has a hundredth of these.
MOST, DEEPEST = 1_000_000, 12


def plain(value: Any) -> None:
    """Raises ValueError unless `value` is dicts, lists, plain text, finite numbers, booleans and
    None. A list holds one kind of thing: text, numbers (no booleans), lists or dicts."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if type(part) is dict:
            named = cast("dict[Any, Any]", part)
            within = [*named.keys(), *named.values()]
            if not all(type(name) is str for name in named):
                raise ValueError("a name is not text")
        elif type(part) is list:
            within = cast("list[Any]", part)
            if len({_kind(each) for each in within}) > 1 or any(type(e) is bool for e in within):
                raise ValueError("a list mixes what does not belong together")
        else:
            _atom(part)
            continue
        if depth >= DEEPEST or seen + len(waiting) + len(within) > MOST:
            raise ValueError("it is nested too deeply or too large")
        waiting += [(each, depth + 1) for each in within]


def _kind(value: Any) -> object:
    return float if type(value) is int else type(value)


def _atom(value: Any) -> None:
    if type(value) is str:
        # Nothing that reads as one thing and is another: controls, marks of direction, surrogates.
        if not value.isprintable():
            raise ValueError("a text holds characters that do not print")
    elif type(value) is float:
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a finite number")
    elif not (value is None or type(value) in {bool, int}):
        raise ValueError(f"a {type(value).__name__} is not JSON")


def numbers(value: Any, size: tuple[int, ...]) -> NDArray[np.float64]:
    """The nested lists as an array of this size. Raises ValueError where anything else stands:
    text that reads as a number is text."""
    _sized(value, size)
    table = np.array(value)
    if table.shape != size or table.dtype.kind not in "fi":
        raise ValueError(f"{size} numbers are needed")
    if not np.isfinite(table).all():
        raise ValueError("a number is not finite")
    return table.astype(np.float64)


def _sized(value: Any, size: tuple[int, ...]) -> None:
    """Before anything is converted: every list has the length that it must have."""
    if not size:
        if type(value) not in {int, float}:
            raise ValueError(f"a {type(value).__name__} stands for a number")
        return
    if type(value) is not list or len(cast("list[Any]", value)) != size[0]:
        raise ValueError(f"lists of {size} numbers are needed")
    for part in cast("list[Any]", value):
        _sized(part, size[1:])


def day(value: Any) -> date:
    """A date as `write` writes it. Raises ValueError for any other way to say a moment."""
    if type(value) is not str or date.fromisoformat(value).isoformat() != value:
        raise ValueError(f"{value!r} is not a day")
    return date.fromisoformat(value)
