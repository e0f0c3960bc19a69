"""A long table: one row a series and slot, in columns whose names a domain declares.
No folder is read here, and nothing is known of what is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import OBSERVATION_COLUMNS, Parsed, Payload, Reject
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.folder import Folder
from seongsu_assets.sources.parquet import is_parquet, parquet_cells
from seongsu_assets.sources.tables import tables

KEYS = ["series", "business_date", "hour"]
#: What a cell says that says nothing.
EMPTY = ("", "nan", "NaN", "NA", "null", "None", "NaT")
#: Times as most machines write them; it reads several ways of doing so.
ISO = "ISO8601"
#: Of rows that are wrong so many are told one by one, the others in one line.
TOLD = 200


@dataclass(frozen=True)
class Columns:
    """The names of the columns. When: `at` (an instant, or the wall time of `timezone`), or `day`
    and perhaps `hour`. `step`: a day names a week of so many days, by its last where `ends`. Whose:
    the cells of `series`, joined; without any, all rows are of the series `name`. `form`: how times
    are written, in the letters of strptime. `decimal`: what stands before a number's fraction.
    `label`: a column that may be there, with what people call the series."""

    value: str
    timezone: str
    at: str = ""
    day: str = ""
    hour: str = ""
    series: tuple[str, ...] = ()
    name: str = "value"
    step: int = 1
    ends: bool = False
    form: str = ISO
    decimal: str = "."
    label: str = ""

    @property
    def needed(self) -> list[str]:
        return [name for name in (*self.series, self.at, self.day, self.hour, self.value) if name]


@dataclass(frozen=True)
class LongFiles(Folder):
    """Every file of a folder, read by its `columns`."""

    columns: Columns

    def parse(self, payload: Payload) -> Parsed:
        return read(payload, self.columns)


def read(payload: Payload, columns: Columns) -> Parsed:
    """OBSERVATION_COLUMNS and `place`. What comes twice and says the same is one row; what says
    two things is refused with both. An empty value is not known and has no row. Two instants of
    one wall hour, as where clocks go back, are one slot: the sum of both.

    SourceError when no table of the payload has the columns."""
    parts = [_table(name, cells, columns) for name, cells in _cells(payload, columns)]
    rows = pd.concat([rows for rows, _ in parts], ignore_index=True)
    names = rows[rows["label"] != ""].drop_duplicates("series", keep="last")
    rejects = [reject for _, refused in parts for reject in refused]
    rows, refused = _once(rows)
    received = len(rows) + len(rejects) + len(refused)
    summed = rows.groupby(KEYS, sort=False, as_index=False).agg({"value": "sum", "place": "first"})
    return Parsed(
        summed[[*OBSERVATION_COLUMNS, "place"]], (*_few(rejects), *_few(refused)), received,
        names=dict(zip(names["series"], names["label"], strict=True)),
    )  # fmt: skip


def _cells(payload: Payload, columns: Columns) -> Iterator[tuple[str, pd.DataFrame]]:
    """The needed columns of every table as text, and `label` where it is there; the index is the
    number of the row."""
    may = [columns.label] if columns.label else []
    if is_parquet(payload.body):
        yield payload.request, parquet_cells(payload.request, payload.body, columns.needed, may)
        return
    for table in tables(payload.request, payload.body):
        _, header = next(islice(table.rows, 1), (0, list[str]()))
        header = [cell.strip() for cell in header]
        absent = [name for name in columns.needed if name not in header]
        if absent:
            raise SourceError(
                f"{table.name} has no column {', '.join(absent)}; it has {', '.join(header)}",
                remedy=f"name the columns {', '.join(columns.needed)}",
            )
        told = [*columns.needed, *(name for name in may if name in header)]
        where = [header.index(name) for name in told]
        numbers, kept = list[int](), list[list[str]]()
        for number, cells in table.rows:
            if any(cells):
                numbers.append(number)
                kept.append([cells[at].strip() if at < len(cells) else "" for at in where])
        yield table.name, pd.DataFrame(kept, index=numbers, columns=told)


def _table(name: str, cells: pd.DataFrame, columns: Columns) -> tuple[pd.DataFrame, list[Reject]]:
    """The rows that are understood, and those that are not."""
    wrong = pd.Series("", index=cells.index)
    value = _numbers(cells[columns.value], columns.value, wrong, columns.decimal)
    day, hour, instant = _when(cells, columns, wrong)
    series = _series(cells, columns, wrong)
    place = name + " row " + cells.index.astype(str)
    known = (wrong == "").to_numpy() & value.notna().to_numpy()
    label = cells.get(columns.label, "")
    rows = pd.DataFrame(
        {"series": series, "business_date": day, "hour": hour, "value": value, "place": place,
         "instant": instant, "label": label},
        index=cells.index,
    )[known]  # fmt: skip
    rows = rows.astype({"hour": "int64", "business_date": "datetime64[ns]"})
    bad = (wrong != "").to_numpy()
    texts = cells[bad].agg(",".join, axis=1) if bad.any() else []
    refused = [
        Reject(where, reason, text)
        for where, reason, text in zip(place[bad], wrong[bad], texts, strict=True)
    ]
    return rows, refused


def _numbers(cells: pd.Series, name: str, wrong: pd.Series, decimal: str = ".") -> pd.Series:
    """NaN where there is none; `wrong` is told where something else stands."""
    numbers = numbers_of(cells, decimal)
    odd = (numbers.isna() & ~cells.isin(EMPTY)) | np.isinf(numbers)
    wrong[odd & (wrong == "")] = f"{name} is no number: " + cells[odd].str.slice(0, 40)
    return numbers.mask(odd)


def numbers_of(cells: pd.Series, decimal: str) -> pd.Series:
    """The numbers of cells, NaN where there is none. With a decimal comma a point is no digit."""
    if decimal != ".":
        cells = cells.mask(cells.str.contains(".", regex=False), "?")
        cells = cells.str.replace(decimal, ".", regex=False)
    return pd.to_numeric(cells, errors="coerce")


def _when(
    cells: pd.DataFrame, columns: Columns, wrong: pd.Series
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Day, hour and what tells two slots of one wall hour apart."""
    name = columns.at or columns.day
    moments = moments_of(cells[name], columns.timezone if columns.at else "", columns.form)
    lost = moments.isna()
    wrong[lost & (wrong == "")] = f"{name} is no time: " + cells[name][lost].str.slice(0, 40)
    wall = moments.dt.tz_localize(None) if moments.dt.tz is not None else moments
    day = wall.dt.normalize()
    hour = wall.dt.hour.fillna(0) if columns.at else pd.Series(0, index=cells.index)
    if columns.hour:
        hour = _numbers(cells[columns.hour], columns.hour, wrong)
        off = ~hour.isin(range(24))
        wrong[off & (wrong == "")] = f"{columns.hour} is no hour of a day"
        hour = hour.fillna(0)
    if columns.ends:
        day = day - pd.Timedelta(days=columns.step - 1)
    instant = moments.dt.tz_convert("UTC").dt.tz_localize(None) if moments.dt.tz else day
    return day, hour, instant


