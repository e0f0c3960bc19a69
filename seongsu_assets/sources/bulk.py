"""The plain rows of a large hourly file, read column by column: each text is understood once.
A row in which anything is odd is left to be read by itself; what is odd is said there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import OBSERVATION_COLUMNS
from seongsu_assets.sources.records import count, day
from seongsu_assets.sources.seoul_metro import Hourly, Row, direction

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plain:
    """`rows`: OBSERVATION_COLUMNS and `place`, in the order of the file; `whose`: of each of them
    the number of its owner. `odd`: which rows of the file were not read."""

    rows: pd.DataFrame
    whose: NDArray[np.int64]
    odd: NDArray[np.bool_]


def read(
    place: str,
    columns: Hourly,
    rows: Sequence[Row],
    owners: NDArray[np.int64],
    plain: NDArray[np.bool_],
) -> Plain:
    """`rows` have the cells of the header at least; `owners` says by number whose each is. Those
    that are not `plain` are odd anyway. So are rows of one owner, day and direction where there are
    two, and all where a column states their sum: it is checked row by row."""
    if not plain.any() or columns.total is not None:
        return Plain(_frame({}), np.array([], dtype=np.int64), np.ones(len(rows), dtype=bool))
    cells = np.array([row[: len(columns.header)] for _, row in rows], dtype=object)
    slots = list(columns.slots)
    days = _understood(cells[:, columns.date], day, "datetime64[ns]")
    series = _understood(cells[:, columns.series], direction, "object")
    counts = _understood(cells[:, slots].ravel(), lambda text: count(text, ""), "float64")
    odd = counts.wrong.reshape(-1, len(slots)).any(axis=1) | days.wrong | series.wrong | ~plain
    keys = pd.DataFrame({"whose": owners, "day": days.texts, "series": series.texts})[~odd]
    odd[keys.index[keys.duplicated(keep=False)]] = True
    value = counts.meant.reshape(-1, len(slots))
    told = np.isfinite(value) & ~odd[:, None]
    line, slot = np.nonzero(told)
    names = np.array([f"{place} row {number}" for number, _ in rows], dtype=object)
    hours = np.array(list(columns.slots.values()), dtype=np.int64)
    frame = _frame({
        "series": series.meant[line], "business_date": days.meant[line],
        "hour": hours[slot], "value": value[told], "place": names[line],
    })  # fmt: skip
    return Plain(frame, owners[line], odd)


def _frame(columns: dict[str, NDArray[Any]]) -> pd.DataFrame:
    return pd.DataFrame(columns, columns=pd.Index([*OBSERVATION_COLUMNS, "place"]))


@dataclass(frozen=True)
class _Understood:
    """By cell: what it means, the number of its text, and whether it is not understood."""

    meant: NDArray[Any]
    texts: NDArray[np.int64]
    wrong: NDArray[np.bool_]


def _understood(cells: NDArray[Any], meaning: Callable[[str], object], kind: str) -> _Understood:
    """What each text means, asked once for all cells that have it; None is not known."""
    texts, known = pd.factorize(cells)
    meant, wrong = np.empty(len(known), dtype=object), np.zeros(len(known), dtype=bool)
    for number, text in enumerate(known):
        try:
            meant[number] = meaning(text)
        except ValueError:
            wrong[number] = True
    return _Understood(meant.astype(kind)[texts], texts.astype(np.int64), wrong[texts])
