"""The chart of our error by how far ahead, beside last week's.
No texts of its own; who draws it says its sentence."""

import altair as alt
import pandas as pd

from ui.pages.right.score import Score
from ui.show.charts import FORECAST, USUAL
from ui.strings import Words

HEIGHT = 200


def horizon_chart(by_horizon: dict[int, Score], t: Words) -> alt.LayerChart:
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
