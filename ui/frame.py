"""What every page has: the head, the banners about its data, and the page that has nothing to show.
No page's own content."""

from datetime import UTC, datetime, timezone
from functools import partial
from html import escape
from typing import Protocol

import streamlit as st

from ui import clock
from ui.choices import choose, choose_language, words
from ui.show import parts, wording
from ui.state.read import Status
from ui.state.states import State
from ui.strings import Words

#: Seconds after which a page looks at the clock and at the database again.
EVERY = 60


class View(Protocol):
    """What a page has read, seen from an instant. What is not known is None."""

    @property
    def now(self) -> datetime: ...
    @property
    def state(self) -> State: ...
    @property
    def status(self) -> Status | None: ...
    @property
    def read_at(self) -> datetime | None: ...
    @property
    def local(self) -> timezone | None: ...


def head(view: View) -> Words:
    """The name of the place, the time, and the choices of language and of another place. What
    follows speaks in the words given back: those of the place."""
    t = words(view.status.domain if view.status else None)
    place = t("app.name") if view.status is None else t.name("domain", view.status.domain)
    time = "" if view.local is None else f"<p>{instant(view.now, view, t)}</p>"
    with st.container(horizontal=True, horizontal_alignment="distribute", key="head"):
        st.html(parts.block("head", f"<h1>{escape(place)}</h1>{time}", t), width="content")
        choose_language(t)
    known = view.status.places if view.status else ()
    if len(known) > 1:
        named = partial(t.name, "domain")
        choose("domain", t("places.choose"), known, named, known[0], shape="list")
    return t


def instant(at: datetime, view: View, t: Words) -> str:
    """An instant in the zone of the place, which is named."""
    local = at.astimezone(view.local or UTC)
    zone = clock.zone_name(view.local or UTC)
    return f"{wording.calendar_day(local.date(), t)} {wording.clock_text(local)} {zone}"


def banners(view: View, t: Words, *, old: str = "stale") -> None:
    """What must be known first: generated data, a lost database, an old forecast, measurements that
    stay away. `old` is what the page says of an old forecast."""
    state = view.state
    if state.sample:
        with st.container(key="sample"):
            st.html(parts.banner("sample", t("sample"), t))
    if note := t.name("note", "place", ""):
        st.html(parts.note(note, t))
    if state.failed and view.read_at is not None:
        age = wording.age(view.now - view.read_at, t)
        st.html(parts.banner("alarm", t("error.kept", age=age), t))
    if state.stale and state.issue_age is not None:
        made = wording.age(state.issue_age, t)
        text = t(old, age=made) if state.covered else t("stale.uncovered")
        st.html(parts.banner("alarm", text, t))
    if state.stopped and state.data_age is not None:
        text = t("stopped", age=wording.age(state.data_age, t))
        st.html(parts.banner("alarm", text, t))
    if state.tier != "champion":
        st.html(parts.banner("warn", t(f"fallback.{state.tier}"), t))


def nothing(view: View, t: Words, *, of: str = "empty") -> None:
    """The page without what it is about: why, and what to do. `of` names its words."""
    if view.state.failed:
        st.html(parts.message(t("error.title"), t("error.text"), t))
        return
    domain = t("domain.default") if view.status is None else view.status.domain
    command = t("empty.command", domain=domain)
    st.html(parts.message(t(f"{of}.title"), t(f"{of}.text"), t, command=command))
