"""The stages from data to forecast, each with how it stands: a sign, a word, and when.
No layout; what is told of a rehearsal stands in `seongsu_assets.rehearsal`."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape
from typing import Literal

from seongsu_assets.rehearsal.records import Prepared, Ran, Step
from seongsu_assets.rehearsal.standing import Standing
from ui.pages.rehearsal import instants
from ui.show import parts
from ui.strings import Words

STAGES = ("raw", "settled", "features", "model", "forecast", "score")
#: The stage that a node of the graph belongs to; the others are no part of the way.
OF_NODE = {
    "raw": "raw", "observations": "settled", "features": "features", "challenger": "model",
    "champion": "model", "forecasts": "forecast", "published": "forecast", "accuracy": "score",
}  # fmt: skip
#: The stage that a stage of the pipeline is, while the past is learned.
OF_WORK = {
    "ingest": "raw", "settle": "settled", "prepare": "features", "train": "model",
    "forecast": "forecast", "publish": "forecast", "score": "score",
}  # fmt: skip

Word = Literal["waiting", "working", "done", "failed", "checked"]


@dataclass(frozen=True)
class Light:
    """How a stage stands, since when by the rehearsal's clock, and whether it is the newest."""

    stage: str
    word: Word
    at: datetime | None = None
    new: bool = False


def work(prepared: Prepared) -> str | None:
    """The stage that is worked at while the past is learned; None for anything else."""
    return OF_WORK.get(prepared.what.split(" ")[0])


def lights(standing: Standing) -> list[Light]:
    """Every stage, in the order of the graph."""
    found = {stage: Light(stage, "waiting") for stage in STAGES}
    for each in standing.told:
        if isinstance(each, Prepared):
            _prepare(found, work(each))
        elif isinstance(each, Step) and _of(each):
            found = {
                stage: _light(each, stage) or Light(stage, old.word, old.at)
                for stage, old in found.items()
            }
    if not standing.lives:  # nothing is at work any more, and nothing is newest
        found = {
            stage: Light(stage, "waiting" if each.word == "working" else each.word, each.at)
            for stage, each in found.items()
        }
    return list(found.values())


def _prepare(found: dict[str, Light], working: str | None) -> None:
    """One is worked at; those that were are done. The programs come when all is learned."""
    for stage, old in found.items():
        if stage == working:
            found[stage] = Light(stage, "working", new=True)
        elif old.word == "working":
            found[stage] = Light(stage, "done")


def _of(step: Step) -> bool:
    return any(node in OF_NODE for run in step.runs for node in run.nodes)


def _light(step: Step, stage: str) -> Light | None:
    """What the step made of a stage; None where nothing ran."""
    runs = [run for run in step.runs if stage in _stages(run)]
    if not runs:
        return None
    broken = any(OF_NODE.get(check.node) == stage for check in step.checks)
    word: Word = "done" if runs[-1].ended == "success" else "failed"
    return Light(stage, "checked" if broken else word, step.clock, new=True)


def _stages(run: Ran) -> set[str]:
    return {OF_NODE[node] for node in run.nodes if node in OF_NODE}


def graph(shown: list[Light], zone: tzinfo, t: Words) -> str:
    """The stages in their order."""
    inner = "".join(_cell(light, zone, t) for light in shown)
    return parts.block("graph", f"<ol>{inner}</ol>", t, label=t("light.title"))


def _cell(light: Light, zone: tzinfo, t: Words) -> str:
    when = escape(instants.text(light.at, zone, t)) if light.at else "&nbsp;"
    sign, word = t(f"light.{light.word}.sign"), t(f"light.{light.word}")
    new = " new" if light.new else ""
    return (
        f'<li class="{light.word}{new}"><b>{escape(t(f"light.{light.stage}"))}</b>'
        f'<span><i aria-hidden="true">{sign}</i> {escape(word)}</span><small>{when}</small></li>'
    )
