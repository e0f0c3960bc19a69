"""The published forecast on the terminal: hours by days, or a line a day where a day is one slot.
No queries; frames come in."""

from collections.abc import Sequence

import pandas as pd
from rich import box
from rich.table import Table

from seongsu_assets.cli.show import console
from seongsu_assets.domain import Slot

#: From calm to crowded; readable without colours.
SYMBOLS = ("○", "◔", "◑", "●")
MIDNIGHT = 24
#: Where no value is above this, three digits say more than whole numbers.
SMALL = 100


def tell(rows: pd.DataFrame, names: Sequence[str], unit: str, slots: Sequence[Slot]) -> None:
    """The total's rows: level symbol and median of each slot."""
    key = "   ".join(f"{name} {symbol}" for name, symbol in zip(names, SYMBOLS, strict=True))
    told = Table(title=f"{unit}   {key}", box=box.SIMPLE_HEAD, padding=(0, 0, 0, 1))
    rows = rows.astype({"level": int})  # where only the total has one, the others' are unknown
    small = bool(rows.q90.max() < SMALL)
    if len(slots) == 1:
        _by_day(told, rows, small=small)
    else:
        _by_hour(told, rows, {slot.hour: _clock(slot) for slot in slots}, small=small)
    console.print(told)


def _by_hour(told: Table, rows: pd.DataFrame, clocks: dict[int, str], *, small: bool) -> None:
    days = sorted(rows.business_date.unique())
    told.add_column("hour", justify="right", no_wrap=True)
    for day in days:
        told.add_column(f"{pd.Timestamp(day):%a %d}", justify="right", no_wrap=True)
    for hour, group in rows.groupby("hour"):
        cells = group.set_index("business_date")
        line = [
            f"{SYMBOLS[int(cells.level[day])]}{_number(cells.q50[day], small=small):>6}"
            if day in cells.index
            else ""
            for day in days
        ]
        told.add_row(clocks[int(str(hour))], *line)


def _by_day(told: Table, rows: pd.DataFrame, *, small: bool) -> None:
    for name in ("day", "", "median", "four times in five"):
        told.add_column(name, justify="right", no_wrap=True)
    for row in rows.sort_values("business_date").itertuples(index=False):
        low, middle, high = (
            _number(float(str(value)), small=small) for value in (row.q10, row.q50, row.q90)
        )
        day = f"{pd.Timestamp(str(row.business_date)):%a %Y-%m-%d}"
        told.add_row(day, SYMBOLS[int(str(row.level))], middle, f"{low} to {high}")


def _number(value: float, *, small: bool) -> str:
    return f"{value:.3g}" if small else f"{value:,.0f}"


def _clock(slot: Slot) -> str:
    if slot.open:
        return "after 24" if slot.hour >= MIDNIGHT else f"before {slot.hour + slot.hours}"
    return f"{slot.hour}–{slot.hour + slot.hours}"
