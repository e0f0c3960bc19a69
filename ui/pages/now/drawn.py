"""What a day, or all days ahead, is shown as: the strip, the chart beside the usual, and a table.
Which slots those are, `day` and `periods` say; an old forecast is grey."""

import pandas as pd
import streamlit as st

from ui.pages.now.read import Now
from ui.show import charts, levels, parts, wording
from ui.state.moment import Moment
from ui.strings import Words


def strip(moment: Moment[Now], data: Now, shown: charts.Day, t: Words) -> None:
    """The slots side by side."""
    when = wording.days(shown.day, shown.last, t)
    st.html(parts.strip(_cells(moment, data, shown, t), t("strip.label", date=when), t))


def _cells(moment: Moment[Now], data: Now, shown: charts.Day, t: Words) -> list[parts.Cell]:
    here = shown.now_hour
    names = data.levels.names if data.levels else None
    return [
        parts.Cell(
            span=shown.spans[int(str(hour))],
            people=row["q50"] if wording.known(row["q50"]) else None,
            mark=parts.mark(row["level"], names, t, grey=moment.state.stale),
            now=hour == here,
            past=here is not None and int(str(hour)) < here,
            fallback=moment.state.tier != "champion",
        )
        for hour, row in shown.rows.iterrows()
    ]


def top_of(data: Now, series: str, t: Words) -> tuple[str, float] | None:
    """The word of the top level and where it begins; only the total has levels."""
    known = data.levels if series == data.total else None
    if known is None:
        return None
    return levels.word(len(known.names) - 1, known.names, t), known.lower[-1]


def chart(data: Now, shown: charts.Day, t: Words) -> None:
    """The chart, and the same numbers as a table."""
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
        st.table(_table(data, shown, t), hide_index=True, alt=charts.alt_text(shown, t))


def _table(data: Now, shown: charts.Day, t: Words) -> pd.DataFrame:
    """The numbers of the chart as texts; what is not known is a dash."""
    none = t("table.none")
    frame = charts.table(shown)
    said = pd.DataFrame(
        {t("table.time"): [wording.short_slot(shown.spans[hour], t) for hour in frame["hour"]]}
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
