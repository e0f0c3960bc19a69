"""Where the data stands: the measurements in force, each source against what it owes, what was kept
out. The days one by one are in `month_grid`, what is wrong in `wrong`."""

from datetime import date
from html import escape

import streamlit as st

from ui import frame
from ui.pages.sources.punctual import Punctual, Standing, sources, standing
from ui.pages.sources.read import Sources
from ui.show import parts, wording
from ui.state.declared import Declared
from ui.state.seen import Seen
from ui.strings import Words


def arrivals(seen: Seen[Sources], data: Sources, known: Declared | None, t: Words) -> None:
    """The measurements in force first, then each source."""
    status = data.status
    due = known.due if known else None
    facts = _newest(status.data_through, due, known, t)
    if status.data_at is not None:
        facts.append((t("source.age"), wording.age(seen.now - status.data_at, t)))
    force = _entry(t("source.force"), standing(status.data_through, due, known), facts, t)
    others = "".join(_source(each, seen, known, t) for each in sources(data, known))
    st.html(parts.title(t("source.title"), t))
    st.html(parts.block("entries sources", f"<ul>{force}{others}</ul>", t))
    st.html(parts.note(t("source.note"), t))


def _source(each: Punctual, seen: Seen[Sources], known: Declared | None, t: Words) -> str:
    facts: list[tuple[str, str]] = []
    if each.told is not None:
        facts += _newest(each.told.newest, each.due, known, t)
        if each.told.arrived_at is not None:
            facts.append((t("source.arrived"), frame.instant(each.told.arrived_at, seen, t)))
        facts.append((t("source.hours"), _hours(each.told.hours, each.told.estimated, t)))
    return _entry(t.name("origin", each.name), each.standing, facts, t)


def _newest(
    newest: date | None, due: date | None, known: Declared | None, t: Words
) -> list[tuple[str, str]]:
    """The newest day and how old it is, beside the day that it should have come to."""
    said = t("source.nothing") if newest is None else wording.day_text(newest, t)
    if newest is not None and known is not None:
        said = f"{said} · {wording.days_ago((known.today - newest).days, t)}"
    facts = [(t("source.newest"), said)]
    if due is not None:
        facts.append((t("source.expected"), wording.day_text(due, t)))
    return facts


def _hours(hours: int, estimated: int, t: Words) -> str:
    if not hours:
        return t("source.hours_none")
    key = "source.hours_estimated" if estimated else "source.hours_some"
    return t(key, hours=f"{hours:,}", estimated=f"{estimated:,}")


def _entry(name: str, how: Standing, facts: list[tuple[str, str]], t: Words) -> str:
    state = (
        f'<span class="state {how}"><i aria-hidden="true">{t(f"standing.{how}.sign")}</i> '
        f"{t(f'standing.{how}')}</span>"
    )
    told = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts)
    return f"<li><b>{escape(name)} {state}</b><dl>{told}</dl></li>"


def kept_out(data: Sources, t: Words) -> None:
    """What did not pass the audit, as numbers."""
    said = [
        t("kept_out.rows", rows=f"{data.quarantined:,}")
        if data.quarantined
        else t("kept_out.no_rows"),
        t("kept_out.days", days=f"{data.refused_days:,}")
        if data.refused_days
        else t("kept_out.no_days"),
    ]
    st.html(parts.title(t("kept_out.title"), t))
    st.html(parts.block("", "".join(f"<p>{escape(each)}</p>" for each in said), t))
