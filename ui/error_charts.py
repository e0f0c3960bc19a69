"""The charts of errors: by how far ahead, and chances beside what came.
No texts of their own; who draws one says its sentence."""

import altair as alt
import pandas as pd

from ui.charts import FORECAST, USUAL
from ui.score import Score
from ui.strings import Words

HEIGHT = 200


def horizons(by_horizon: dict[int, Score], t: Words) -> alt.LayerChart:
    """Our error by days ahead as a line, last week's as a dashed one."""
    rows = [
        {"ahead": f"{ahead}", "error": error, "kind": kind}
        for ahead, each in by_horizon.items()
        for kind, error in (("ours", each.wape), ("naive", each.naive))
    ]
    frame = pd.DataFrame(rows)
    x = alt.X("ahead:N", sort=None, axis=alt.Axis(labelAngle=0, title=t("axis.ahead"), grid=False))
    y = alt.Y("error:Q", axis=alt.Axis(format="%", title=None, tickCount=4))
    tooltip = [
        alt.Tooltip("ahead:N", title=t("axis.ahead")),
        alt.Tooltip("error:Q", title=t("axis.off"), format=".0%"),
    ]
    ours = alt.Chart(frame[frame["kind"] == "ours"]).encode(x=x, y=y, tooltip=tooltip)
    naive = alt.Chart(frame[frame["kind"] == "naive"]).encode(x=x, y=y, tooltip=tooltip)
    return alt.LayerChart(
        layer=[
            naive.mark_line(color=USUAL, strokeDash=[6, 4], strokeWidth=2, point=False),
            naive.mark_point(color=USUAL, filled=False, size=50, shape="square"),
            ours.mark_line(color=FORECAST, strokeWidth=3),
            ours.mark_point(color=FORECAST, filled=True, size=70, opacity=1),
        ],
        height=HEIGHT,
        view=alt.ViewBackground(strokeWidth=0),
    )


def chances(told: pd.DataFrame, t: Words) -> alt.LayerChart:
    """`told`: chance, share, hours, few. The nearer to the dashed line, the truer; hollow: few."""
    scale = alt.Scale(domain=[0, 1])
    x = alt.X(
        "chance:Q", scale=scale, axis=alt.Axis(format="%", title=t("axis.chance"), tickCount=5)
    )
    y = alt.Y("share:Q", scale=scale, axis=_on_top(t("axis.came")))
    size = alt.Size("hours:Q", scale=alt.Scale(range=[50, 400]), legend=None)
    tooltip = [
        alt.Tooltip("chance:Q", title=t("axis.chance"), format=".0%"),
        alt.Tooltip("share:Q", title=t("axis.came"), format=".0%"),
        alt.Tooltip("hours:Q", title=t("chances.hours"), format=",.0f"),
    ]
    ends = alt.Chart(pd.DataFrame({"chance": [0.0, 1.0], "share": [0.0, 1.0]}))
    frame = told[["chance", "share", "hours", "few"]].astype({"hours": float})
    points = [
        alt.Chart(frame[frame["few"] == few])
        .mark_point(color=FORECAST, filled=not few, opacity=1)
        .encode(x=x, y=y, size=size, tooltip=tooltip)
        for few in (True, False)
    ]
    line = ends.mark_line(color=USUAL, strokeDash=[6, 4], strokeWidth=2).encode(x=x, y=y)
    return alt.LayerChart(
        layer=[line, *points], height=HEIGHT + 60, view=alt.ViewBackground(strokeWidth=0)
    )


def _on_top(title: str) -> alt.Axis:
    """An upright axis whose title is written above it, to be read without turning one's head."""
    return alt.Axis(
        format="%",
        tickCount=5,
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=0,
        titleY=-14,
    )
