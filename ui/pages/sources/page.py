"""Data: whether each source is on time, the last days one by one, what was kept out, what is wrong.
No SQL and no rules about state: the page only says what comes after what."""

import streamlit as st

from ui import frame
from ui.pages.sources import arrivals, month_grid
from ui.pages.sources.gap_words import gap_words
from ui.pages.sources.month import gaps, month
from ui.pages.sources.read import DAYS, Sources, read
from ui.pages.sources.wrong import wrong
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
    if seen.data is None:
        frame.nothing(seen, t, of="sources.empty")
        return
    st.html(parts.opening(t("sources.title"), t("sources.intro"), t))
    _tell(seen, seen.data, t)


def _tell(seen: Seen[Sources], data: Sources, t: Words) -> None:
    known = declared(data.status.domain, seen.now)
    today = known.today if known else seen.now.date()
    cells = month(data.days, known, today)
    arrivals.arrivals(seen, data, known, t)
    st.html(parts.title(t("month.title", days=DAYS), t))
    st.html(month_grid.grid(cells, today, t))
    st.html(month_grid.legend(t))
    st.html(parts.title(t("gaps.title"), t))
    gap_words(gaps(cells), t)
    arrivals.kept_out(data, t)
    wrong(seen, data, t)
