"""Now and today: how crowded it is, when it will be worse, and how far to trust that.
No SQL and no rules about state: the page only says what comes after what."""

from dataclasses import replace

import streamlit as st

from ui import clock, frame, places
from ui.data import answer
from ui.frame import EVERY
from ui.pages.now.day import day
from ui.pages.now.hero import hero
from ui.pages.now.periods import periods
from ui.pages.now.read import read
from ui.show import trust
from ui.state.moment import look


@st.fragment(run_every=EVERY)
def render() -> None:
    """The whole page. It is one fragment, so that its parts never disagree about the time."""
    moment = look(answer(read, places.asked()), clock.now())
    t = frame.head(moment)
    frame.banners(moment, t)
    if moment.data is None or not moment.days:
        frame.nothing(moment, t)
        return
    hero(moment, t)
    named = replace(t, named=moment.data.names)
    (day if t.period is None else periods)(moment, moment.data, named)
    trust.accuracy(moment.data.accuracy, t)
    if moment.data.levels is not None:
        trust.meaning(moment.data.levels, t)
    trust.source(moment, moment.data, t)
