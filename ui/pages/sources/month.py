"""The last days one by one: counted, estimated, partial, refused, missing or not yet due.
No texts and no layout; a day of which nothing is known is missing, never quiet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from ui.pages.sources.read import DAYS, Day
from ui.state.declared import Declared

State = Literal["counted", "estimated", "partial", "refused", "missing", "waiting"]
#: All of them, as the legend tells them.
STATES: tuple[State, ...] = ("counted", "estimated", "partial", "refused", "missing", "waiting")
#: What nobody need be told of in words.
PLAIN: frozenset[State] = frozenset({"counted", "waiting"})


@dataclass(frozen=True)
class Cell:
    """One day. `refused`: something that came of it did not pass the audit, whatever is in force.
    `lacking`: the hours that a partial day lacks."""

    day: date
    state: State
    refused: bool = False
    lacking: tuple[int, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Days in a row that are alike and not simply counted."""

    first: date
    last: date
    cell: Cell


def month(days: Mapping[date, Day], known: Declared | None, today: date) -> list[Cell]:
    """The last DAYS days up to `today`, the oldest first."""
    dates = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    if known is not None:  # of a week there is one cell, that of its first day
        dates = [day for day in dates if known.domain.cadence.begins(day) == day]
    return [_cell(day, days.get(day), known) for day in dates]


def _cell(day: date, held: Day | None, known: Declared | None) -> Cell:
    if held is not None and held.counted:
        lacking = _lacking(held, known)
        whole = not lacking and (known is None or held.counted >= known.domain.expected_rows)
        return Cell(day, "counted" if whole else "partial", held.refused, lacking)
    if held is not None and held.estimated:
        return Cell(day, "estimated", held.refused)
    if held is not None and held.refused:
        return Cell(day, "refused", refused=True)
    waiting = known is not None and day > known.due
    return Cell(day, "waiting" if waiting else "missing")


def _lacking(held: Day, known: Declared | None) -> tuple[int, ...]:
    if known is None:
        return ()
    required = known.domain.cadence.required_hours
    return tuple(hour for hour in required if hour not in held.whole_hours)


def gaps(cells: list[Cell]) -> list[Gap]:
    """What there is to say in words, the newest first. Partial days are told one by one."""

    def alike(cell: Cell) -> tuple[object, ...]:
        own = cell.day if cell.state == "partial" else None
        return cell.state, cell.refused, own

    runs = [list(run) for _, run in groupby(cells, alike)]
    told = [run for run in runs if run[0].state not in PLAIN or run[0].refused]
    return [Gap(run[0].day, run[-1].day, run[0]) for run in reversed(told)]
