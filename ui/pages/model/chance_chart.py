"""The chart of chances beside what came: the nearer to the line, the truer.
No texts of its own; who draws it says its sentence."""

import altair as alt
import pandas as pd

from ui.show.charts import FORECAST, USUAL
from ui.strings import Words

HEIGHT = 260


def chance_chart(told: pd.DataFrame, t: Words) -> alt.LayerChart:
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
        layer=[line, *points], height=HEIGHT, view=alt.ViewBackground(strokeWidth=0)
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
