"""A dashboard in Grafana's own JSON, by its typed SDK.
What it shows is a `Board`; Grafana itself is not needed to write it."""

from typing import Any

from grafana_foundation_sdk.builders import (
    bargauge,
    dashboard,
    prometheus,
    stat,
    statetimeline,
    timeseries,
)
from grafana_foundation_sdk.builders import table as tables
from grafana_foundation_sdk.builders.common import ReduceDataOptions
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard as shapes
from grafana_foundation_sdk.models.common import VisibilityMode
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring.board import Board, Panel, Query
from seongsu_assets.monitoring.prometheus import DATASOURCE

_SOURCE = shapes.DataSourceRef(type_val="prometheus", uid=DATASOURCE)
_BUILDERS: dict[str, Any] = {
    "stat": stat.Panel,
    "lines": timeseries.Panel,
    "bars": bargauge.Panel,
    "states": statetimeline.Panel,
    "table": tables.Panel,
}
#: Shapes that show what is now, and no history.
_NOW = ("stat", "bars", "table")


def as_json(board: Board) -> str:
    """The dashboard, the same text for the same board."""
    built = (
        dashboard.Dashboard(board.title)
        .uid(board.uid)
        .description(board.told)
        .tags(["daily-seongsu"])
        .readonly()
        .refresh("1m")
        .time("now-7d", "now")
        .timezone("browser")
        .with_variable(_domains())
    )
    for row in board.rows:
        built = built.with_row(dashboard.Row(row.title))
        for panel in row.panels:
            built = built.with_panel(_panel(panel))
    return JSONEncoder(sort_keys=True, indent=2).encode(built.build()) + "\n"


def _domains() -> dashboard.QueryVariable:
    return (
        dashboard.QueryVariable("domain")
        .label("domain")
        .datasource(_SOURCE)
        .query(f"label_values({f.SAMPLE_DATA.full}, domain)")
        .refresh(shapes.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .multi(True)
        .include_all(True)
        .all_value(".*")
        .current(shapes.VariableOption(selected=True, text="All", value="$__all"))
    )


def _panel(panel: Panel) -> Any:
    built = (
        _BUILDERS[panel.shape]()
        .title(panel.title)
        .description(panel.told)
        .datasource(_SOURCE)
        .unit(panel.unit)
        .thresholds(_thresholds(panel))
        .span(panel.width)
        .height(panel.height)
    )
    for place, query in enumerate(panel.queries):
        built = built.with_target(_query(panel, query, chr(ord("A") + place)))
    if panel.shape == "lines":
        # what is known every half minute may be known once a day: a point must be seen
        built = built.fill_opacity(5).show_points(VisibilityMode.AUTO)
    if panel.shape in {"stat", "bars"}:
        built = built.reduce_options(ReduceDataOptions().calcs(["lastNotNull"]))
    return built


def _query(panel: Panel, query: Query, name: str) -> prometheus.Dataquery:
    built = prometheus.Dataquery().ref_id(name).expr(query.expr).legend_format(query.legend)
    built = built.datasource(_SOURCE)
    if panel.shape not in _NOW:
        return built.range()
    built = built.instant()
    return built.format(PromQueryFormat.TABLE) if panel.shape == "table" else built


def _thresholds(panel: Panel) -> dashboard.ThresholdsConfig:
    first = shapes.Threshold(value=None, color="green" if panel.limits else "blue")
    steps = [first, *(shapes.Threshold(value=value, color=color) for value, color in panel.limits)]
    return dashboard.ThresholdsConfig().mode(shapes.ThresholdsMode.ABSOLUTE).steps(steps)
