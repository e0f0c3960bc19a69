"""The scored days or weeks beside each other, where each has one number, and the newest in words.
Where days have hours, `verdict` shows one; errors over many are in `record`."""

from html import escape

import streamlit as st

from ui.pages.right import score, verdict
from ui.pages.right.read import Right
from ui.pages.right.score import DayScore
from ui.show import charts, parts, wording
from ui.show.measured import beside_measured
from ui.state.seen import Seen
from ui.state.slots import DAY_HOURS, Span
from ui.strings import Words


def past(seen: Seen[Right], data: Right, t: Words) -> None:
    """The newest one as a verdict, then all."""
    days = data.days[::-1]
    newest = score.of_day(data.hours, days[-1])
    if newest is None:
        return
    rows = data.hours.sort_values("business_date").reset_index(drop=True)
    rows = rows.drop(columns="hour").rename_axis("hour", axis="index")
    shown = charts.Day(
        day=days[0],
        last=days[-1],
        series=data.total,
        rows=rows,
        spans={place: Span(place, DAY_HOURS, day=day) for place, day in enumerate(days)},
        actual=rows["observed"],
        actual_day=days[0],
    )
    st.html(parts.block("hero", _face(seen, newest, shown, t), t))
    beside_measured(shown, charts.alt_text(shown, t), t("right.made_note"), t)


def _face(seen: Seen[Right], newest: DayScore, shown: charts.Day, t: Words) -> str:
    row = shown.rows.iloc[[-1]]
    came, middle = (row[name].iloc[0] for name in ("observed", "q50"))
    values = {"middle": wording.people(middle), "observed": wording.exact(came)}
    inside = shown.rows["observed"].between(shown.rows["q10"], shown.rows["q90"])
    said = [
        t("right.worst", slot=t("slot.whole"), **values),
        verdict.off(newest, t),
        t("right.inside", hours=len(inside), inside=int(inside.sum())),
    ]
    title = t("right.newest", date=wording.day_text(newest.day, t))
    lines = "".join(f"<p>{escape(each)}</p>" for each in said)
    return (
        f'<p class="eyebrow">{escape(title)}</p>'
        f'<p class="verdict">{t(f"right.{newest.verdict}")}</p>'
        f"{lines}{parts.chips(verdict.chips(seen, row, t))}"
    )
