"""The calmest and the fullest stays as cards, each with what is known of it.
What is best is decided in runs.py; an old forecast has no best, and is never given to this."""

from html import escape

import streamlit as st

from ui.pages.when import confidence, invitation, runs
from ui.pages.when.read import When
from ui.pages.when.runs import Run, Wish
from ui.show import parts, wording
from ui.state.moment import Moment
from ui.state.read import Published
from ui.state.slots import plain
from ui.strings import Words


def picks(moment: Moment[When], data: When, wish: Wish, t: Words) -> list[Run]:
    """Shows both ends and gives the best; says so where the wish leaves none."""
    found = runs.find(moment.total, moment.spans, wish, moment.now)
    best, worst = runs.ends(found)
    if not found:
        st.html(parts.message(t("when.none"), t("when.none_text"), t))
        return []
    typical = runs.typical_width(moment.total, moment.spans)

    def facts(run: Run) -> str:
        said = told(run, data, found[-1] if len(found) > 1 else None, t)
        if confidence.unsure(run, typical):
            said.append(t("when.unsure"))
        if sure := confidence.sentence(data.held, run, t):
            said.append(sure)
        return "".join(f"<p>{escape(each)}</p>" for each in said)

    st.html(parts.title(t("when.best"), t))
    for place, (column, run) in enumerate(zip(st.columns(runs.TOLD), best, strict=False), 1):
        with column, st.container(key=f"best_{place}"):
            st.html(parts.block("pick", _face(place, run, moment, t) + facts(run), t))
            _download(run, moment, data, t)
    if worst:
        st.html(parts.title(t("when.worst"), t))
        listed = "".join(
            f"<li>{_face(place, run, moment, t)}{facts(run)}</li>"
            for place, run in enumerate(worst, 1)
        )
        st.html(parts.block("picks", f"<ol>{listed}</ol>", t))
    st.html(parts.note(confidence.note(data.held, [*best, *worst], t), t))
    if wish.hours > min(span.hours for span in plain(moment.spans)):
        st.html(parts.block("", f'<p class="note">{escape(t("when.average"))}</p>', t))
    return best


def told(run: Run, data: Published, fullest: Run | None, t: Words) -> list[str]:
    """The range, the chance of the top level, and how many people are avoided, as sentences."""
    said = [t("range.hourly", low=wording.people(run.low), high=wording.people(run.high))]
    if data.levels is not None:
        top = parts.mark(len(data.levels.names) - 1, data.levels.names, t)
        assert top is not None
        said.append(t("top_level", level=top.word, share=wording.share(run.chance, t)))
    return said if fullest is None else [*said, _avoided(run, fullest, t)]


def _avoided(run: Run, fullest: Run, t: Words) -> str:
    if run == fullest:
        return t("when.fullest")
    people, part = runs.avoided(run, fullest)
    said = wording.people(people), wording.share(part, t)
    if said[1] == wording.share(0, t):
        return t("when.like_fullest")
    return t("when.avoided", people=said[0], share=said[1])


def _face(place: int, run: Run, moment: Moment[Published], t: Words) -> str:
    data = moment.data
    mark = parts.mark(run.level, data.levels.names if data and data.levels else None, t)
    tags = [
        *([t("now")] if run.begins <= moment.now else []),
        *([t("chip.fallback")] if moment.state.tier != "champion" else []),
    ]
    chips = "".join(f'<span class="chip">{escape(tag)}</span>' for tag in tags)
    people = t("number.hourly", value=wording.people(run.people))
    return (
        f'<h3><span class="place">{place}</span> {escape(invitation.named(run, t))} {chips}</h3>'
        f'<div class="line">{parts.level_chip(mark) if mark else ""}'
        f"<strong>{escape(people)}</strong></div>"
    )


def _download(run: Run, moment: Moment[Published], data: Published, t: Words) -> None:
    st.download_button(
        t("when.calendar", slot=wording.slot(run.span, t)),
        invitation.calendar(run, told(run, data, None, t), moment, t),
        file_name=f"{data.status.domain}-{run.day}-{run.hour:02d}.ics",
        mime="text/calendar",
        key=f"ics_{run.day}_{run.hour}_{run.hours}",
        on_click="ignore",
        type="tertiary",
    )
