"""Each series of a panel on its own: how it did in the trial, and what each cost.
The whole is in `card`; nothing is decided about a model here."""

from html import escape

import pandas as pd
import streamlit as st

from ui.pages.model.read import Cost, Trial
from ui.show import parts, wording
from ui.strings import Words

#: So many are told; all are in the file.
TOLD = 10


def each(trial: Trial, name: str, t: Words) -> None:
    """The series that were off by most, as a table; all of them as a file of this `name`."""
    if trial.each.empty:
        return
    st.html(parts.title(t("each.title"), t))
    st.html(parts.block("", f"<p>{escape(said(trial.each, t))}</p>", t))
    st.table(table(trial.each.head(TOLD), t), hide_index=True, alt=t("each.title"))
    if len(trial.each) > TOLD:
        st.download_button(
            t("each.download", count=f"{len(trial.each):,}"),
            trial.each.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"{name}_each.csv",
            mime="text/csv",
            on_click="ignore",
        )
    st.html(parts.note(t("each.note"), t))
    if trial.cost is not None:
        st.html(parts.note(spent(trial.cost, t), t))


def said(rows: pd.DataFrame, t: Words) -> str:
    """How many there are, and for how many the model beats repeating the past."""
    known = rows.dropna(subset=["wape", "naive"])
    better = int((known["wape"] < known["naive"]).sum())
    return t("each.said", count=f"{len(known):,}", better=f"{better:,}")


def spent(cost: Cost, t: Words) -> str:
    return t(
        "each.cost",
        seconds=f"{cost.seconds:,.0f}",
        each=f"{cost.each:.2g}",
        size=f"{cost.kilobytes:,.0f}",
    )


def table(rows: pd.DataFrame, t: Words) -> pd.DataFrame:
    """The figures as texts; what could not be measured is a dash."""
    shares = {"right.wape": "wape", "right.naive": "naive", "right.in_range": "inside"}
    named = {t("column.series"): [t.name("series", name) for name in rows["series"]]}
    told = {t(key): [_share(value, t) for value in rows[column]] for key, column in shares.items()}
    return pd.DataFrame(named | told)


def _share(value: float, t: Words) -> str:
    return wording.share(value, t) if wording.known(value) else t("table.none")
