"""A day's forecast beside what came: the chart, and the same as a table with where each fell.
No verdict on the day; who shows it gives one."""

import pandas as pd
import streamlit as st

from ui.show import charts, parts, wording
from ui.strings import Words


def beside_measured(shown: charts.Day, alt: str, note: str, t: Words) -> None:
    """The chart, its sentence `alt`, the same as a table, and a `note` on how it is meant."""
    keys = [
        ("actual", t("chart.measured")),
        ("forecast", t("chart.forecast")),
        ("range", t("chart.range")),
        ("usual", t("chart.usual")),
    ]
    st.html(parts.legend(keys, t))
    st.altair_chart(charts.day_chart(shown, t), width="stretch", alt=alt)
    with st.expander(t("table.title")):
        st.table(_table(shown, t), hide_index=True, alt=alt)
    st.html(parts.note(note, t))


def _table(shown: charts.Day, t: Words) -> pd.DataFrame:
    none = t("table.none")
    rows = charts.table(shown)
    return pd.DataFrame(
        {
            t("table.time"): [wording.short_slot(shown.spans[hour], t) for hour in rows["hour"]],
            t("table.people"): [wording.people(v) if wording.known(v) else none for v in rows.q50],
            t("table.range"): rows["range"].fillna(none),
            t("table.actual"): [
                wording.exact(v) if wording.known(v) else none for v in rows["actual"]
            ],
            t("table.result"): [
                _result(*ends, t) for ends in zip(rows.q10, rows.q90, rows["actual"], strict=True)
            ],
        }
    )


def _result(low: float, high: float, came: float, t: Words) -> str:
    """Where what came fell, with a sign beside the word."""
    if not (wording.known(low) and wording.known(came)):
        return t("table.none")
    return t("table.under" if came < low else "table.over" if came > high else "table.in")
