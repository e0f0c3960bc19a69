"""A few rows of a stage as a table, every cell as people write it.
Which rows those are, `newest` says."""

from datetime import datetime
from html import escape
from typing import Any

import pandas as pd

from ui import frame
from ui.pages.guidebook.read import Guide
from ui.show import parts, wording
from ui.state.seen import Seen
from ui.strings import Words

#: Of these columns the values have words of their own, by their kind in the tables of words.
NAMED = {
    "series": "series", "source": "origin", "outcome": "outcome", "day_type": "day_type",
    "kind": "incident",
}  # fmt: skip
#: So much of a model's name tells it from others.
SHORT = 8
MODELS = frozenset({"model_id", "challenger"})


def table(rows: pd.DataFrame, caption: str, seen: Seen[Guide], t: Words) -> str:
    """The rows under words for the columns. What people typed is shown as it is."""
    names = [str(name) for name in rows.columns]
    heads = "".join(f'<th scope="col">{escape(t(f"column.{name}"))}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell(name, row[name], seen, t))}</td>" for name in names)
        + "</tr>"
        for row in rows.to_dict("records")
    )  # fmt: skip
    inner = (
        f'<table><caption class="heard">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
    return parts.block("sample-rows", inner, t)


def cell(name: str, value: Any, seen: Seen[Guide], t: Words) -> str:
    """A value of the column `name`."""
    if not wording.known(value):
        return t("table.none")
    if name in NAMED:
        return t.name(NAMED[name], str(value))
    if name in MODELS:
        return str(value)[:SHORT]
    if name == "hour":
        return t("slot.short", first=wording.hour_text(int(value)))
    if isinstance(value, datetime):
        day = value.tzinfo is None
        return wording.day_text(value.date(), t) if day else frame.instant(value, seen, t)
    return f"{value:,.0f}" if isinstance(value, (int, float)) else str(value)
