"""The worst misses, each with the reason that the calendar knows, or that nobody does.
Nothing is explained that is not known."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.pages.right.read import Miss, Right
from ui.pages.right.why import why
from ui.show import parts, wording
from ui.state import slots
from ui.state.slots import Span
from ui.strings import Words


def misses(data: Right, t: Words) -> None:
    """A list, the worst first."""
    st.html(parts.title(t("right.misses_title"), t))
    if not data.misses:
        st.html(parts.block("", f"<p>{t('right.misses_none')}</p>", t))
        return
    spans = slots.layout([*data.hours["hour"], *(miss.hour for miss in data.misses)])
    st.html(parts.block("entries", f"<ol>{_entries(data.misses, spans, t)}</ol>", t))
    st.html(parts.note(t("right.misses_note"), t))


def _entries(found: Sequence[Miss], spans: dict[int, Span], t: Words) -> str:
    return "".join(_entry(miss, spans[miss.hour], t) for miss in found)


def _entry(miss: Miss, span: Span, t: Words) -> str:
    when = f"{wording.day_text(miss.day, t)} {wording.slot(span, t)}"
    more = miss.observed > miss.middle
    people = wording.people(abs(miss.observed - miss.middle))
    size = t("right.miss_more" if more else "right.miss_less", people=people)
    told = t(
        "right.miss",
        middle=wording.people(miss.middle),
        low=wording.people(miss.low),
        high=wording.people(miss.high),
        observed=wording.exact(miss.observed),
    )
    reason = t("right.miss_why", why=why(miss.day_type, miss.kind, miss.holiday, t))
    return (
        f"<li><b>{escape(when)} · {escape(size)}</b>"
        f"<span>{escape(told)}</span><span>{escape(reason)}</span></li>"
    )
