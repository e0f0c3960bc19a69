"""How often calls at a chance were right, and how early: from what was issued before each hour.
Which hours are called now is in `planner`."""

from html import escape

import pandas as pd
import streamlit as st

from ui.choices import choose
from ui.pages.operator.evening import top_word
from ui.pages.operator.read import Operator
from ui.show import parts, wording
from ui.strings import Words

#: Days over which calls are counted, as in the view `alarm`.
SPANS, DEFAULT = ("28", "90"), "28"


def alarms(data: Operator, chance: float, t: Words) -> None:
    """The sentence, and the same by how early it would have been known."""
    st.html(parts.title(t("alarms.title"), t))

    def text(value: str) -> str:
        return t("alarms.days", days=value)

    days = int(choose("record", t("alarms.choose"), SPANS, text, DEFAULT))
    rows = data.alarms[
        (data.alarms["days"] == days) & ((data.alarms["chance"] - chance).abs() < 1e-9)  # noqa: PLR2004 - floats
    ].sort_values("horizon")
    named = {"level": top_word(data, t), "chance": wording.share(chance, t)}
    if rows.empty:
        st.html(parts.block("", f"<p>{escape(t('alarms.none'))}</p>", t))
        return
    said = " ".join(_said(rows, named, t))
    st.html(parts.block("", f"<p>{escape(said)}</p>", t))
    with st.expander(t("alarms.early", level=named["level"])):
        st.table(_table(rows, named["level"], t), hide_index=True, alt=said)
    st.html(parts.note(t("alarms.note"), t))


def early(horizon: int, t: Words) -> str:
    """When such a forecast is made: 1 is the morning of the day."""
    return t("early.morning") if horizon == 1 else t("early.days", days=horizon - 1)


def _said(rows: pd.DataFrame, named: dict[str, str], t: Words) -> list[str]:
    first, last = rows.iloc[0], rows.iloc[-1]
    said = [
        t("alarms.called" if first["called"] else "alarms.called_none", **named,
          early=early(int(first["horizon"]), t), called=_count(first["called"]),
          hits=_count(first["hits"])),
    ]  # fmt: skip
    if not first["crowded"]:
        return [*said, t("alarms.crowded_none", **named)]
    caught = {"crowded": _count(first["crowded"]), "hits": _count(first["hits"])}
    said.append(t("alarms.caught", **named, **caught))
    if last["horizon"] > first["horizon"] and last["crowded"]:
        ahead = {"crowded": _count(last["crowded"]), "hits": _count(last["hits"])}
        said.append(t("alarms.ahead", early=early(int(last["horizon"]), t), **ahead))
    return said


def _table(rows: pd.DataFrame, level: str, t: Words) -> pd.DataFrame:
    told = rows.to_dict("records")
    return pd.DataFrame(
        {
            t("alarms.early_head"): [early(int(row["horizon"]), t) for row in told],
            t("alarms.right_head", level=level): [
                _of(row["hits"], row["called"], t) for row in told
            ],
            t("alarms.caught_head", level=level): [
                _of(row["hits"], row["crowded"], t) for row in told
            ],
        }
    )


def _of(part: float, whole: float, t: Words) -> str:
    """So many of so many; of none nothing can be said."""
    if not whole:
        return t("table.none")
    return t(
        "alarms.of", part=_count(part), whole=_count(whole), share=wording.share(part / whole, t)
    )


def _count(value: float) -> str:
    return f"{int(value):,}"
