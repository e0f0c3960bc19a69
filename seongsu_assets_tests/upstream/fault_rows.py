"""Faults of a table: columns renamed, dropped or added, names misspelt, rows missing or doubled.
No envelope and no counts of the truth here."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from seongsu_assets_tests.upstream.wire import Columns, Row, day_of

#: Rows and the envelope's total, before and after.
Rows = tuple[list[Row], int]


def rename_column(rows: Rows, _columns: Columns, old: str, new: str) -> Rows:
    """The column `old` is called `new`; its place stays."""
    renamed = [
        {new if name == old else name: cell for name, cell in row.items()} for row in rows[0]
    ]
    return renamed, rows[1]


def drop_column(rows: Rows, _columns: Columns, column: str) -> Rows:
    return [{name: row[name] for name in row if name != column} for row in rows[0]], rows[1]


def add_column(rows: Rows, _columns: Columns, column: str = "NEW_CL", value: Any = "1") -> Rows:
    return [{**row, column: value} for row in rows[0]], rows[1]


def set_column(rows: Rows, _columns: Columns, column: str, value: Any) -> Rows:
    """Every row says `value` in `column`: "", None, NaN, a list, a number of 1e12 ..."""
    return [{**row, column: value} for row in rows[0]], rows[1]


def station_spelling(rows: Rows, columns: Columns, text: str) -> Rows:
    """성수 is written as `text`."""
    return [_respelt(row, columns.station, "성수", text) for row in rows[0]], rows[1]


def line_spelling(rows: Rows, columns: Columns, text: str) -> Rows:
    """2호선 is written as `text`."""
    return [_respelt(row, columns.line, "2호선", text) for row in rows[0]], rows[1]


def partial_page(rows: Rows, _columns: Columns, missing: int = 1) -> Rows:
    """The page's last `missing` rows are not there; the total still counts them."""
    return rows[0][: max(0, len(rows[0]) - missing)], rows[1]


def duplicate_rows(rows: Rows, columns: Columns, factor: float = 1.0) -> Rows:
    """Every row comes twice. With a `factor`, the second has its counts times that, and where a
    date of registration is given, that of the next day."""
    again = [_revised(row, columns, factor) if factor != 1 else dict(row) for row in rows[0]]
    return [*rows[0], *again], rows[1] + len(again)


#: Called with rows, total and the table's columns.
ROWS: Mapping[str, Callable[..., Rows]] = {
    each.__name__: each
    for each in (
        rename_column, drop_column, add_column, set_column, station_spelling, line_spelling,
        partial_page, duplicate_rows,
    )
}  # fmt: skip


def _respelt(row: Row, column: str, word: str, text: str) -> Row:
    return {**row, column: text} if row.get(column) == word else row


def _revised(row: Row, columns: Columns, factor: float) -> Row:
    changed = dict(row)
    for column in columns.counts:
        was = row[column]
        now = round(float(was) * factor)
        changed[column] = str(now) if isinstance(was, str) else now
    if columns.registered and (day := day_of(row[columns.registered])):
        changed[columns.registered] = f"{day + timedelta(1):%Y%m%d}"
    return changed
