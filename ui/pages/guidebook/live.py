"""The graph as Dagster tells it, or what there is to say while it does not.
How it is drawn is in `board`, what is known of one stage in `told`."""

from collections.abc import Callable

import streamlit as st

from ui import frame
from ui.pages.guidebook.asking import Heard
from ui.pages.guidebook.board import Board, board
from ui.pages.guidebook.graph import Graph, Stage
from ui.pages.guidebook.listed import counted, listed
from ui.pages.guidebook.standing import UNKNOWN, Standing, standing
from ui.show import parts, wording
from ui.strings import Words

#: The stages that every domain has, as they follow each other: told even while Dagster is away.
ALWAYS = (
    "raw", "observations", "calendar", "features", "challenger", "champion", "forecasts",
    "published", "accuracy", "drift",
)  # fmt: skip


def live(
    heard: Heard,
    domain: str,
    view: frame.View,
    tell: Callable[[Stage, Standing, Graph | None], None],
    t: Words,
) -> None:
    """The graph with the chosen stage opened by `tell`."""
    st.html(parts.title(t("graph.title"), t))
    _silence(heard, view, t)
    graph = heard.graph
    stages = graph.stages if graph and graph.stages else _known(domain)
    told = graph if graph and graph.stages else None
    standings = {name: standing(stage, told) if told else UNKNOWN for name, stage in stages.items()}

    def tell_one(stage: Stage) -> None:
        tell(stage, standings[stage.name], told)

    if told:
        st.html(counted(standings, t))
        if all(each.state == "never" for each in standings.values()):
            _do(t("graph.nothing_yet"), t("empty.command", domain=domain), t)
        st.html(parts.note(t("graph.note"), t))
    with st.container(key="faded" if heard.silent else "live"):
        board(Board(stages, standings, view.now, tell_one), t)
    if told:
        with st.expander(t("graph.in_words")):
            st.html(listed(stages, t))


def _silence(heard: Heard, view: frame.View, t: Words) -> None:
    """Since when there is no answer, and what to do."""
    if not heard.known:
        _do(t("graph.unknown"), t("graph.command"), t)
    elif heard.silent:
        since = frame.instant(heard.silent, view, t)
        said = t("graph.silent", at=since)
        if heard.at:
            said = f"{said} {t('graph.kept', age=wording.age(view.now - heard.at, t))}"
        _do(said, t("graph.command"), t, tone="alarm")
    elif heard.graph and not heard.graph.stages:
        _do(t("graph.not_loaded"), "dagster definitions validate", t, tone="alarm")


def _do(said: str, command: str, t: Words, *, tone: str = "warn") -> None:
    st.html(parts.banner(tone, said, t))
    st.html(parts.block("run-this", f'<p>{t("graph.run")} <code lang="en">{command}</code></p>', t))


def _known(domain: str) -> dict[str, Stage]:
    return {name: Stage(name, (domain, name), "", (), (), (), None, None, ()) for name in ALWAYS}
