"""Which columns hold numbers, and what stands before their fractions.
Which of them is the value is for `columns`."""

from dataclasses import dataclass

import pandas as pd

from seongsu_assets.drafting.cells import MOSTLY, said
from seongsu_assets.sources.long_table import numbers_of

_POINT = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_COMMA = r"[+-]?\d*,?\d+"
#: Groups of three digits, as thousands are written, and as a fraction may be.
_GROUPED = r"[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+"


@dataclass(frozen=True)
class Numbers:
    """A column of numbers: NaN where a cell says nothing, or something else."""

    column: pd.Series
    decimal: str
    #: Whether what looks like a fraction may stand for thousands.
    doubtful: bool


def numbers(column: pd.Series, decimal: str = "") -> Numbers | None:
    """The numbers of a column; None where most of its cells are none. `decimal` is believed."""
    told = said(column)
    if told.empty:
        return None
    for mark, shape in ((".", _POINT), (",", _COMMA)):
        if decimal in {"", mark} and told.str.fullmatch(shape).mean() >= MOSTLY:
            doubtful = not decimal and _doubtful(told, mark)
            return Numbers(numbers_of(column, mark), mark, doubtful)
    return None


def _doubtful(told: pd.Series, mark: str) -> bool:
    """Whether 1,234 may be a thousand: as it may where every mark stands before three digits, no
    number of four digits is without one, and, for a point, some number has none at all."""
    marked = told.str.contains(mark, regex=False)
    if not marked.any() or not told[marked].str.fullmatch(_GROUPED).all():
        return False
    plain = told[~marked]
    return (mark == "," or len(plain) > 0) and not plain.str.contains(r"\d{4}").any()
