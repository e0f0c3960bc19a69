"""What is wrong now, in plain words, and since when.
What each kind means to an operator is in docs/runbook.md."""

from datetime import date
from html import escape

import streamlit as st

from seongsu_assets.incidents import links
from seongsu_assets.incidents.kinds import KINDS
from ui import frame
from ui.pages.sources.read import Incident, Sources
from ui.show import parts, wording
from ui.state import doors
from ui.state.seen import Seen
from ui.strings import Words


def wrong(seen: Seen[Sources], data: Sources, t: Words) -> None:
    """Every open incident, the newest first; or that there is none."""
    st.html(parts.title(t("wrong.title"), t))
    if not data.incidents:
        st.html(parts.block("", f"<p>{t('wrong.none')}</p>", t))
    else:
        entries = "".join(_entry(each, seen, t) for each in data.incidents)
        st.html(parts.block("entries", f"<ul>{entries}</ul>", t))
    if doors.dagster():
        st.link_button(t("wrong.pages"), links.asset(data.status.domain, "raw"))


def _entry(incident: Incident, seen: Seen[Sources], t: Words) -> str:
    known = incident.kind in KINDS
    said = t(f"incident.{incident.kind}") if known else t("incident.unknown", kind=incident.kind)
    about = _about(incident.subject, t)
    since = t(
        "wrong.since",
        at=frame.instant(incident.opened_at, seen, t),
        age=wording.age(seen.now - incident.opened_at, t),
    )
    return (
        f"<li><b>{escape(said)}</b>"
        + (f"<span>{escape(about)}</span>" if about else "")
        + f"<span>{escape(since)}</span></li>"
    )


def _about(subject: str, t: Words) -> str:
    """What it is about: a day, or a name as it is kept."""
    if not subject:
        return ""
    try:
        day = date.fromisoformat(subject)
    except ValueError:
        return t("wrong.about", subject=subject)
    return t("wrong.from_day", date=wording.day_text(day, t, year=True))
