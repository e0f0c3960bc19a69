"""One day, hour by hour: the strip, the chart beside the usual, and the same numbers as a table.
No state is decided here; an old forecast is shown in grey."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from ui.choices import choose
from ui.pages.now.read import Now, measured, measured_day
from ui.pages.now.why import why
from ui.show import charts, levels, parts, sentences, wording
from ui.state import slots
from ui.state.moment import Moment
from ui.strings import Words

#: So many series can be chosen side by side; of more a list opens.
BESIDE = 4


def day(moment: Moment[Now], data: Now, t: Words) -> None:
    """The chosen day of the chosen series."""
    chosen = _choose_day(moment, t)
    series = choose(
        "series",
        t("series.choose"),
        moment.series,
        partial(t.name, "series"),
        data.total,
        shape="row" if len(moment.series) <= BESIDE else "list",
    )
    timeline = slots.timeline(data.forecast[data.forecast["series"] == series])
    rows = slots.day_of(timeline, chosen)
    when = wording.day_text(chosen, t)
    st.html(parts.title(t("strip.title", date=when), t))
    if chosen != moment.today and series == data.total and not moment.state.stale:
        st.html(parts.block("", f"<p>{sentences.advice(rows, moment.spans, t)}</p>", t))
    st.html(parts.strip(_cells(moment, data, rows, chosen, t), t("strip.label", date=when), t))
    _chart(moment, _shown(moment, data, rows, t, chosen=chosen, series=series), t)
    if not moment.state.stale:
        why(rows, chosen, moment.state.tier, t)


def _choose_day(moment: Moment[Now], t: Words) -> date:
    def text(iso: str) -> str:
        return wording.day_from(date.fromisoformat(iso), moment.today, t)

    default = moment.today or moment.days[0]
    options = [item.isoformat() for item in moment.days]
    return date.fromisoformat(choose("d", t("days.choose"), options, text, default.isoformat()))


def _cells(
    moment: Moment[Now], data: Now, rows: pd.DataFrame, chosen: date, t: Words
) -> list[parts.Cell]:
    here = _now_hour(moment, chosen)
    names = data.levels.names if data.levels else None
    return [
        parts.Cell(
            span=moment.spans[int(str(hour))],
            people=row["q50"] if wording.known(row["q50"]) else None,
            mark=parts.mark(row["level"], names, t, grey=moment.state.stale),
            now=hour == here,
            past=here is not None and int(str(hour)) < here,
            fallback=moment.state.tier != "champion",
        )
        for hour, row in rows.iterrows()
    ]


def _now_hour(moment: Moment[Now], chosen: date) -> int | None:
    """The hour of now when `chosen` is today."""
    here = chosen == moment.today and moment.current is not None
    return int(moment.current["hour"]) if here and moment.current is not None else None


def _shown(
    moment: Moment[Now], data: Now, rows: pd.DataFrame, t: Words, *, chosen: date, series: str
) -> charts.Day:
    beside = measured_day(data, chosen)
    known = data.levels if series == data.total else None
    return charts.Day(
        day=chosen,
        series=series,
        rows=rows,
        spans=moment.spans,
        actual=pd.Series(dtype=float) if beside is None else measured(data, series, beside),
        actual_day=beside,
        now_hour=_now_hour(moment, chosen),
        top=(levels.word(len(known.names) - 1, known.names, t), known.lower[-1]) if known else None,
        stale=moment.state.stale,
    )


def _chart(moment: Moment[Now], shown: charts.Day, t: Words) -> None:
    st.html(parts.title(t("chart.title", series=t.name("series", shown.series)), t))
    keys = [
        ("forecast", t("chart.forecast")),
        ("range", t("chart.range")),
        ("usual", t("chart.usual")),
    ]
    if shown.actual_day is not None:
        same = shown.actual_day == shown.day
        key, kind = ("chart.actual", "actual") if same else ("chart.actual_before", "actual before")
        keys.append((kind, t(key, date=wording.day_text(shown.actual_day, t))))
    st.html(parts.legend(keys, t))
    st.altair_chart(charts.day_chart(shown, t), width="stretch", alt=charts.alt_text(shown, t))
    with st.expander(t("table.title")):
        st.table(_table(moment, shown, t), hide_index=True, alt=charts.alt_text(shown, t))


def _table(moment: Moment[Now], shown: charts.Day, t: Words) -> pd.DataFrame:
    """The numbers of the chart as texts; what is not known is a dash."""
    none, data = t("table.none"), moment.data
    assert data is not None
    frame = charts.table(shown)
    said = pd.DataFrame(
        {t("table.time"): [wording.short_slot(moment.spans[hour], t) for hour in frame["hour"]]}
    )
    if shown.top is not None:
        names = data.levels.names if data.levels else None
        marks = [parts.mark(level, names, t) for level in shown.rows["level"]]
        said[t("table.level")] = [
            f"{levels.SYMBOLS[m.level]} {m.word}" if m else none for m in marks
        ]
    said[t("table.people")] = [_number(value, none) for value in frame["q50"]]
    said[t("table.range")] = frame["range"].fillna(none)
    said[t("table.usual")] = [_number(value, none) for value in frame["usual"]]
    if shown.actual_day is not None:
        head = f"{t('table.actual')} {wording.day_text(shown.actual_day, t)}"
        said[head] = [wording.exact(v) if wording.known(v) else none for v in frame["actual"]]
    return said


def _number(value: float, none: str) -> str:
    return wording.people(value) if wording.known(value) else none
