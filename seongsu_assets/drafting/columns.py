"""The columns of a file that a domain needs: time, series and value, each with its evidence.
The numbers themselves are read by the reader that every import uses."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from seongsu_assets.drafting import rhythm, times, whose
from seongsu_assets.drafting.cells import listed, said
from seongsu_assets.drafting.numbers import Numbers, numbers
from seongsu_assets.drafting.rhythm import Rhythm
from seongsu_assets.drafting.wishes import Said, Wishes
from seongsu_assets.errors import Unclear
from seongsu_assets.sources.long_table import Columns

#: A value with only so many different numbers is a mark, not a measure.
MARKS = 2


@dataclass(frozen=True)
class Found:
    """How a file is to be read, and what speaks for it."""

    columns: Columns
    rhythm: Rhythm
    told: tuple[Said, ...]


def find(cells: pd.DataFrame, wishes: Wishes) -> Found:
    """The columns of the file's cells. Unclear when any of them may be another, or is not there."""
    _there(cells, [wishes.time, wishes.value, *wishes.series])
    how = times.find(cells, wishes.time, wishes.first)
    moments = times.read(cells, how)
    hour = rhythm.hour_column(cells, moments)
    key = [how.column, *([hour] if hour else [])]
    rest = cells.drop(columns=_measure(cells, key, wishes))
    names = whose.find(rest, key, wishes.series)
    value, found = _value(cells, [*key, *names], moments, wishes)
    beat = rhythm.find(moments, how, hour, wishes.timezone)
    by_day = bool(hour) or not (beat.hourly or how.aware)
    columns = Columns(
        value, beat.timezone, at="" if by_day else how.column, day=how.column if by_day else "",
        hour=hour, series=names, name=value, form=how.form, decimal=found.decimal,
    )  # fmt: skip
    told = [
        _of_time(cells, how.column, hour, moments, beat),
        Said("zone", f"{beat.timezone}: {beat.why}", assumed=beat.assumed),
        _of_series(cells, names),
        _of_value(cells, value, found),
    ]
    return Found(columns, beat, tuple(told))


def _there(cells: pd.DataFrame, names: list[str]) -> None:
    for name in names:
        if name and name not in cells.columns:
            raise Unclear(
                f"there is no column {name}", remedy=f"the columns are {', '.join(cells.columns)}"
            )


def _measure(cells: pd.DataFrame, key: list[str], wishes: Wishes) -> list[str]:
    """The value where it is known before the series are: it was named, or no other is a number."""
    if wishes.value:
        return [wishes.value]
    found = [n for n in cells.columns if n not in key and numbers(cells[n]) is not None]
    return found if len(found) == 1 else []


def _value(
    cells: pd.DataFrame, key: list[str], moments: pd.Series, wishes: Wishes
) -> tuple[str, Numbers]:
    """The one column of measures."""
    names = [wishes.value] if wishes.value else [n for n in cells.columns if n not in key]
    found = {
        name: each for name in names if (each := numbers(cells[name], wishes.decimal)) is not None
    }
    if not wishes.value:
        found = {n: e for n, e in found.items() if not _beside(e.column, cells, key, moments)}
    if not found:
        raise Unclear(
            f"no column is a value to forecast, of {listed(cells)}",
            remedy="name one whose cells are numbers without units: --value COLUMN",
        )
    if len(found) > 1:
        raise Unclear(
            f"each of {', '.join(found)} may be the value",
            remedy=f"say which one is forecast: --value {next(iter(found))}",
        )
    [(name, one)] = found.items()
    if one.doubtful:
        raise Unclear(
            f"{name} has {_doubt(cells[name], one.decimal)}, which may be thousands or a fraction",
            remedy=f"for a fraction say --decimal '{one.decimal}'; else save the file without "
            "marks between thousands",
        )
    return name, one


def _beside(values: pd.Series, cells: pd.DataFrame, key: list[str], moments: pd.Series) -> bool:
    """Whether numbers are no measure: marks, a part of the date, what each series has one of, and
    the number of the row."""
    counted = values.diff().iloc[1:].eq(1).all()
    if counted or values.nunique() <= MARKS:
        return True
    parts = [moments.dt.year, moments.dt.month, moments.dt.day, moments.dt.dayofweek,
             moments.dt.dayofweek + 1, moments.dt.dayofyear, moments.dt.hour]  # fmt: skip
    if any(np.array_equal(values, part, equal_nan=True) for part in parts):
        return True
    names = [name for name in key[1:] if name in cells.columns]
    return bool(names) and bool(values.groupby([cells[n] for n in names]).nunique().le(1).all())


def _doubt(column: pd.Series, mark: str) -> str:
    told = said(column)
    return str(told[told.str.contains(mark, regex=False)].iloc[0])


def _of_time(cells: pd.DataFrame, name: str, hour: str, moments: pd.Series, beat: Rhythm) -> Said:
    read, told = int(moments.notna().sum()), len(cells)
    beside = f" and `{hour}`" if hour else ""
    how = "hourly" if beat.hourly else "daily"
    return Said("time", f"column `{name}`{beside}, {read:,} of {told:,} read, {how}")


def _of_series(cells: pd.DataFrame, names: tuple[str, ...]) -> Said:
    if not names:
        return Said("series", "one: no two rows are of one time")
    count = len(cells.drop_duplicates(list(names)))
    columns = " and ".join(f"`{name}`" for name in names)
    return Said("series", f"{count} of them, by {columns}: it tells rows of one time apart")


def _of_value(cells: pd.DataFrame, name: str, found: Numbers) -> Said:
    there = said(cells[name])
    odd = len(there) - int(found.column.count())
    parts = [f"column `{name}`, {len(there) - odd:,} numbers"]
    parts += [f"{len(cells) - len(there):,} empty"] * (len(there) < len(cells))
    parts += [f"{odd:,} that are none"] * (odd > 0)
    parts += ["with a decimal comma"] * (found.decimal == ",")
    return Said("value", ", ".join(parts))
