"""One day, hour by hour: which day and which series, and what stands beside it.
No state is decided here; how it is drawn, `drawn` says."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ui.choices import choose
from ui.pages.now import drawn
from ui.pages.now.read import Now, measured, measured_day
from ui.pages.now.why import why
from ui.show import charts, parts, sentences, wording
from ui.state import slots
from ui.state.moment import Moment
from ui.strings import Words

#: So many series can be chosen side by side; of more a list opens.
BESIDE = 4


def day(moment: Moment[Now], data: Now, t: Words) -> None:
    """The chosen day of the chosen series."""
    chosen = _choose_day(moment, t)
    series = choose_series(moment, data, t)
    timeline = slots.timeline(data.forecast[data.forecast["series"] == series])
    rows = slots.day_of(timeline, chosen)
    when = wording.day_text(chosen, t)
    st.html(parts.title(t("strip.title", date=when), t))
    if chosen != moment.today and series == data.total and not moment.state.stale:
        st.html(parts.block("", f"<p>{sentences.advice(rows, moment.spans, t)}</p>", t))
    shown = _shown(moment, data, rows, t, chosen=chosen, series=series)
    drawn.strip(moment, data, shown, t)
    drawn.chart(data, shown, t)
    if not moment.state.stale:
        why(rows, chosen, moment.state.tier, t)


def choose_series(moment: Moment[Now], data: Now, t: Words) -> str:
    """The total, or a part of it."""
    return choose(
        "series",
        t("series.choose"),
        moment.series,
        partial(t.name, "series"),
        data.total,
        shape="row" if len(moment.series) <= BESIDE else "list",
    )


def _choose_day(moment: Moment[Now], t: Words) -> date:
    def text(iso: str) -> str:
        return wording.day_from(date.fromisoformat(iso), moment.today, t)

    default = moment.today or moment.days[0]
    options = [item.isoformat() for item in moment.days]
    return date.fromisoformat(choose("d", t("days.choose"), options, text, default.isoformat()))


def _now_hour(moment: Moment[Now], chosen: date) -> int | None:
    """The hour of now when `chosen` is today."""
    here = chosen == moment.today and moment.current is not None
    return int(moment.current["hour"]) if here and moment.current is not None else None


def _shown(
    moment: Moment[Now], data: Now, rows: pd.DataFrame, t: Words, *, chosen: date, series: str
) -> charts.Day:
    beside = measured_day(data, chosen)
    return charts.Day(
        day=chosen,
        series=series,
        rows=rows,
        spans=moment.spans,
        actual=pd.Series(dtype=float) if beside is None else measured(data, series, beside),
        actual_day=beside,
        now_hour=_now_hour(moment, chosen),
        top=drawn.top_of(data, series, t),
        stale=moment.state.stale,
    )
