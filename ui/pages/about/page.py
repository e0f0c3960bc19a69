"""About: what is counted and forecast, how, from what, how far to trust it, and whom it is not for.
No SQL and no texts: the page only says what comes after what."""

import streamlit as st

from seongsu_assets.domains import DOMAINS
from ui import clock, frame, places
from ui.data import answer
from ui.pages.about import terms
from ui.pages.now.read import read
from ui.show import parts, trust
from ui.show.ages import ages
from ui.state.moment import Moment, look
from ui.state.read import Published
from ui.strings import Words


def render() -> None:
    """The whole page. What needs no data is said even when there is none."""
    moment = look(answer(read, places.asked()), clock.now())
    t = frame.head(moment)
    frame.banners(moment, t)
    known = moment.data
    domain = DOMAINS.get(known.status.domain if known else t("domain.default"))
    _opening(moment, t)
    terms.terms(moment, t)
    if known is not None and known.levels is not None:
        trust.meaning(known.levels, t)
    terms.method(t)
    terms.times(moment, domain, ages(moment, t) if moment.days else [], t)
    if known is not None:
        trust.accuracy(known.accuracy, t)
    terms.limits(moment, t)
    if domain is not None:
        terms.sources(domain, t)
    terms.access(t)
    seen = frame.instant(moment.now, moment, t) if moment.days else f"{moment.now:%Y-%m-%d %H:%M}Z"
    terms.report(moment, seen, t)


def _opening(moment: Moment[Published], t: Words) -> None:
    said = t("about.intro_bare")
    if moment.data is not None and moment.days:
        place = t.name("domain", moment.data.status.domain)
        said = t("about.intro", place=place, days=len(moment.days))
    st.html(parts.block("opening", f"<h2>{t('about.title')}</h2><p>{said}</p>", t))
    if moment.state.failed and not moment.days:
        st.html(parts.banner("alarm", t("error.title"), t))
    if not moment.days:
        st.html(parts.banner("warn", t("about.missing"), t))
