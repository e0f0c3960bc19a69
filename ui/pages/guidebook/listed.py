"""The graph in words: how many stages stand how, and what each comes from.
Drawn it is in `board`."""

from collections import Counter
from collections.abc import Mapping
from html import escape

from ui.pages.guidebook.graph import Stage
from ui.pages.guidebook.standing import STATES, Standing, State
from ui.show import parts
from ui.strings import Words


def pill(state: State, t: Words) -> str:
    """How a stage stands, as a sign and a word."""
    sign, word = t(f"stage_state.{state}.sign"), t(f"stage_state.{state}")
    return f'<span class="state {state}"><i aria-hidden="true">{sign}</i> {word}</span>'


def counted(standings: Mapping[str, Standing], t: Words) -> str:
    """How many stages stand how, the gravest first."""
    count = Counter(standing.state for standing in standings.values())
    inner = "".join(
        f"<span>{pill(state, t)} {count[state]}</span>" for state in STATES if count[state]
    )
    whole = t("graph.stages", stages=len(standings))
    return parts.block("standings", f"<p><b>{escape(whole)}</b></p><div>{inner}</div>", t)


def listed(stages: Mapping[str, Stage], t: Words) -> str:
    """What each stage comes from, and what comes from it."""
    lines = "".join(
        f"<li><b>{named(name, t)}</b> {escape(_from(stage, t))}</li>"
        for name, stage in stages.items()
    )
    return parts.block("prose", f"<ul>{lines}</ul>", t)


def named(name: str, t: Words) -> str:
    """A stage by its name in the language and its own."""
    said = t.name("stage", name)
    own = f' <code lang="en">{escape(name)}</code>' if said != name else ""
    return f"{escape(said)}{own}"


def _from(stage: Stage, t: Words) -> str:
    if not stage.sources:
        return t("graph.from_outside")
    return t("graph.from", sources=", ".join(t.name("stage", name) for name in stage.sources))
