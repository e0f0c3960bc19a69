"""The operator's page: hours that need staff, the sheet, evenings, events. Signed in alone.
No SQL and no rules about state: the page only says what comes after what."""

import streamlit as st

from ui import clock, frame, places
from ui.data import answer
from ui.pages.operator import door
from ui.pages.operator.alarms import alarms
from ui.pages.operator.entry import entry
from ui.pages.operator.evening import profile
from ui.pages.operator.events import events
from ui.pages.operator.hours import Hour, coming, needs
from ui.pages.operator.planner import choose_chance, planner
from ui.pages.operator.read import Operator, read
from ui.pages.operator.sheet import sheet
from ui.show import parts, trust
from ui.show.ages import ages
from ui.state.moment import Moment, look
from ui.strings import Words


@st.fragment(run_every=frame.EVERY)
def render() -> None:
    """The whole page. It is one fragment, so that its parts never disagree about the time."""
    found = answer(read, places.asked())
    data = found.found
    moment = look(found, clock.now())
    t = frame.head(moment)
    if t.period is not None:
        st.html(parts.message(t("periods.title"), t("periods.text"), t))
        return
    frame.banners(moment, t)
    who = door.signed()
    if who is None:
        st.html(parts.opening(t("operator.title"), t("operator.intro"), t))
        door.door(t)
        return
    door.out(who, t)
    if data is None or not moment.days:
        frame.nothing(moment, t)
        return
    _tell(data, moment, t)


def _tell(data: Operator, moment: Moment[Operator], t: Words) -> None:
    st.html(parts.block("", parts.chips(ages(moment, t)), t))
    hours = coming(data, moment)
    if moment.state.stale or not hours:
        st.html(parts.message(t("operator.stale"), t("operator.stale_text"), t))
    else:
        _plan(data, moment, hours, t)
    entry(data, moment, hours, t)
    events(data, moment, t)
    trust.source(moment, data, t)


def _plan(data: Operator, moment: Moment[Operator], hours: list[Hour], t: Words) -> None:
    chance = choose_chance(data, t)
    needed = needs(hours, chance)
    planner(data, moment, needed, chance, t)
    alarms(data, chance, t)
    sheet(data, moment, needed, chance, t)
    profile(data, moment, hours, t)
