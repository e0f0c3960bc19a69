"""Tables and JSON on the terminal.
No queries and no work; frames come in."""

import json
from typing import Any

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

console = Console()
#: Messages go to stderr, so that `--json` on stdout stays JSON.
messages = Console(stderr=True)


def as_json(value: Any) -> None:
    """Print a value or a frame as JSON; dates in ISO form, unknown as null."""
    if isinstance(value, pd.DataFrame):
        print(value.to_json(orient="records", date_format="iso", force_ascii=False))
    else:
        print(json.dumps(value, ensure_ascii=False, default=str, indent=1))


def sample_banner(dataset_is_sample: bool) -> None:
    if dataset_is_sample:
        messages.print(
            "[black on yellow] sample data [/] generated, not measured: `seongsu import FILES` brings real data"
        )


def forecast_table(rows: pd.DataFrame, symbols: tuple[str, ...] = ("○", "◔", "◑", "●")) -> None:
    """The total by hour (rows) and day (columns): level symbol and median."""
    days = sorted(rows.business_date.unique())
    table = Table(
        title="people per hour   여유 ○   보통 ◔   약간 붐빔 ◑   붐빔 ●", box=box.SIMPLE_HEAD, padding=(0, 0, 0, 1)
    )
    table.add_column("hour", justify="right", no_wrap=True)
    for day in days:
        table.add_column(f"{pd.Timestamp(day):%a %d}", justify="right", no_wrap=True)
    first = rows.hour.min()
    for hour, slots in rows.groupby("hour"):
        cells = slots.set_index("business_date")
        line = [
            f"{symbols[int(cells.level[day])]} {cells.q50[day]:,.0f}" if day in cells.index else ""
            for day in days
        ]
        table.add_row("before 6" if hour == first else _clock(int(str(hour))), *line)
    console.print(table)


def _clock(hour: int) -> str:
    return f"{hour}–{hour + 1}" if hour < 24 else "after 24"  # noqa: PLR2004 - midnight


def frame_table(title: str, rows: pd.DataFrame) -> None:
    """Any frame as it is."""
    table = Table(title=title)
    for name in rows.columns:
        table.add_column(str(name))
    for row in rows.itertuples(index=False):
        table.add_row(*(("" if value is None or value is pd.NaT else str(value)) for value in row))
    console.print(table)
