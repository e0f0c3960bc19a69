"""Tables, lines and JSON on the terminal.
No queries and no work; frames come in."""

import json
import math
from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import date
from typing import Any

import pandas as pd
import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

console = Console()
#: Messages go to stderr, so that `--json` on stdout stays JSON.
messages = Console(stderr=True)


def say(line: str, head: str = "") -> None:
    """One message as one line on stderr, however narrow the terminal. Only `head` is markup."""
    messages.print(f"{head}{escape(line)}", highlight=False, soft_wrap=True)


def as_json(value: Any) -> None:
    """Print a value or a frame as JSON; days and moments in ISO form, unknown as null."""
    typer.echo(text(value))


def text(value: Any) -> str:
    """The value as JSON text. What is not a number is null: JSON has no NaN."""
    records = value.to_dict("records") if isinstance(value, pd.DataFrame) else value
    return json.dumps(_plain(records), ensure_ascii=False, allow_nan=False, indent=1)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        value = vars(value)
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return _scalar(value.item() if hasattr(value, "item") else value)  # numpy's


def _scalar(value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, pd.Timestamp) and value.tzinfo is None:
        return value.date().isoformat()  # without a zone it is a day
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)


def sample_banner(*, generated: bool) -> None:
    if generated:
        say(
            "generated, not measured; `seongsu import FILES` brings real data",
            head="[black on yellow] sample data [/] ",
        )


def facts(title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Names and what is to be said of them."""
    table = _table(title, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, told in rows:
        table.add_row(name, escape(told))
    console.print(table)


def frame_table(title: str, rows: pd.DataFrame, *, whole: tuple[str, ...] = ()) -> None:
    """Any frame as it is, within the terminal's width; the columns in `whole` are never cut."""
    table = _table(title)
    for name in rows.columns:
        numeric = pd.api.types.is_numeric_dtype(rows[name])
        table.add_column(
            str(name),
            justify="right" if numeric else "left",
            no_wrap=numeric or str(name) in whole,
            overflow="fold",
        )
    for row in rows.itertuples(index=False):
        table.add_row(*("" if pd.isna(value) else escape(str(value)) for value in row))
    console.print(table)


def _table(title: str, *, show_header: bool = True) -> Table:
    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 0, 0, 1),
        show_header=show_header,
    )
