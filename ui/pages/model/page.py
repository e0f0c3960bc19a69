"""Model: who serves and why, every decision, errors by hour and kind of day, chances, known limits.
No SQL and no rules about state: the page only says what comes after what."""

from dataclasses import replace

import streamlit as st

from ui import frame
from ui.pages.model.card import card
from ui.pages.model.chances import chances
from ui.pages.model.each import each
from ui.pages.model.heat import heat
from ui.pages.model.history import history
from ui.pages.model.limits import limits
from ui.pages.model.read import Model, read
from ui.shell import ask
from ui.show import parts
from ui.state.seen import Seen
from ui.strings import Words


@st.fragment(run_every=frame.EVERY)
def render() -> None:
    """The whole page. It is one fragment, so that its parts never disagree about the time."""
    seen = ask(read)
    t = frame.head(seen)
    frame.banners(seen, t, old="stale.page")
    if seen.data is None or (seen.data.card is None and not seen.data.decisions):
        frame.nothing(seen, t, of="model.empty")
        return
    st.html(parts.opening(t("model.title"), t("model.intro"), t))
    _tell(seen, seen.data, t)


def _tell(seen: Seen[Model], data: Model, t: Words) -> None:
    card(seen, data.card, t)
    if data.card is not None:
        name = f"{data.status.domain}_{data.card.model_id}"
        each(data.card.trial, name, replace(t, named=data.names))
    if t.period is None:  # else there are no hours to tell apart
        heat(data.by_hour, t)
    chances(data.chances, t)
    history(seen, data.decisions, t)
    limits(data.card, data.status.domain, t)
