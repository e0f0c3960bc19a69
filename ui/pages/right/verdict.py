"""One scored day, hour by hour: the verdict in plain words, the chart, and the same as a table.
What the score is, `score` says; errors over many days are in `record`."""

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from ui import frame
from ui.choices import choose
from ui.pages.right import score
from ui.pages.right.read import Right
from ui.pages.right.score import DayScore
from ui.pages.right.why import why
from ui.show import charts, parts, wording
from ui.show.measured import beside_measured
from ui.state import slots
from ui.state.seen import Seen
from ui.state.slots import Span
from ui.strings import Words


def verdict(seen: Seen[Right], data: Right, t: Words) -> None:
    """The chosen day of the newest scored ones."""
    day = _choose(data.days, t)
    told = score.of_day(data.hours, day)
    if told is None:
        return
    rows = slots.day_of(data.hours, day)
    spans = slots.layout(data.hours["hour"])
    st.html(parts.block("hero", _face(seen, data, told, rows, spans, t), t))
    shown = charts.Day(
        day=day,
        series=data.total,
        rows=rows,
        spans=spans,
        actual=rows["observed"],
        actual_day=day,
    )
    beside_measured(shown, _alt(told, rows, spans, t), t("right.made_note"), t)


def _choose(days: list[date], t: Words) -> date:
    options = [day.isoformat() for day in days]

    def text(iso: str) -> str:
        return wording.day_text(date.fromisoformat(iso), t)

    return date.fromisoformat(choose("d", t("right.day"), options, text, options[0]))


def _face(
    seen: Seen[Right],
    data: Right,
    told: DayScore,
    rows: pd.DataFrame,
    spans: dict[int, Span],
    t: Words,
) -> str:
    newest = told.day == data.days[0]
    title = t("right.newest" if newest else "right.day_title", date=wording.day_text(told.day, t))
    lines = "".join(f"<p>{escape(said)}</p>" for said in _said(told, rows, spans, t))
    return (
        f'<p class="eyebrow">{escape(title)}</p>'
        f'<p class="verdict">{t(f"right.{told.verdict}")}</p>'
        f"{lines}{parts.chips(chips(seen, rows, t))}"
    )


def _said(told: DayScore, rows: pd.DataFrame, spans: dict[int, Span], t: Words) -> list[str]:
    inside = [t("right.inside", hours=told.hours, inside=told.inside)]
    if told.level_hours:
        inside.append(t("right.levels", hours=told.level_hours, hits=told.level_hits))
    return [" ".join(inside), off(told, t), _worst(told, rows, spans, t)]


def off(told: DayScore, t: Words) -> str:
    """How far the forecast was off, and what repeating the past would have been."""
    said = [t("right.off", share=wording.of_hundred(told.wape, t))]
    if told.naive is not None:
        said.append(t("right.off_naive", share=wording.of_hundred(told.naive, t)))
    return " ".join(said)


def _worst(told: DayScore, rows: pd.DataFrame, spans: dict[int, Span], t: Words) -> str:
    row = rows.loc[told.worst].to_dict()
    return t(
        "right.worst",
        slot=wording.slot(spans[told.worst], t),
        middle=wording.people(row["q50"]),
        observed=wording.exact(row["observed"]),
    )


def chips(seen: Seen[Right], rows: pd.DataFrame, t: Words) -> list[tuple[str, str]]:
    """When the forecast was made and by what, and what was special about the day."""
    known = rows.dropna(subset=["q50"]).to_dict("records")
    tiers = dict.fromkeys(row["tier"] for row in known if row["tier"] != "champion")
    issued = sorted({row["issued_at"].to_pydatetime() for row in known})
    chips = [("warn", t(f"chip.{tier}")) for tier in tiers]
    chips += [("", t("right.made", at=frame.instant(at, seen, t))) for at in issued]
    head = known[0]
    reason = why(head["day_type"], head["kind"] or "", head["holiday"] or "", t)
    if reason != t("why.unknown"):
        chips.append(("", t("right.kind", why=reason)))
    return chips


def _alt(told: DayScore, rows: pd.DataFrame, spans: dict[int, Span], t: Words) -> str:
    return t(
        "right.alt",
        date=wording.day_text(told.day, t),
        verdict=t(f"right.{told.verdict}"),
        inside=t("right.inside", hours=told.hours, inside=told.inside),
        worst=_worst(told, rows, spans, t),
    )
