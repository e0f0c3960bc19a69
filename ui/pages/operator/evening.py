"""The evenings to come, slot by slot: level, people, range, and the chance of the highest level.
What people have added is told apart from the forecast; which hours need staff is in `planner`."""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby

import streamlit as st

from ui.pages.operator.hours import Hour, evening
from ui.pages.operator.read import Operator
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.state.slots import Span
from ui.strings import Words

#: Half a percent.
ROUNDED = 0.005


def profile(data: Operator, moment: Moment[Operator], hours: Sequence[Hour], t: Words) -> None:
    """The title, the fullest hour in a sentence, and the table."""
    first, last = evening(hours)
    shown = [each for each in hours if first <= each.span.hour < last]
    window = wording.slot(Span(first, last - first), t)
    title = t("evening.title", window=window)
    st.html(parts.title(title, t))
    st.html(parts.block("", f"<p>{escape(_peak(shown, data, t))}</p>", t))
    st.html(parts.block("evening", _table(shown, data, moment, title, t), t))
    st.html(parts.note(t("evening.note"), t))


def top_word(data: Operator, t: Words) -> str:
    """What the highest level is called."""
    names = data.levels.names if data.levels else ()
    mark = parts.mark(len(names) - 1, names, t) if names else None
    return mark.word if mark else t("table.none")


def chance_text(chance: float | None, t: Words) -> str:
    """Rounded to a percent; what rounding makes certain or impossible is neither."""
    if chance is None:
        return t("table.none")
    if chance < ROUNDED or chance > 1 - ROUNDED:
        return t("evening.least" if chance < ROUNDED else "evening.most")
    return wording.share(chance, t)


def adding(hour: Hour, t: Words) -> str:
    """The forecast and what was added to it."""
    key = "evening.more" if hour.extra > 0 else "evening.fewer"
    return t(key, people=wording.people(hour.forecast), extra=f"{abs(hour.extra):,}")


def _peak(shown: Sequence[Hour], data: Operator, t: Words) -> str:
    fullest = max(shown, key=lambda hour: hour.people)
    return t(
        "evening.peak",
        date=wording.day_text(fullest.day, t),
        slot=wording.slot(fullest.span, t),
        people=wording.people(fullest.people),
        level=top_word(data, t),
        chance=chance_text(fullest.chance, t),
    )


def _table(
    shown: Sequence[Hour], data: Operator, moment: Moment[Operator], title: str, t: Words
) -> str:
    heads = ("table.time", "table.level", "evening.people", "evening.chance")
    level = top_word(data, t)
    row = "".join(f'<th scope="col">{escape(t(name, level=level))}</th>' for name in heads)
    bodies = "".join(
        _day(day, list(part), data, moment, t)
        for day, part in groupby(shown, key=lambda hour: hour.day)
    )
    caption = f'<caption class="heard">{escape(title)}</caption>'
    return f"<table>{caption}<thead><tr>{row}</tr></thead>{bodies}</table>"


def _day(
    day: date, part: Sequence[Hour], data: Operator, moment: Moment[Operator], t: Words
) -> str:
    named = escape(wording.day_from(day, moment.today, t))
    rows = "".join(_row(hour, data, t) for hour in part)
    return (
        f'<tbody><tr class="day"><th scope="rowgroup" colspan="4">{named}</th></tr>{rows}</tbody>'
    )


def _row(hour: Hour, data: Operator, t: Words) -> str:
    mark = parts.mark(hour.level, data.levels.names if data.levels else None, t)
    chip = parts.level_chip(mark) if mark else escape(t("table.none"))
    added = f'<em class="added">{escape(adding(hour, t))}</em>' if hour.extra else ""
    between = escape(wording.between(hour.low, hour.high))
    return (
        f'<tr><th scope="row">{escape(wording.short_slot(hour.span, t))}</th><td>{chip}</td>'
        f"<td><b>{wording.people(hour.people)}</b>{added}<small>{between}</small></td>"
        f"<td>{_bar(hour.chance, t)}</td></tr>"
    )


def _bar(chance: float | None, t: Words) -> str:
    """The chance in words and as a length."""
    text = f"<b>{escape(chance_text(chance, t))}</b>"
    if chance is None:
        return text
    return f'{text}<i class="bar" aria-hidden="true"><i style="width:{100 * chance:.0f}%"></i></i>'
