"""What may be asked of a rehearsal: how long, which faults, and its start; or why it may not be.
Who may ask says `allowed`; how one goes on is in `watching`."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from seongsu_assets.errors import SeongsuError
from seongsu_assets.rehearsal import starting
from seongsu_assets.rehearsal.plan import FAULTS, SPANS, Fault
from seongsu_assets.rehearsal.standing import Standing
from ui.choices import choose
from ui.pages.rehearsal import instants
from ui.pages.rehearsal.read import Held
from ui.show import parts
from ui.strings import Words

WEEK = 7


def elsewhere(domain: str, t: Words) -> None:
    """It may not be started here: how else."""
    command = t("rehearsal.command", domain=domain)
    text = parts.message(
        t("rehearsal.elsewhere.title"), t("rehearsal.elsewhere"), t, command=command
    )
    st.html(text)


def asking(held: Held, past: Sequence[Standing], t: Words) -> None:
    """The choices and the button; or how many days are missing."""
    if missing := held.missing(SPANS[0]):
        text = t("rehearsal.missing", missing=missing, held=held.whole_days)
        st.html(parts.message(t("rehearsal.missing.title"), text, t))
        return
    st.html(parts.title(t("rehearsal.ask"), t))
    days = _span(t)
    faults = _faults(days, t)
    st.html(_told(faults, t))
    short = held.missing(days)
    if short:
        st.html(parts.note(t("rehearsal.missing_week", missing=short), t))
    pressed = st.button(t("rehearsal.start"), type="primary", disabled=bool(short), key="start")
    st.html(parts.note(_lasts(days, past, t), t))
    if pressed:
        _start(held.status.domain, days, faults, t)


def _span(t: Words) -> int:
    options = [str(days) for days in SPANS]

    def text(days: str) -> str:
        return t(f"rehearsal.days.{days}")

    return int(choose("days", t("rehearsal.days"), options, text, options[0], shape="labelled row"))


def _faults(days: int, t: Words) -> list[Fault]:
    """One of a day, so that what follows can be told apart; any number of a week."""
    label = t(f"rehearsal.fault.{days}")

    def text(fault: Fault) -> str:
        return t(f"fault.{fault}")

    if days == WEEK:
        return list(
            st.pills(label, FAULTS, selection_mode="multi", format_func=text, key="faults_7")
        )
    one = st.pills(label, FAULTS, selection_mode="single", format_func=text, key="fault_1")
    return [one] if one else []


def _told(faults: Sequence[Fault], t: Words) -> str:
    """What each chosen fault does."""
    if not faults:
        return parts.note(t("rehearsal.none_text"), t)
    lines = "".join(
        f"<li><b>{escape(t(f'fault.{fault}'))}</b> {escape(t(f'fault.{fault}.text'))}</li>"
        for fault in FAULTS if fault in faults
    )  # fmt: skip
    return parts.block("chosen", f"<ul>{lines}</ul>", t)


def _lasts(days: int, past: Sequence[Standing], t: Words) -> str:
    """How long it takes: as long as the last one here. Before the first nobody has measured it."""
    for each in past:
        if each.finished and each.asked and each.asked.days == days:
            return t("rehearsal.lasted", time=instants.length(each.finished.seconds, t))
    return t("rehearsal.lasts")


def _start(domain: str, days: int, faults: Sequence[Fault], t: Words) -> None:
    try:
        starting.start(domain, days, faults)
    except (SeongsuError, OSError) as error:
        st.html(parts.banner("alarm", t("rehearsal.refused", why=error), t))
        return
    st.query_params.pop("r", None)
    st.rerun()
