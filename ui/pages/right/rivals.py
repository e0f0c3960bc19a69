"""How right another's forecast of another thing is, said so that nobody takes it for ours.
Our own errors are in `record`."""

from html import escape

import pandas as pd
import streamlit as st

from ui.pages.right.read import Right
from ui.pages.right.score import newest
from ui.show import parts, wording
from ui.state.declared import Declared
from ui.strings import Words

#: Whose own forecasts we keep.
FEEDS = ("city",)


def rivals(data: Right, known: Declared | None, days: int, t: Words) -> None:
    """Their error against what they themselves said later, or that there is none to tell."""
    told = newest(data.rivals.rename(columns={"utc_day": "business_date"}), days)
    feeds = {feed.name for feed in known.domain.feeds} if known else set[str]()
    for feed in FEEDS:
        rows = told[told["feed"] == feed]
        if feed not in feeds and rows.empty:
            continue
        said = [t("right.rivals_none")] if rows.empty else _said(rows, t)
        inner = "".join(f"<p>{escape(each)}</p>" for each in said)
        st.html(parts.title(t("right.rivals_title"), t))
        st.html(parts.block("", inner, t))


def _said(rows: pd.DataFrame, t: Words) -> list[str]:
    total = rows[["forecasts", "absolute_error", "came", "level_hits"]].astype(float).sum()
    if not total["came"]:
        return [t("right.rivals_none")]
    told = t(
        "right.rivals_said",
        days=rows["business_date"].nunique(),
        share=wording.of_hundred(total["absolute_error"] / total["came"], t),
        hits=wording.of_ten(total["level_hits"] / total["forecasts"], t),
        forecasts=f"{int(total['forecasts']):,}",
    )
    return [t("right.rivals_other"), told]
