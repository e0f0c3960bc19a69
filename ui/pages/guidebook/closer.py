"""One stage closer: what it does, its newest run, its checks, and a few of its newest rows.
The texts are made in `told`; which rows are shown is in `newest`."""

import streamlit as st

from ui.pages.guidebook import told as said
from ui.pages.guidebook.graph import Graph, Stage
from ui.pages.guidebook.newest import SHOWN, newest
from ui.pages.guidebook.read import Guide
from ui.pages.guidebook.sample_rows import table
from ui.pages.guidebook.standing import Standing
from ui.pages.guidebook.told import Told
from ui.show import parts
from ui.state.seen import Seen
from ui.strings import Words

#: So many checks that passed are told at once.
PASSED = 4


def closer(
    stage: Stage, standing: Standing, graph: Graph | None, seen: Seen[Guide], t: Words
) -> None:
    """All that is known of it."""
    told = Told(stage, standing, graph, seen)
    st.html(said.head(told, t))
    if graph:
        st.html(said.runs(told, t))
        _checks(told, t)
    _rows(stage.name, seen, t)


def _checks(told: Told, t: Words) -> None:
    """What did not pass is told at once; a long list of what passed waits behind a click."""
    checks = told.stage.checks
    st.html(said.judged(checks, t))
    passed = [check for check in checks if check.verdict == "passed"]
    others = [check for check in checks if check.verdict != "passed"]
    if len(passed) <= PASSED:
        others, passed = list(checks), []
    if others:
        st.html(said.checks(others, told, t))
    if passed:
        with st.expander(t("check.passed.all", checks=len(passed))):
            st.html(said.checks(passed, told, t))


def _rows(name: str, seen: Seen[Guide], t: Words) -> None:
    """The newest rows, or why there are none."""
    if name not in SHOWN:
        _said(t("newest.no_view"), t)
        return
    view = SHOWN[name].view
    if seen.data is None:
        _said(t("newest.none", view=view), t)
        return
    found = newest(name, seen, seen.data)
    if found.found is None:
        _said(t("newest.failed"), t)
        return
    if found.found.empty:
        _said(t("newest.none", view=view), t)
        return
    heading = t("newest.title", rows=len(found.found))
    st.html(parts.block("told", f"<h3>{heading} <code lang='en'>published.{view}</code></h3>", t))
    if found.failed:
        st.html(parts.note(t("newest.failed"), t))
    st.html(table(found.found, heading, seen, t))


def _said(text: str, t: Words) -> None:
    st.html(parts.note(text, t))
