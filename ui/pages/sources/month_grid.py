"""The last days as a calendar, week by week: each with its date, a symbol and a word.
What state a day is in, `month` says."""

from collections.abc import Sequence
from datetime import date
from html import escape

from ui.pages.sources.month import STATES, Cell
from ui.show import parts, wording
from ui.strings import Words

WEEK = 7


def grid(cells: Sequence[Cell], today: date, t: Words) -> str:
    """A table that fits a phone and is read aloud day by day; whole weeks stand in one row."""
    daily = t.period != "week"
    blanks: list[Cell | None] = [None] * (cells[0].day.weekday() if daily else 0)
    boxes: list[Cell | None] = [*blanks, *cells]
    weeks = [boxes[start : start + WEEK] for start in range(0, len(boxes), WEEK)]
    names = [t(f"weekday.{day}") if daily else "" for day in range(WEEK)]
    heads = "".join(f'<th scope="col">{name}</th>' for name in names if name)
    rows = "".join(f"<tr>{_week(week, cells[0].day, today, t)}</tr>" for week in weeks)
    caption = t("month.caption", days=len(cells))
    table = (
        f'<table><caption class="heard">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return parts.block("month", table, t)


def _week(week: Sequence[Cell | None], first: date, today: date, t: Words) -> str:
    filled = [*week, *[None] * (WEEK - len(week))]
    return "".join("<td></td>" if cell is None else _box(cell, first, today, t) for cell in filled)


def _box(cell: Cell, first: date, today: date, t: Words) -> str:
    day = cell.day
    named = t.period == "week" or day == first or day.day == 1
    seen = wording.short_day(day, t) if named else f"{day.day}"
    now = " today" if day == today else ""
    heard = wording.day_from(day, today, t)
    return (
        f'<td class="{cell.state}{now}"><span class="heard">{escape(heard)}</span>'
        f'<span class="date" aria-hidden="true">{escape(seen)}</span>'
        f'<span class="sign" aria-hidden="true">{t(f"day.{cell.state}.sign")}</span>'
        f"<span>{t(f'day.{cell.state}')}</span></td>"
    )


def legend(t: Words) -> str:
    """Each state with what it means."""
    rows = "".join(
        f'<li><i class="{state}" aria-hidden="true">{t(f"day.{state}.sign")}</i>'
        f"<span><b>{t(f'day.{state}')}</b> {escape(t(f'day.{state}.text'))}</span></li>"
        for state in STATES
    )
    return parts.block("month-key", f"<ul>{rows}</ul>", t)
