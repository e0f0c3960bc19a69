"""The card of the model that serves: since when, why, what it learned from, and its trial.
How it does since it serves is in `heat` and in the page "Were we right?"."""

from html import escape

import streamlit as st

from ui import frame
from ui.pages.model.judged import judged
from ui.pages.model.read import Card, Model, Trial
from ui.show import parts, wording
from ui.state.seen import Seen
from ui.strings import Words

#: So much of a model's name tells it from others.
SHORT = 8


def card(seen: Seen[Model], held: Card | None, t: Words) -> None:
    """The card; or that no model serves yet."""
    st.html(parts.title(t("card.title"), t))
    if held is None:
        st.html(parts.block("", f"<p>{t('card.none')}</p>", t))
        return
    days = (held.last_day - held.first_day).days + 1
    first, last = (wording.day_text(d, t, year=True) for d in (held.first_day, held.last_day))
    rows = [
        (t("card.model"), escape(held.model_id)),
        (t("card.since"), escape(frame.instant(held.since, seen, t))),
        (t("card.reason"), reason(held.reason, t)),
        (t("card.learned"), escape(t("card.days", first=first, last=last, days=f"{days:,}"))),
    ]
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in rows)
    st.html(parts.block("entries", f"<ul><li><dl>{told}</dl></li></ul>", t))
    _trial(held.trial, t)


def _trial(trial: Trial, t: Words) -> None:
    """What it was promised to be, before it served."""
    facts = [
        (t("right.fact.wape"), trial.wape, wording.of_hundred),
        (t("right.fact.naive"), trial.naive, wording.of_hundred),
        (t("trial.last"), trial.last, wording.of_hundred),
        (t("right.fact.inside"), trial.inside, wording.of_ten),
        (t("right.fact.hits"), trial.hits, wording.of_ten),
    ]
    known = [(name, say(value, t)) for name, value, say in facts if value is not None]
    if not known:
        return
    st.html(parts.title(t("trial.title"), t))
    st.html(parts.facts(known, t))
    if trial.origins is not None and trial.forecasts is not None:
        said = t("trial.note", origins=trial.origins, forecasts=f"{trial.forecasts:,}")
        st.html(parts.note(said, t))


def reason(text: str, t: Words, *, outcome: str = "") -> str:
    """The reason as HTML: in our words, or as it was written, which is English. Of the many ways in
    which a trial is not believed, ours say only that."""
    said = judged(text, t)
    if said is not None:
        return escape(said)
    doubted = f"{escape(t('judged.doubted'))} " if outcome == "reject" else ""
    return f'{doubted}<span lang="en">{escape(text)}</span>'
