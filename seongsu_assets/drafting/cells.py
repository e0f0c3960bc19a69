"""A file as it stands: every column of its one table as text.
What a column means is not known here."""

import pandas as pd

from seongsu_assets.domain import Payload
from seongsu_assets.errors import Unclear
from seongsu_assets.sources.long_table import EMPTY
from seongsu_assets.sources.parquet import is_parquet
from seongsu_assets.sources.tables import tables

#: Fewer rows than this say nothing of a rhythm.
FEWEST = 30
#: What is true of this share of the cells is true of the column: the others are faulty.
MOSTLY = 0.98


def cells_of(payload: Payload) -> pd.DataFrame:
    """One column a heading, the cells without spaces around them; columns without a heading are
    left out. Unclear for several tables, for headings that come twice, and for few rows."""
    if is_parquet(payload.body):
        raise Unclear(f"{payload.request} is Parquet", remedy="save it as CSV, and name that")
    found = list(tables(payload.request, payload.body))
    if len(found) != 1:
        raise Unclear(
            f"{payload.request} holds {len(found)} tables",
            remedy=f"name a file with one of them: {', '.join(table.name for table in found)}",
        )
    lines = (row for _, row in found[0].rows)
    header = [cell.strip() for cell in next(lines, [])]
    rows = [[*row, *[""] * (len(header) - len(row))][: len(header)] for row in lines if any(row)]
    named = [name for name in header if name]
    if len(set(named)) < len(named) or len(named) < 2:  # noqa: PLR2004 - a time and a value
        raise Unclear(
            f"{payload.request} begins with the headings {', '.join(named) or '(none)'}",
            remedy="its first line must name at least two columns, each differently",
        )
    if len(rows) < FEWEST:
        raise Unclear(f"{payload.request} has {len(rows)} rows", remedy=f"give it {FEWEST} or more")
    cells = pd.DataFrame(rows, columns=pd.Index(header), dtype=object)[named]
    return cells.apply(lambda column: column.str.strip())


def said(column: pd.Series) -> pd.Series:
    """The cells that say something."""
    return column[~column.isin(EMPTY)]


def example(column: pd.Series) -> str:
    """The first thing that a column says."""
    return str(next(iter(said(column)), "nothing"))[:30]


def listed(cells: pd.DataFrame) -> str:
    """Every column with the first thing it says."""
    return ", ".join(f"{name} ({example(cells[name])})" for name in cells.columns)
