"""Were we right? The newest scored day, then errors over a span, misses, the city's own, the log.
No SQL and no rules about state: the page only says what comes after what."""

import streamlit as st

from ui import frame
from ui.pages.right import record
from ui.pages.right.log import log
from ui.pages.right.misses import misses
from ui.pages.right.past import past
from ui.pages.right.read import Right, read
from ui.pages.right.rivals import rivals
from ui.pages.right.verdict import verdict
from ui.shell import ask
from ui.show import parts
from ui.state.declared import declared
from ui.state.seen import Seen
from ui.strings import Words


@st.fragment(run_every=frame.EVERY)
def render() -> None:
    """The whole page. It is one fragment, so that its parts never disagree about the time."""
    seen = ask(read)
    t = frame.head(seen)
    frame.banners(seen, t, old="stale.page")
    if seen.data is None or seen.data.daily.empty:
        frame.nothing(seen, t, of="right.empty")
        return
    st.html(parts.opening(t("right.title"), t("right.intro"), t))
    _tell(seen, seen.data, t)


def _tell(seen: Seen[Right], data: Right, t: Words) -> None:
    if data.days:
        (verdict if t.period is None else past)(seen, data, t)
    days = record.choose_span(t)
    record.record(data, days, t)
    misses(data, t)
    rivals(data, declared(data.status.domain, seen.now), days, t)
    log(data, days, t)
