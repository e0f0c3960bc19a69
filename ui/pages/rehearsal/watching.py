"""One rehearsal: how it stands, the stages of the graph, what happened, and what it came to.
Nothing is started here; stopping is for whoever may start."""

from datetime import datetime, time, timedelta, tzinfo
from html import escape

import streamlit as st

from seongsu_assets.errors import SeongsuError
from seongsu_assets.rehearsal import homes, starting
from seongsu_assets.rehearsal.records import Begun, Prepared, Step
from seongsu_assets.rehearsal.standing import Standing
from ui.pages.rehearsal import instants
from ui.pages.rehearsal.ending import ending, lasted
from ui.pages.rehearsal.graph import STAGES, graph, lights, work
from ui.pages.rehearsal.steps import steps
from ui.pages.rehearsal.stories import stories
from ui.show import parts, wording
from ui.strings import Words

#: Steps that are shown while it runs; the others can be opened.
NEWEST = 6
#: The share of a rehearsal that is over when its first instant comes.
PREPARED = 0.4
STOPPING = "rehearsal_stopping"


def watching(shown: Standing, t: Words, *, mine: bool) -> None:
    """The rehearsal. `mine`: whoever looks may stop it, and read paths of this machine."""
    asked = shown.asked
    if shown.state == "unknown" or asked is None:
        st.html(parts.block("", f"<p>{escape(t('run.unknown.text'))}</p>", t))
        return
    zone = instants.zone_of(asked.domain)
    st.html(parts.block("hero", _face(shown, zone, t), t))
    if shown.lives:
        _going(shown, zone, t, mine=mine)
    else:
        _word(shown, t, mine=mine)
    if shown.finished:
        ending(shown.finished, asked.domain, t)
        st.html(parts.title(t("stories.title"), t))
        st.html(stories(shown.finished, zone, t))
    st.html(parts.title(t("light.title"), t))
    st.html(graph(lights(shown), zone, t))
    _steps(shown.steps if mine else tuple(map(_without_why, shown.steps)), shown, zone, t)


def title(shown: Standing, t: Words) -> str:
    """How long it is and which faults it has, in a few words."""
    asked = shown.asked
    if asked is None:
        return shown.home.name
    named = [t(f"fault.{fault}") for fault in asked.faults] or [t("rehearsal.no_fault")]
    days = t(f"rehearsal.days.{asked.days}")
    return t("rehearsal.of", days=days, faults=", ".join(named))


def state(shown: Standing, t: Words) -> str:
    """How it stands, as a sign and a word."""
    return f"{t(f'run.{shown.state}.sign')} {t(f'run.{shown.state}')}"


def _face(shown: Standing, zone: tzinfo, t: Words) -> str:
    assert shown.asked is not None
    chips = [("", t("rehearsal.started", at=instants.text(shown.asked.at, zone, t)))]
    begun = shown.begun
    if begun is not None:
        days = wording.days_of(begun.first, begun.last, t)
        chips.append(("", t("rehearsal.told_days", days=days)))
        chips.append(("", t("rehearsal.past_days", days=begun.past_days)))
        if begun.sample:
            chips.append(("warn", t("rehearsal.sample")))
    if shown.finished:
        chips.append(("", lasted(shown.finished, t)))
    head = f"{escape(title(shown, t))}"
    tone = {"finished": "on_time", "failed": "reject", "broken": "reject"}.get(shown.state, "")
    said = f'<span class="state {tone}">{escape(state(shown, t))}</span>'
    return f'<div class="line"><b>{head}</b>{said}</div>{parts.chips(chips)}'


def _going(shown: Standing, zone: tzinfo, t: Words, *, mine: bool) -> None:
    """Where it is, and the button that ends it."""
    done, said = _where(shown, zone, t)
    st.progress(done, said)
    asked = shown.asked
    if not mine or asked is None or shown.pid is None:
        return
    if asked.by == "command":
        st.html(parts.note(t("rehearsal.by_command"), t))
    elif st.session_state.get(STOPPING) == shown.home.name:
        st.html(parts.note(t("rehearsal.stopping"), t))
    elif st.button(t("rehearsal.stop"), key="stop"):
        try:
            starting.stop(shown.pid)
        except SeongsuError:
            st.html(parts.note(t("rehearsal.by_command"), t))
            return
        st.session_state[STOPPING] = shown.home.name
        st.rerun()


def _where(shown: Standing, zone: tzinfo, t: Words) -> tuple[float, str]:
    """How much of it is done, from 0 to 1, and in words."""
    begun, steps_ = shown.begun, shown.steps
    if steps_ and begun:
        at = steps_[-1].clock
        return _days(begun, at, zone), f"{t('rehearsal.clock')} {instants.text(at, zone, t)}"
    last = shown.told[-1]
    if not isinstance(last, Prepared):
        return 0.0, t("prepare.begin")
    stage = work(last)
    worked = [each for each in shown.told if isinstance(each, Prepared)]
    stages = {work(each) for each in worked} - {None}
    done = PREPARED * min(1.0, len(stages) / len(STAGES))
    if stage is None and len(stages) < len(STAGES):
        return done, t("prepare.begin")
    return done, t("prepare.learn", stage=t(f"light.{stage}")) if stage else t("prepare.programs")


def _days(begun: Begun, at: datetime, zone: tzinfo) -> float:
    """The share that is done once this instant of its clock has come."""
    first = datetime.combine(begun.first, time(), zone)
    end = datetime.combine(begun.until + timedelta(days=1), time(), zone)
    lived = min(1.0, max(0.0, (at - first) / (end - first)))
    return PREPARED + (1 - PREPARED) * lived


def _word(shown: Standing, t: Words, *, mine: bool) -> None:
    """Why it ended short of its end."""
    if shown.failed:
        why = " ".join(filter(None, (shown.failed.why, shown.failed.remedy)))
        text = t("run.failed.text", why=why) if mine else t("run.failed.plain")
        st.html(parts.banner("alarm", text, t))
    elif shown.state in {"stopped", "broken"}:
        st.html(parts.banner("warn", t(f"run.{shown.state}.text"), t))
    log = shown.home / homes.LOG
    if mine and shown.state in {"failed", "broken"} and log.exists():
        st.html(parts.note(t("run.log", log=log), t))


def _without_why(step: Step) -> Step:
    """The step without what errors say: they name places of this machine."""
    runs = tuple(run.model_copy(update={"why": ""}) for run in step.runs)
    return step.model_copy(update={"runs": runs})


def _steps(told: tuple[Step, ...], shown: Standing, zone: tzinfo, t: Words) -> None:
    newest = told[::-1]
    if shown.lives:
        st.html(parts.title(t("steps.title"), t))
        st.html(steps(newest[:NEWEST], zone, t))
        newest = newest[NEWEST:]
    if newest:
        key = "steps.earlier" if shown.lives else "steps.all"
        with st.expander(t(key, count=len(newest))):
            st.html(steps(newest if shown.lives else newest[::-1], zone, t))
