"""Guidebook: the graph live, a stage closer, the ten levels of a platform, the ways to its engines.
No SQL and no rules about state: the page only says what comes after what."""

import streamlit as st

from ui import frame
from ui.pages.guidebook.asking import Heard
from ui.pages.guidebook.asking import ask as ask_dagster
from ui.pages.guidebook.closer import closer
from ui.pages.guidebook.engines import engines
from ui.pages.guidebook.graph import Graph, Stage
from ui.pages.guidebook.ladder import ladder
from ui.pages.guidebook.live import live
from ui.pages.guidebook.proofs import proofs
from ui.pages.guidebook.read import Guide, read
from ui.pages.guidebook.standing import Standing
from ui.shell import HEIGHT, ask
from ui.show import parts
from ui.state.seen import Seen
from ui.strings import Words

#: In the session, once Dagster has been asked.
HEARD = "shown_graph"


@st.fragment(run_every=frame.EVERY)
def render() -> None:
    """The whole page. What needs no data is told even when there is none."""
    seen = ask(read)
    t = frame.head(seen)
    frame.banners(seen, t, old="stale.page")
    st.html(parts.opening(t("guidebook.title"), t("guidebook.intro"), t))
    if seen.data is None:
        missing = "error.title" if seen.state.failed else "guidebook.empty"
        st.html(parts.banner("warn", t(missing), t))
    _tell(seen, t)


def _tell(seen: Seen[Guide], t: Words) -> None:
    domain = seen.status.domain if seen.status else t("domain.default")
    graph_here, ladder_here = st.container(), st.container()
    engines(t)
    with graph_here:
        heard = _hear(domain)

    def tell(stage: Stage, standing: Standing, graph: Graph | None) -> None:
        closer(stage, standing, graph, seen, t)

    with graph_here:
        live(heard, domain, seen, tell, t)
    with ladder_here:
        st.html(parts.title(t("ladder.title"), t))
        st.html(parts.note(t("ladder.intro"), t))
        st.html(ladder(proofs(seen, seen.data, heard.graph, t), domain, t))


def _hear(domain: str) -> Heard:
    """What Dagster says; its shape stands on the first visit until it does."""
    shape = st.empty()
    if HEARD not in st.session_state:
        shape.skeleton(height=HEIGHT)
    heard = ask_dagster(domain)
    shape.empty()
    st.session_state[HEARD] = True
    return heard
