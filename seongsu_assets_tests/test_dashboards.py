"""The committed dashboards: written from the code, and made of metrics that exist.
That their queries are answered is shown in `test_prometheus`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.api import API
from seongsu_assets.monitoring.alerts import ALERTS
from seongsu_assets.monitoring.files import BOARDS, DOCKER, generated
from seongsu_assets.monitoring.recorded import RECORDED
from seongsu_assets_tests.test_rules import needs_promtool, promtool

FILES = sorted((DOCKER / "grafana" / "dashboards").glob("*.json"))
FAMILIES = (*f.FAMILIES, *API)
HISTOGRAM = ("_bucket", "_count", "_sum")


def boards() -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in FILES]


def asked() -> list[str]:
    """Every query of every committed dashboard."""
    return [
        target["expr"]
        for board in boards()
        for panel in board["panels"]
        for target in panel.get("targets", [])
    ]


def known() -> set[str]:
    """Every name that a query may use."""
    plain = {family.full for family in FAMILIES if family.kind != "histogram"}
    parts = {family.full + end for family in FAMILIES if family.bounds for end in HISTOGRAM}
    return plain | parts | {record.name for record in RECORDED}


def names(expression: str) -> set[str]:
    without_texts = re.sub(r'"[^"]*"', '""', expression)
    return set(re.findall(r"(?:\w+:)?seongsu_\w+(?::\w+)?", without_texts))


def test_what_is_committed_is_what_the_code_says() -> None:
    """An intended change is committed with `python -m seongsu_assets.monitoring`."""
    committed = {
        str(path.relative_to(DOCKER)): path.read_text()
        for folder in ("grafana", "prometheus")
        for path in (DOCKER / folder).rglob("*")
        if path.is_file()
    }
    assert committed == generated()


def test_every_query_is_made_of_metrics_that_exist() -> None:
    expressions = [*asked(), *(each.expr for each in (*RECORDED, *ALERTS))]
    assert {name for each in expressions for name in names(each)} <= known()


def test_every_metric_is_shown_or_watched() -> None:
    used = {name for each in asked() for name in names(each)}
    used |= {name for each in (*RECORDED, *ALERTS) for name in names(each.expr)}
    idle = [each.full for each in FAMILIES if not any(n.startswith(each.full) for n in used)]
    assert idle == []


def test_every_recorded_query_is_shown_or_watched() -> None:
    used = {name for each in (*asked(), *(a.expr for a in ALERTS)) for name in names(each)}
    assert {record.name for record in RECORDED} <= used


@needs_promtool
def test_every_query_is_read_by_promtool(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:query:{number}", "expr": expression.replace("$domain", "seongsu")}
        for number, expression in enumerate(asked())
    ]
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": [{"name": "x", "rules": rules}]}))
    checked = promtool(tmp_path, "check", "rules", "rules.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(rules)} rules found" in checked.stdout


def test_a_query_cannot_name_a_label_that_a_metric_has_not() -> None:
    with pytest.raises(ValueError, match="has no label hour"):
        f.LIVE_WAPE.where(hour="7")
    with pytest.raises(ValueError, match="has no label hour"):
        f.LIVE_WAPE.where('hour!="7"')
    with pytest.raises(ValueError, match="only a histogram has parts"):
        f.RUN_SECONDS.where()


def test_there_are_four_dashboards_and_each_panel_says_what_it_shows() -> None:
    assert [file.stem for file in FILES] == sorted(board.uid for board in BOARDS)
    assert len(FILES) == 4
    for board in boards():
        panels = [panel for panel in board["panels"] if panel["type"] != "row"]
        assert all(panel["title"] and panel["description"] for panel in panels)
        assert all(panel["targets"] for panel in panels)
        assert len({panel["title"] for panel in panels}) == len(panels)


def test_grafanas_own_types_read_a_dashboard_and_write_the_same() -> None:
    for file in FILES:
        read = Dashboard.from_json(json.loads(file.read_text()))
        again = JSONEncoder(sort_keys=True, indent=2).encode(read)
        assert json.loads(again) == json.loads(file.read_text())


def test_no_two_panels_lie_upon_each_other() -> None:
    for board in boards():
        taken: set[tuple[int, int]] = set()
        for panel in board["panels"]:
            place = panel["gridPos"]
            assert place["x"] + place["w"] <= 24
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert not cells & taken, panel["title"]
            taken |= cells
