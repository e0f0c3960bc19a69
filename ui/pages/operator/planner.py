"""From which chance on staff is called: the days and hours that reach it, and what is in the sheet.
How often such calls were right is in `alarms`."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.choices import choose
from ui.pages.operator.evening import adding, chance_text, top_word
from ui.pages.operator.hours import Need
from ui.pages.operator.read import Operator
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.strings import Words

#: Percent; the view `alarm` counts by the same.
CHANCES, DEFAULT = ("30", "50", "70", "90"), "50"


def choose_chance(data: Operator, t: Words) -> float:
    """The chance from which on an hour needs staff, as a share."""
    level = top_word(data, t)
    st.html(parts.title(t("planner.title"), t))
    st.html(parts.block("", f"<p>{escape(t('planner.text'))}</p>", t))

    def text(value: str) -> str:
        return t("planner.chance", value=value)

    label = t("planner.choose", level=level)
    return int(choose("chance", label, CHANCES, text, DEFAULT, shape="labelled row")) / 100


def planner(
    data: Operator, moment: Moment[Operator], needed: Sequence[Need], chance: float, t: Words
) -> None:
    """The spans as a list, or that there are none."""
    named = {"level": top_word(data, t), "chance": wording.share(chance, t)}
    if not needed:
        st.html(parts.message(t("planner.none", **named), t("planner.none_text"), t))
        return
    hours = sum(len(need.hours) for need in needed)
    days = len({need.day for need in needed})
    said = t("planner.found", hours=hours, days=days, **named)
    st.html(parts.block("", f'<p role="status">{escape(said)}</p>', t))
    entries = "".join(_entry(need, data, moment, t) for need in needed)
    st.html(parts.block("entries needs", f"<ol>{entries}</ol>", t))


def _entry(need: Need, data: Operator, moment: Moment[Operator], t: Words) -> str:
    day = escape(wording.day_from(need.day, moment.today, t))
    slot = escape(wording.slot(need.span, t))
    fullest = need.fullest
    facts = t(
        "planner.need" if len(need.hours) > 1 else "planner.need_one",
        slot=wording.slot(fullest.span, t),
        people=wording.people(fullest.people),
        low=wording.people(fullest.low),
        high=wording.people(fullest.high),
    )
    chance = t("planner.most", level=top_word(data, t), share=chance_text(need.chance, t))
    return (
        f"<li><b>{day} {slot} <span class='chip'>{escape(chance)}</span></b>"
        f"<span>{escape(facts)}</span>{_events(need, t)}</li>"
    )


def _events(need: Need, t: Words) -> str:
    """Which events are counted, and what they add in the fullest hour."""
    if not need.events:
        return ""
    names = " · ".join(parts.typed(event.name) for event in need.events)
    more = f"{escape(adding(need.fullest, t))} · " if need.fullest.extra else ""
    return f"<span class='added'>{more}{names}</span>"
