"""Whether what was called likely came: chances of the highest level beside the share that came.
How they are drawn is in `chance_chart`."""

import pandas as pd
import streamlit as st

from ui.pages.model.chance_chart import chance_chart
from ui.show import parts, wording
from ui.strings import Words

#: Hours behind a chance from which on its share says something.
FEW = 20


def chances(rows: pd.DataFrame, t: Words) -> None:
    """The chart, its sentence, and the numbers with how many hours stand behind each."""
    st.html(parts.title(t("chances.title"), t))
    known = rows[rows["hours"] > 0]
    if known.empty:
        st.html(parts.block("", f"<p>{t('chances.none')}</p>", t))
        return
    told = known.assign(share=known["came"] / known["hours"], few=known["hours"] < FEW)
    said = _sentence(told, t)
    st.html(parts.block("", f"<p>{t('chances.text')}</p>", t))
    st.html(parts.legend([("forecast-dot", t("chances.dot")), ("naive", t("chances.line"))], t))
    st.altair_chart(chance_chart(told, t), width="stretch", alt=said)
    with st.expander(t("table.title")):
        st.table(_table(told, t), hide_index=True, alt=said)
    st.html(parts.note(t("chances.note", few=FEW), t))


def _sentence(told: pd.DataFrame, t: Words) -> str:
    """Each chance with enough hours behind it; or that there are too few of all."""
    enough = told[~told["few"]]
    if enough.empty:
        return t("chances.too_few")
    said = [
        t(
            "chances.said",
            chance=wording.share(row["chance"], t),
            hours=f"{int(row['hours']):,}",
            came=f"{int(row['came']):,}",
        )
        for _, row in enough.iterrows()
    ]
    return " ".join(said)


def _table(told: pd.DataFrame, t: Words) -> pd.DataFrame:
    few = t("chances.few")
    return pd.DataFrame(
        {
            t("chances.chance"): [wording.share(chance, t) for chance in told["chance"]],
            t("chances.hours"): [f"{int(hours):,}" for hours in told["hours"]],
            t("chances.came"): [f"{int(came):,}" for came in told["came"]],
            t("chances.share"): [
                f"{wording.share(share, t)} {few}" if scarce else wording.share(share, t)
                for share, scarce in zip(told["share"], told["few"], strict=True)
            ],
        }
    )
