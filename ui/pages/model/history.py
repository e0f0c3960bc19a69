"""Every decision about a new model, the newest first, each with its reason.
Who serves now is in `card`."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.pages.model.card import SHORT, reason
from ui.pages.model.read import Decision, Model
from ui.show import parts, wording
from ui.state.seen import Seen
from ui.strings import Words

#: Decisions that are seen without asking for more.
FIRST = 6
OUTCOMES = ("first", "promote", "keep", "reject")


def history(seen: Seen[Model], decisions: Sequence[Decision], t: Words) -> None:
    """The list; what is older opens."""
    st.html(parts.title(t("history.title"), t))
    if not decisions:
        st.html(parts.block("", f"<p>{t('history.none')}</p>", t))
        return
    st.html(_entries(decisions[:FIRST], seen, t))
    older = decisions[FIRST:]
    if older:
        with st.expander(t("history.older", count=len(older))):
            st.html(_entries(older, seen, t))
    st.html(parts.note(t("history.note"), t))


def _entries(decisions: Sequence[Decision], seen: Seen[Model], t: Words) -> str:
    inner = "".join(_entry(each, seen, t) for each in decisions)
    return parts.block("entries", f"<ol>{inner}</ol>", t)


def _entry(each: Decision, seen: Seen[Model], t: Words) -> str:
    local = each.decided_at.astimezone(seen.local) if seen.local else each.decided_at
    outcome = each.outcome
    word = outcome
    if outcome in OUTCOMES:
        sign = f'<i aria-hidden="true">{t(f"outcome.{outcome}.sign")}</i>'
        word = f"{sign} {t(f'outcome.{outcome}')}"
    head = (
        f"{escape(wording.day_text(local.date(), t, year=True))} "
        f'<span class="state {escape(outcome)}">{word}</span>'
    )
    name = t("history.model", model=each.challenger[:SHORT])
    why = reason(each.reason, t, outcome=outcome)
    return f"<li><b>{head}</b><span>{why}</span><small>{escape(name)}</small></li>"
