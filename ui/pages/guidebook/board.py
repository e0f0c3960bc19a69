"""The graph to look at and to choose from: a button for each stage, row by row, lines in between.
It opens below its row; what is shown there, the page says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import streamlit as st

from ui.pages.guidebook.graph import Stage
from ui.pages.guidebook.layers import Layout, layout
from ui.pages.guidebook.standing import Standing
from ui.show import parts, wording
from ui.strings import Words

#: The name of the chosen stage in the address.
CHOSEN = "stage"
#: Of stages that nothing comes from, and that come from none, so many stand side by side.
ASIDE = 3
#: What Markdown would read as its own.
SPECIAL = frozenset("\\`*_{}[]()<>#+-.!|~:$")


@dataclass(frozen=True)
class Board:
    """What is on it. `open` shows the chosen stage."""

    stages: Mapping[str, Stage]
    standings: Mapping[str, Standing]
    now: datetime
    open: Callable[[Stage], None]

    @property
    def chosen(self) -> str:
        return st.query_params.get(CHOSEN, "")


def joined(stages: Mapping[str, Stage]) -> dict[str, Stage]:
    """The stages that something comes from, or that come from something, of those given."""
    read = {source for stage in stages.values() for source in stage.sources}
    return {
        name: stage for name, stage in stages.items()
        if name in read or any(source in stages for source in stage.sources)
    }  # fmt: skip


def board(shown: Board, t: Words) -> None:
    """The graph, then what stands beside it."""
    inside = joined(shown.stages)
    beside = [stage for name, stage in shown.stages.items() if name not in inside]
    with st.container(key="graph", gap=None):
        _rows(shown, layout({name: stage.sources for name, stage in inside.items()}), t)
    if beside and inside:
        st.html(parts.title(t("graph.beside"), t))
        st.html(parts.note(t("graph.beside_note"), t))
    with st.container(key="beside", gap=None):
        for first in range(0, len(beside), ASIDE):
            row = beside[first : first + ASIDE]
            for column, stage in zip(st.columns(ASIDE, gap=None), row, strict=False):
                with column:
                    _button(stage, shown, t)
            _opened([stage.name for stage in row], shown)


def _rows(shown: Board, drawn: Layout, t: Words) -> None:
    for place, row in enumerate(drawn.rows):
        for at, column in enumerate(st.columns(drawn.columns, gap=None)):
            node = row.get(at)
            with column:
                if isinstance(node, str):
                    _button(shown.stages[node], shown, t)
                else:
                    st.html(f'<i class="{"empty" if node is None else "passing"}"></i>')
        _opened([node for node in row.values() if isinstance(node, str)], shown)
        if place < len(drawn.lines):
            st.html(_lines(drawn.lines[place], drawn.columns))


def _opened(names: Iterable[str], shown: Board) -> None:
    """Its place is there when it is closed too: else all that follows would be drawn anew, and the
    keyboard lose where it was."""
    with st.container(gap=None):
        if shown.chosen in names:
            with st.container(key="opened"):
                shown.open(shown.stages[shown.chosen])


def _button(stage: Stage, shown: Board, t: Words) -> None:
    standing = shown.standings[stage.name]
    with st.container(key=f"node_{standing.state}_{stage.name}"):
        st.button(
            _label(stage, standing, shown, t),
            key=f"stage_{stage.name}",
            width="stretch",
            on_click=_choose,
            args=(stage.name,),
        )


def _choose(name: str) -> None:
    """In the address, so that it can be shared; a second time closes it."""
    if st.query_params.get(CHOSEN) == name:
        st.query_params.pop(CHOSEN)
    else:
        st.query_params[CHOSEN] = name


def _label(stage: Stage, standing: Standing, shown: Board, t: Words) -> str:
    """Its names, how it stands and since when; where it comes from is seen on a phone only, where
    no lines are."""
    named = f"**{_plain(t.name('stage', stage.name))}** {_plain(stage.name)}"
    state = f"{t(f'stage_state.{standing.state}.sign')} {t(f'stage_state.{standing.state}')}"
    facts = [f"`{state}`"]
    if stage.made:
        facts.append(_plain(wording.age(shown.now - stage.made.at, t)))
        if stage.made.rows is not None:
            facts.append(_plain(t("stage.rows", rows=f"{stage.made.rows:,}")))
    if stage.name == shown.chosen:
        facts.append(f"**{_plain(t('stage.open'))}**")  # the style knows it by this
    sources = [_plain(t.name("stage", name)) for name in stage.sources]
    from_where = [f"*{t('graph.from', sources=', '.join(sources))}*"] if sources else []
    return "\n".join([named, " · ".join(facts), *from_where])


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{each}" if each in SPECIAL else each for each in text.replace("\n", " "))


def _lines(lines: Iterable[tuple[int, int]], columns: int) -> str:
    """Lines from the columns of a row to those of the next, as a picture without words: what they
    say is in the list of stages."""
    paths = "".join(
        f'<path d="M{100 * a + 50} 0C{100 * a + 50} 22 {100 * b + 50} 18 {100 * b + 50} 40"/>'
        for a, b in lines
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {100 * columns} 40" '
        f'preserveAspectRatio="none" fill="none" stroke="#8d949c" stroke-width="2">{paths}</svg>'
    ).replace("<path ", '<path vector-effect="non-scaling-stroke" ')
    return f'<img class="lines" alt="" src="data:image/svg+xml,{quote(drawing)}">'
