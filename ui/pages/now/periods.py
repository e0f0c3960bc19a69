"""All days or weeks ahead, where each has one number: beside each other, as a day's hours are else.
No state is decided here; how it is drawn, `drawn` says."""

import pandas as pd
import streamlit as st

from ui.pages.now import drawn
from ui.pages.now.day import choose_series
from ui.pages.now.read import Now
from ui.show import charts, parts, sentences, wording
from ui.state import slots
from ui.state.moment import Moment
from ui.state.slots import Span
from ui.strings import Words


def periods(moment: Moment[Now], data: Now, t: Words) -> None:
    """The days or weeks ahead of the chosen series, each named by its first day."""
    series = choose_series(moment, data, t)
    timeline = slots.timeline(data.forecast[data.forecast["series"] == series])
    rows = timeline.reset_index(drop=True).rename_axis("hour", axis="index").drop(columns="hour")
    days = [day.date() for day in timeline["business_date"]]
    spans = {place: Span(place, slots.DAY_HOURS, day=day) for place, day in enumerate(days)}
    shown = charts.Day(
        day=days[0],
        last=days[-1],
        series=series,
        rows=rows,
        spans=spans,
        actual=pd.Series(dtype=float),
        actual_day=None,
        now_hour=days.index(moment.today) if moment.today in days else None,
        top=drawn.top_of(data, series, t),
        stale=moment.state.stale,
    )
    when = wording.days(shown.day, shown.last, t)
    st.html(parts.title(t("strip.title", date=when), t))
    if series == data.total and not moment.state.stale:
        st.html(parts.block("", f"<p>{sentences.advice(rows, spans, t)}</p>", t))
    drawn.strip(moment, data, shown, t)
    drawn.chart(data, shown, t)