def moments_of(cells: pd.Series, timezone: str, form: str = ISO) -> pd.Series:
    """Wall times as they stand; instants at the wall of `timezone`. NaT for what is no time."""
    if form != ISO:
        return pd.to_datetime(cells, errors="coerce", format=form)
    aware = cells.str.contains(r"(?:Z|[+-]\d\d:?\d\d)$", regex=True) & bool(timezone)
    if not aware.all():
        return pd.to_datetime(cells.mask(aware), errors="coerce", format=ISO)
    moments = pd.to_datetime(cells, errors="coerce", format=ISO, utc=True)
    return moments.dt.tz_convert(timezone)


def _series(cells: pd.DataFrame, columns: Columns, wrong: pd.Series) -> pd.Series:
    if not columns.series:
        return pd.Series(columns.name, index=cells.index)
    names = cells[list(columns.series)]
    nameless = names.isin(EMPTY).any(axis=1)
    wrong[nameless & (wrong == "")] = f"{' or '.join(columns.series)} is empty"
    joined = names[columns.series[0]]
    for name in columns.series[1:]:
        joined = joined + "-" + names[name]
    return joined


def _once(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Reject]]:
    """Copies are kept once; rows of one instant that contradict each other are refused."""
    slot = [*KEYS, "instant"]
    rows = rows.drop_duplicates([*slot, "value"])
    twice = rows.duplicated(slot, keep=False)
    refused = [
        Reject(
            row.place, f"another row gives {row.series} {row.business_date:%Y-%m-%d} {row.hour} "
            "differently", f"{row.value:g}", row.business_date.date(),
        )
        for row in _tuples(rows[twice])
    ]  # fmt: skip
    return rows[~twice], refused


def _tuples(rows: pd.DataFrame) -> Iterator[Any]:
    yield from rows.itertuples(index=False)


def _few(rejects: Sequence[Reject]) -> list[Reject]:
    """The first of them, and one that stands for the others."""
    more = list(rejects[TOLD:])
    if not more:
        return list(rejects)
    last = more[0]
    told = f"{len(more)} more like it; the first: {last.reason}"
    return [*rejects[:TOLD], Reject(last.place, told, last.record, records=len(more))]


def write(rows: pd.DataFrame, columns: Columns) -> bytes:
    """A CSV file that says `rows` (series, business_date, hour, value) in these columns."""
    day = pd.to_datetime(rows["business_date"])
    if columns.ends:
        day = day + pd.Timedelta(days=columns.step - 1)
    parts = rows["series"].str.split("-", n=max(len(columns.series) - 1, 0)).str
    table: dict[str, Any] = {name: parts[place] for place, name in enumerate(columns.series)}
    if columns.at:
        table[columns.at] = day + pd.to_timedelta(rows["hour"], unit="h")
    else:
        table[columns.day] = day.dt.strftime("%Y-%m-%d")
    if columns.hour:
        table[columns.hour] = rows["hour"]
    return pd.DataFrame(table | {columns.value: rows["value"]}).to_csv(index=False).encode()
