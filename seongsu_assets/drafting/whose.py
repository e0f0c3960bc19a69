"""Whose a row is: the columns that tell rows of one time apart.
No value is looked at, and no row is read."""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from seongsu_assets.drafting.cells import MOSTLY, said
from seongsu_assets.errors import Unclear

#: Of rows of one time that are alike, so many may be faults.
FEW = 0.01
#: A name comes back: no more of them than this many times the rows of one time.
COME_AND_GO = 5
#: So many columns together may name a series, as a shop and a department do.
MOST_COLUMNS = 3


def find(cells: pd.DataFrame, key: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The columns that, beside the time `key`, make every row one of its own; none where the time
    does alone. Unclear when several may, or none."""
    rows = cells.drop_duplicates()
    if wanted:
        if not _apart(rows, [*key, *wanted]):
            raise _unknown(rows, [*key, *wanted])
        return tuple(wanted)
    if _apart(rows, key):
        return ()
    names = _names(rows, key)
    for size in range(1, MOST_COLUMNS + 1):
        found = [each for each in combinations(names, size) if _apart(rows, [*key, *each])]
        if found:
            return _one(rows, found)
    raise _unknown(rows, key)


def _names(rows: pd.DataFrame, key: Sequence[str]) -> list[str]:
    """The columns whose cells come back often enough to be names."""
    at_once = int(rows.groupby(list(key)).size().max())
    return [
        name
        for name in rows.columns
        if name not in key
        and 1 < rows[name].nunique() <= COME_AND_GO * at_once
        and len(said(rows[name])) >= MOSTLY * len(rows)
        and not rows[name].str.contains(r"\d[.,]\d").any()
    ]


def _apart(rows: pd.DataFrame, columns: Sequence[str]) -> bool:
    return rows.duplicated(list(columns)).mean() <= FEW


def _one(rows: pd.DataFrame, found: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The first, where the others are but other names of the same."""
    first, *others = found
    groups = rows.groupby(list(first), sort=False).ngroups
    for other in others:
        both = rows.groupby(list(dict.fromkeys([*first, *other])), sort=False).ngroups
        if not groups == rows.groupby(list(other), sort=False).ngroups == both:
            told = " or ".join("+".join(each) for each in (first, other))
            raise Unclear(
                f"either {told} names the series",
                remedy=f"say which: --series {first[0]}",
            )
    return first


def _unknown(rows: pd.DataFrame, key: Sequence[str]) -> Unclear:
    twice = rows[rows.duplicated(list(key), keep=False)]
    share, first = len(twice) / len(rows), twice.iloc[0]
    told = ", ".join(f"{name} {first[name]}" for name in key)
    return Unclear(
        f"{share:.0%} of the rows share {' and '.join(key)} with another, as {told}",
        remedy="name the columns that tell them apart: --series COLUMN [--series COLUMN]",
    )
