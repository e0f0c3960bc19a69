"""What every page has: the head, the banners about its data, and the page that has nothing to show.
No page's own content."""

from datetime import datetime

import streamlit as st

from ui import clock, parts, wording
from ui.choices import choose_language
from ui.moment import Moment
from ui.strings import Words


def head(moment: Moment, t: Words) -> None:
    """The name of the place, the time, and the choice of language."""
    place = t("app.name") if moment.data is None else t.name("domain", moment.data.status.domain)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="head"):
        st.html(parts.block("head", f"<h1>{place}</h1>{_time(moment, t)}", t), width="content")
        choose_language(t)


def _time(moment: Moment, t: Words) -> str:
    """The time there; nothing while we do not know which zone the place is in."""
    return f"<p>{instant(moment.now, moment, t)}</p>" if moment.days else ""


def instant(at: datetime, moment: Moment, t: Words) -> str:
    local = at.astimezone(moment.zone)
    zone = clock.zone_name(moment.zone)
    return f"{wording.day_text(local.date(), t)} {wording.clock_text(local)} {zone}"


def banners(moment: Moment, t: Words) -> None:
    """What must be known first: generated data, a lost database, an old forecast."""
    state = moment.state
    if state.sample:
        with st.container(key="sample"):
            st.html(parts.banner("sample", t("sample"), t))
    if state.failed and moment.data is not None:
        age = wording.age(moment.now - moment.data.read_at, t)
        st.html(parts.banner("alarm", t("error.kept", age=age), t))
    if state.stale and state.issue_age is not None:
        made = wording.age(state.issue_age, t)
        text = t("stale", age=made) if state.covered else t("stale.uncovered")
        st.html(parts.banner("alarm", text, t))
    if state.tier != "champion":
        st.html(parts.banner("warn", t(f"fallback.{state.tier}"), t))


def nothing(moment: Moment, t: Words) -> None:
    """The page without a forecast: why, and what to do."""
    if moment.state.failed:
        st.html(parts.message(t("error.title"), t("error.text"), t))
        return
    domain = t("domain.default") if moment.data is None else moment.data.status.domain
    command = t("empty.command", domain=domain)
    st.html(parts.message(t("empty.title"), t("empty.text"), t, command=command))
