"""Why a day is forecast as it is: the ordinary day lately, and what changes it, in people.
A part says what the model did; nothing here says that it was the cause."""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from ui.show import parts, wording
from ui.state.read import PARTS
from ui.strings import Words

BASE, *CHANGES = PARTS
#: A change by less than this share of the day is as good as none.
SLIGHT = 0.005


def why(rows: pd.DataFrame, day: date, tier: str, t: Words) -> None:
    """`rows` of one series and day; of a day without parts it says that there are none."""
    st.html(parts.title(t("reasons.title"), t))
    known = rows.dropna(subset=["q50"])
    people = known[[f"part_{part}" for part in PARTS]].astype(float)
    if known.empty or people.isna().to_numpy().any():
        st.html(parts.note(t("reasons.profile" if tier == "profile" else "reasons.none"), t))
        return
    sums = people.sum()
    whole = float(known["q50"].sum())
    when = wording.day_text(day, t)
    base = wording.people(float(sums[f"part_{BASE}"]))
    said = t("reasons.text", date=when, people=wording.people(whole), base=base)
    st.html(parts.block("why", f"<p>{escape(said)}</p>{_changes(sums, whole, day, t)}", t))
    st.html(parts.note(t("reasons.note"), t))


def _changes(sums: "pd.Series[float]", whole: float, day: date, t: Words) -> str:
    """The changes that count, the greatest first; that there are none is said."""
    changes = {part: float(sums[f"part_{part}"]) for part in CHANGES}
    shown = [part for part in CHANGES if abs(changes[part]) >= SLIGHT * whole]
    if not shown:
        return f"<p>{escape(t('reasons.ordinary'))}</p>"
    lines = "".join(
        f"<li><span>{escape(t(f'reasons.{part}', weekday=wording.weekday(day, t)))}</span>"
        f"<strong>{escape(_signed(changes[part], t))}</strong></li>"
        for part in sorted(shown, key=lambda part: -abs(changes[part]))
    )
    return f"<ul>{lines}</ul>"


def _signed(people: float, t: Words) -> str:
    return t("reasons.more" if people > 0 else "reasons.fewer", people=wording.people(abs(people)))
