"""The charts, each with the sentence that says what it shows to those who cannot see it.
No database and no layout; colours of levels are in levels.py."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from ui.show import wording
from ui.state.slots import Span, extreme
from ui.strings import Words

FORECAST, USUAL, ACTUAL, MARK = "#2c7bb6", "#8d949c", "#d9730d", "#8d949c"
HEIGHT = 260
#: A slot without a value interrupts the line: it is neither zero nor bridged.
GAP = "break-paths-show-domains"


@dataclass(frozen=True)
class Day:
    """What one chart shows: `rows` of one series indexed by hour (q10, q50, q90, usual), `actual`
    people by hour of the day `actual_day`, the cut-off of the top level where there is one."""

    day: date
    series: str
    rows: pd.DataFrame
    spans: dict[int, Span]
    actual: pd.Series
    actual_day: date | None
    now_hour: int | None = None
    top: tuple[str, float] | None = None
    stale: bool = False
    #: The last day, where each slot is a day or a week of its own.
    last: date | None = None


def table(shown: Day) -> pd.DataFrame:
    """The rows behind the chart: one per slot, missing where unknown."""
    frame = shown.rows[["q10", "q50", "q90", "usual"]].astype(float)
    labels = [wording.axis_slot(shown.spans[hour]) for hour in frame.index]
    actual = shown.actual.reindex(frame.index)
    return frame.assign(slot=labels, actual=actual, range=_ranges(frame)).reset_index()


def _ranges(frame: pd.DataFrame) -> pd.Series:
    """The range in words per slot, None where there is no forecast."""
    ends = zip(frame["q10"], frame["q90"], strict=True)
    said = [wording.between(low, high) if wording.known(low) else None for low, high in ends]
    return pd.Series(said, index=frame.index, dtype=object)


def day_chart(shown: Day, t: Words) -> alt.LayerChart:
    """Usual bars, the forecast with its range, and measured dots, hollow for another day.

    Channels are objects: Altair takes 5 ms to work out what a string like "q50:Q" means."""
    frame = table(shown)
    axis = alt.Axis(labelAngle=0, labelOverlap="parity", title=None, grid=False)
    # Stated, since Vega would put a slot without a forecast behind all others.
    slots = alt.Scale(domain=list(frame["slot"]))
    place = alt.X("slot:N", sort=None, axis=axis, scale=slots)
    high = _stands_high(frame)
    people = alt.Y("usual:Q", axis=alt.Axis(format=",d", title=None, tickCount=4),
                   scale=alt.Scale(zero=not high))  # fmt: skip
    base = alt.Chart(frame).encode(x=place, tooltip=_tooltip(t))
    same = shown.actual_day == shown.day
    layers: list[Any] = [
        _usual(base, high).encode(y=people),
        base.mark_area(color=FORECAST, opacity=0.28, invalid=GAP).encode(
            y=alt.Y("q10:Q"), y2=alt.Y2("q90:Q")
        ),
        base.mark_line(color=FORECAST, strokeWidth=3, invalid=GAP).encode(y=alt.Y("q50:Q")),
        base.mark_point(color=ACTUAL, filled=same, size=55, opacity=1).encode(y=alt.Y("actual:Q")),
        *_marks(shown, frame, place),
    ]
    return alt.LayerChart(layer=layers, height=HEIGHT, view=alt.ViewBackground(strokeWidth=0))


def _stands_high(frame: pd.DataFrame) -> bool:
    """Whether all is so far above zero that from there nothing could be told apart."""
    values = frame[["q10", "q90", "usual", "actual"]]
    return bool(values.min().min() > values.max().max() / 2)


def _usual(base: alt.Chart, high: bool) -> alt.Chart:
    """Bars grow from zero; where that is out of sight they would lie."""
    if high:
        return base.mark_tick(color=USUAL, thickness=3)
    return base.mark_bar(color=USUAL, opacity=0.35)


def _tooltip(t: Words) -> list[alt.Tooltip]:
    numbers = {"q50": "forecast", "usual": "usual", "actual": "measured"}
    return [
        alt.Tooltip("slot:N", title=t("chart.time")),
        *(
            alt.Tooltip(f"{column}:Q", title=t(f"chart.{key}"), format=",.0f")
            for column, key in numbers.items()
        ),
        alt.Tooltip("range:N", title=t("chart.range")),
    ]


def _marks(shown: Day, frame: pd.DataFrame, place: alt.X) -> list[alt.Chart]:
    """The line of now, and the line above which the top level begins if it is within sight."""
    marks: list[alt.Chart] = []
    if shown.now_hour in shown.spans:
        here = pd.DataFrame({"slot": [wording.axis_slot(shown.spans[shown.now_hour])]})
        marks.append(
            alt.Chart(here).mark_rule(color=MARK, strokeDash=[2, 3], strokeWidth=2).encode(x=place)
        )
    if shown.top is not None and shown.top[1] <= frame[["q90", "usual", "actual"]].max().max():
        word, lower = shown.top
        line = alt.Chart(
            pd.DataFrame({"lower": [lower], "word": [f"{word} ≥ {wording.people(lower)}"]})
        )
        marks.append(line.mark_rule(color=MARK, strokeDash=[6, 4]).encode(y=alt.Y("lower:Q")))
        # At the day's end, which is calm: at its start the morning's peak is beneath the words.
        text = line.mark_text(align="right", dx=-4, dy=-7, fontSize=12, color=MARK)
        end = alt.XValue("width")
        marks.append(text.encode(y=alt.Y("lower:Q"), x=end, text=alt.Text("word:N")))
    return marks


def alt_text(shown: Day, t: Words) -> str:
    """The chart in a sentence: the most, the fewest, how sure, and which day the dots are of."""
    name, when = t.name("series", shown.series), wording.days(shown.day, shown.last, t)
    rows = shown.rows.loc[[not shown.spans[hour].edge for hour in shown.rows.index]].dropna(
        subset=["q50"]
    )
    if rows.empty:
        return t("chart.alt_empty", series=name, date=when)
    peak, calm = extreme(rows["q50"], most=True), extreme(rows["q50"], most=False)
    said = [
        t(
            "chart.alt",
            date=when,
            series=name,
            peak=wording.slot(shown.spans[peak], t),
            people=wording.people(rows["q50"][peak]),
            calm=wording.slot(shown.spans[calm], t),
            least=wording.people(rows["q50"][calm]),
            low=wording.people(rows["q10"][peak]),
            high=wording.people(rows["q90"][peak]),
        )
    ]
    if shown.actual_day is not None:
        said.append(t("chart.alt_actual", date=wording.day_text(shown.actual_day, t)))
    if shown.stale:
        said.append(t("chart.alt_stale"))
    return " ".join(said)
