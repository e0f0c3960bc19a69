"""What happened at each instant of a rehearsal, as a list of plain lines, the newest first.
What became of each fault in the end is in `stories`."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from html import escape
from typing import Literal

from seongsu_assets.rehearsal.plan import FAULTS
from seongsu_assets.rehearsal.records import Case, Ran, Step
from ui.pages.rehearsal import instants
from ui.show import parts, wording
from ui.strings import Words

#: What a line is about, by which it is marked.
Tone = Literal["fault", "bad", "good", "plain"]
_SIGNS: dict[Tone, str] = {"fault": "▼", "bad": "×", "good": "●", "plain": "·"}


def steps(shown: Sequence[Step], zone: tzinfo, t: Words) -> str:
    """The steps, in the order given; those at which nothing happened are left out."""
    entries = "".join(_entry(step, lines, zone, t) for step in shown if (lines := told(step, t)))
    if not entries:
        return parts.block("", f"<p>{escape(t('steps.none'))}</p>", t)
    return parts.block("steps", f"<ol>{entries}</ol>", t, label=t("steps.title"))


def told(step: Step, t: Words) -> list[tuple[Tone, str]]:
    """What happened at a step, line by line."""
    return [*_sown(step, t), *_ran(step, t), *_cases(step, t), *_out(step, t)]


def case_text(case: Case, t: Words) -> str:
    """An incident in the words of the page about data, and what it is about."""
    said = t.name("incident", case.what, t("incident.unknown", kind=case.what))
    return t("step.about", what=said, subject=case.subject) if case.subject else said


def _sown(step: Step, t: Words) -> Iterator[tuple[Tone, str]]:
    for name in step.sown:
        fault, _, rest = name.partition(" ")
        named = t(f"fault.{fault}") if fault in FAULTS else fault
        yield "fault", t("step.over" if rest else "step.sown", fault=named)


def _ran(step: Step, t: Words) -> Iterator[tuple[Tone, str]]:
    good = [run for run in step.runs if run.ended == "success"]
    if good:
        nodes = dict.fromkeys(node for run in good for node in run.nodes)
        yield "plain", t("step.ran", what=", ".join(_node(node, t) for node in nodes))
    for run in step.runs:
        if run.ended != "success":
            yield "bad", _failed(run, t)
    for check in step.checks:
        key = "step.check_day" if check.day else "step.check"
        node = _node(check.node, t)
        yield "bad", t(key, check=check.check, node=node, day=check.day)


def _failed(run: Ran, t: Words) -> str:
    what = ", ".join(_node(node, t) for node in run.nodes)
    if not run.why:
        return t("step.failed_plain", what=what)
    return t("step.failed", what=what, why=run.why)


def _cases(step: Step, t: Words) -> Iterator[tuple[Tone, str]]:
    for case in step.opened:
        yield "bad", t("step.opened", what=case_text(case, t))
    for case in step.closed:
        yield "good", t("step.closed", what=case_text(case, t))
    if step.told:
        yield "plain", t("step.told", count=step.told)


def _out(step: Step, t: Words) -> Iterator[tuple[Tone, str]]:
    if step.published is None:
        return
    through = step.published.data_through
    if through is None:
        yield "good", t("step.published_plain")
    else:
        yield "good", t("step.published", date=wording.day_text(through, t))


def _node(node: str, t: Words) -> str:
    return t.name("node", node.removeprefix("listen_"))


def _entry(step: Step, lines: list[tuple[Tone, str]], zone: tzinfo, t: Words) -> str:
    inner = "".join(
        f'<li class="{tone}"><i aria-hidden="true">{_SIGNS[tone]}</i>'
        f"<span>{escape(text)}</span></li>"
        for tone, text in lines
    )
    return f"<li><b>{escape(instants.text(step.clock, zone, t))}</b><ul>{inner}</ul></li>"
