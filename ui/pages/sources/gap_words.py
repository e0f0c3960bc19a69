"""The days that are not simply counted, in words.
Which days those are, `month` says."""

from html import escape

import streamlit as st

from ui.pages.sources.month import Gap
from ui.show import parts, wording
from ui.strings import Words


def gap_words(found: list[Gap], t: Words) -> None:
    """One line each, the newest first; or that there is none."""
    if not found:
        st.html(parts.block("", f"<p>{t('gaps.none')}</p>", t))
        return
    lines = "".join(f"<li>{escape(line(gap, t))}</li>" for gap in found)
    st.html(parts.block("gaps", f"<ul>{lines}</ul>", t))


def line(gap: Gap, t: Words) -> str:
    """A gap in a sentence."""
    cell = gap.cell
    when = wording.days_of(gap.first, gap.last, t)
    if cell.state == "counted":
        return t("gaps.refused_later", days=when)
    if cell.state == "partial" and cell.lacking:
        hours = ", ".join(wording.hour_text(hour) for hour in cell.lacking)
        said = t("gaps.partial_hours", days=when, hours=hours)
    else:
        said = t(f"gaps.{cell.state}", days=when)
    also = cell.refused and cell.state != "refused"
    return f"{said} {t('gaps.also_refused')}" if also else said
