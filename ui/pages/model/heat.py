"""How far off it is at each hour of each kind of day, as a table whose cells are shaded.
Shade, number and table are one: there is nothing to see that cannot be read."""

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from ui.show import parts, wording
from ui.state import slots
from ui.state.slots import Span
from ui.strings import Words

#: Kinds of days in the order in which they are told; others follow.
ORDER = ("weekday", "saturday", "sunday", "holiday", "festival", "adjacent")
#: An error behind which fewer scored hours stand is chance rather than a habit.
FEW = 5
#: An error of this share, or more, has the darkest shade.
DARKEST = 0.3
#: From this share of the darkest shade on, white is easier to read on it than black.
DARK = 0.66


@dataclass(frozen=True)
class Cell:
    """The error at an hour of a kind of day, and how many scored hours it stands on."""

    day_type: str
    hour: int
    error: float
    hours: int


def heat(by_hour: pd.DataFrame, t: Words) -> None:
    """The table with the sentence that says where it is best and worst."""
    st.html(parts.title(t("heat.title"), t))
    cells = cells_of(by_hour)
    if not cells:
        st.html(parts.block("", f"<p>{t('accuracy.none')}</p>", t))
        return
    spans = slots.layout(cell.hour for cell in cells)
    said = _sentence(cells, spans, t)
    st.html(parts.block("", f"<p>{escape(said)}</p>", t))
    st.html(parts.block("heat", _table(cells, spans, said, t), t))
    st.html(parts.note(t("heat.note", few=FEW), t))


def cells_of(by_hour: pd.DataFrame) -> list[Cell]:
    """The rows of `accuracy_by_hour` at which anybody came."""
    return [
        Cell(
            row["day_type"],
            int(row["hour"]),
            row["absolute_error"] / row["observed"],
            int(row["hours"]),
        )
        for row in by_hour.to_dict("records")
        if row["observed"] > 0
    ]


def _sentence(cells: list[Cell], spans: dict[int, Span], t: Words) -> str:
    """Best and worst among those with enough behind them, or among all."""
    told = [cell for cell in cells if cell.hours >= FEW] or cells
    best = min(told, key=lambda cell: cell.error)
    worst = max(told, key=lambda cell: cell.error)
    return t(
        "heat.said",
        best=_place(best, spans, t),
        best_share=wording.of_hundred(best.error, t),
        worst=_place(worst, spans, t),
        worst_share=wording.of_hundred(worst.error, t),
    )


def _place(cell: Cell, spans: dict[int, Span], t: Words) -> str:
    return f"{t.name('day_type', cell.day_type)} {wording.slot(spans[cell.hour], t)}"


def _table(cells: list[Cell], spans: dict[int, Span], caption: str, t: Words) -> str:
    present = {cell.day_type for cell in cells}
    kinds = [kind for kind in ORDER if kind in present] + sorted(present - set(ORDER))
    held = {(cell.day_type, cell.hour): cell for cell in cells}
    heads = "".join(f'<th scope="col">{escape(t.name("day_type", kind))}</th>' for kind in kinds)
    lines = "".join(
        f'<tr><th scope="row">{escape(wording.short_slot(span, t))}</th>'
        + "".join(_box(held.get((kind, hour)), t) for kind in kinds)
        + "</tr>"
        for hour, span in spans.items()
    )
    return (
        f'<table><caption class="heard">{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{t("table.time")}</th>{heads}</tr></thead><tbody>{lines}</tbody></table>'
    )


def _box(cell: Cell | None, t: Words) -> str:
    if cell is None:
        return f'<td class="none">{t("table.none")}</td>'
    depth = min(cell.error / DARKEST, 1.0)
    ink = "#ffffff" if depth > DARK else "#000000"
    few = "*" if cell.hours < FEW else ""
    style = f"background:{shade(depth)};color:{ink}"
    return f'<td style="{style}">{wording.share(cell.error, t)}{few}</td>'


def shade(depth: float) -> str:
    """From nearly white to dark blue: it gets darker all the way, for every sight."""
    pale, deep = (240, 245, 250), (11, 60, 102)
    mixed = (round(a + (b - a) * depth) for a, b in zip(pale, deep, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)
