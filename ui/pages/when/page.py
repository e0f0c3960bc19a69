"""When to go: the calmest and the fullest times of the week, within the hours that suit.
No SQL and no rules about state: the page only says what comes after what."""

import streamlit as st

from ui import clock, frame, places
from ui.data import answer
from ui.frame import EVERY
from ui.pages.when import invitation
from ui.pages.when.picks import picks
from ui.pages.when.read import When, read
from ui.pages.when.week import week
from ui.pages.when.window import ask
from ui.show import parts, trust
from ui.show.ages import ages
from ui.state.moment import Moment, look
from ui.strings import Words


@st.fragment(run_every=EVERY)
def render() -> None:
    """The whole page. It is one fragment, so that its parts never disagree about the time."""
    moment = look(answer(read, places.asked()), clock.now())
    t = frame.head(moment)
    if t.period is not None:
        st.html(parts.message(t("periods.title"), t("periods.text"), t))
        return
    frame.banners(moment, t)
    if moment.data is None or not moment.days:
        frame.nothing(moment, t)
        return
    intro = "" if moment.state.stale else f"<p>{t('when.intro')}</p>"
    said = f"<h2>{t('when.title')}</h2>{intro}{parts.chips(ages(moment, t))}"
    st.html(parts.block("opening", said, t))
    if moment.state.stale:
        st.html(parts.message(t("when.stale"), t("when.stale_text"), t))
        week(moment, moment.data, [], t)
    else:
        _advise(moment, moment.data, t)
    trust.source(moment, moment.data, t)


def _advise(moment: Moment[When], data: When, t: Words) -> None:
    wish = ask(moment, t)
    best = picks(moment, data, wish, t)
    week(moment, data, best, t)
    invitation.share(wish, best, data, t)
