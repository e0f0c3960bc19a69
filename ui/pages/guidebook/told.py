"""What is known of one stage: what it does, its newest run, its checks with their reasons.
A few of its rows are in `sample_rows`."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from ui import frame
from ui.pages.guidebook import links
from ui.pages.guidebook.graph import Check, Graph, Made, Stage, Verdict
from ui.pages.guidebook.listed import named, pill
from ui.pages.guidebook.standing import Standing
from ui.show import parts, wording
from ui.strings import Words

#: In which order checks are told; those that passed may wait behind a click.
ORDER: tuple[Verdict, ...] = (
    "failed", "broken", "warned", "running", "none", "skipped", "passed",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A stage within its graph, seen from an instant."""

    stage: Stage
    standing: Standing
    graph: Graph | None
    view: frame.View


def head(told: Told, t: Words) -> str:
    """What the stage is, in our words and in those of its code."""
    stage = told.stage
    said = t.name("stage_text", stage.name, "")
    ours = f"<p>{escape(said)}</p>" if said else ""
    own = "".join(f"<p>{escape(each)}</p>" for each in stage.description.split("\n\n") if each)
    theirs = f'<div class="own" lang="en">{own}</div>' if own else ""
    inner = f"<h3>{named(stage.name, t)} {pill(told.standing.state, t)}</h3>{ours}{theirs}"
    return parts.block("told", inner, t)


def runs(told: Told, t: Words) -> str:
    """The newest run, what failed since, what is under way, and the stages around it."""
    made, standing = told.stage.made, told.standing
    rows = [(t("stage.made"), _when(made, told, t) if made else escape(t("stage.never")))]
    for key, run in (("stage.failed", standing.failed), ("stage.active", standing.active)):
        if run:
            at = _instant(run.at, told, t) if run.at else t("stage.waits")
            rows.append((t(key), f"{escape(at)} {links.run(run.run_id, t)}"))
    if made and made.rows is not None:
        rows.append((t("stage.rows_made"), escape(t("stage.rows", rows=f"{made.rows:,}"))))
    if made and made.partition:
        rows.append((t("stage.newest_day"), escape(_day(made.partition, t))))
    if told.stage.days is not None:
        rows.append((t("stage.days"), escape(t("stage.days_made", days=f"{told.stage.days:,}"))))
    rows += _around(told, t)
    if made and made.facts:
        facts = "; ".join(f"{label}: {value}" for label, value in made.facts)
        rows.append(
            (t("stage.facts"), f'<span lang="en" class="facts-line">{escape(facts)}</span>')
        )
    link = links.stage(told.stage.path, t)
    if link:
        rows.append((t("stage.page"), link))
    inner = "".join(f"<div><dt>{escape(name)}</dt><dd>{said}</dd></div>" for name, said in rows)
    return parts.block("entries told", f"<ul><li><dl>{inner}</dl></li></ul>", t)


def _when(made: Made, told: Told, t: Words) -> str:
    said = escape(_instant(made.at, told, t))
    return f"{said} {links.run(made.run_id, t)}" if made.run_id else said


def _instant(at: datetime, told: Told, t: Words) -> str:
    return f"{frame.instant(at, told.view, t)} · {wording.age(told.view.now - at, t)}"


def _day(partition: str, t: Words) -> str:
    """The day that a partition is of; another partition as it is called."""
    try:
        return wording.day_text(date.fromisoformat(partition), t, year=True)
    except ValueError:
        return partition


def _around(told: Told, t: Words) -> list[tuple[str, str]]:
    """The stages that it comes from, and that come from it."""
    graph = told.graph
    after = [
        name for name, stage in (graph.stages if graph else {}).items()
        if told.stage.name in stage.sources
    ]  # fmt: skip
    return [
        (t(key), ", ".join(named(name, t) for name in names))
        for key, names in (("stage.from", told.stage.sources), ("stage.to", after))
        if names
    ]


def judged(checks: tuple[Check, ...], t: Words) -> str:
    """How many checks were judged how."""
    count = Counter(check.verdict for check in checks)
    said = [t(f"check.{each}.count", checks=count[each]) for each in ORDER[::-1] if count[each]]
    text = " · ".join(said) if said else t("check.nothing")
    return parts.block("", f"<h3>{escape(t('check.title'))}</h3><p>{escape(text)}</p>", t)


def checks(some: list[Check], told: Told, t: Words) -> str:
    """Each check with its verdict, what it means and why."""
    ordered = sorted(some, key=lambda check: (ORDER.index(check.verdict), check.name))
    lines = "".join(_check(check, told, t) for check in ordered)
    return parts.block("entries checks", f"<ul>{lines}</ul>", t)


def _check(check: Check, told: Told, t: Words) -> str:
    verdict = check.verdict
    sign, word = t(f"check.{verdict}.sign"), t(f"check.{verdict}")
    mark = f'<span class="state {verdict}"><i aria-hidden="true">{sign}</i> {word}</span>'
    name = escape(check.name.replace("_", " "))
    meaning = f'<span lang="en">{escape(check.meaning)}</span>' if check.meaning else ""
    why = f'<span lang="en" class="why">{escape(check.why)}</span>' if check.why else ""
    at = f"<small>{escape(_instant(check.at, told, t))}</small>" if check.at else ""
    return f'<li><b><span lang="en">{name}</span> {mark}</b>{meaning}{why}{at}</li>'
