"""JSON that somebody may have doctored: of ordinary size, one value for a name, no NaN.
What it says is not judged here."""

import json
from collections.abc import Sequence
from typing import Any

#: Characters; the record of one forecast has a tenth.
LARGEST = 32_000_000


def loads(text: str) -> Any:
    """The value. Raises ValueError for what is not JSON, or JSON that no writer of ours makes."""
    if len(text) > LARGEST:
        raise ValueError(f"{len(text):,} characters are more than {LARGEST:,}")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    answer = dict(pairs)
    if len(answer) < len(pairs):
        raise ValueError("a name is given twice")
    return answer


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
