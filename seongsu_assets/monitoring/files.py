"""All that is written for Prometheus and Grafana, as texts by their place below docker/.
The committed files are compared with these in the tests."""

from pathlib import Path

from seongsu_assets.monitoring import case, grafana, prometheus, rule
from seongsu_assets.monitoring.alerts import ALERTS
from seongsu_assets.monitoring.cases import ALERT_CASES
from seongsu_assets.monitoring.drifting import DRIFT
from seongsu_assets.monitoring.overview import OVERVIEW
from seongsu_assets.monitoring.performance import PERFORMANCE
from seongsu_assets.monitoring.record_cases import RECORD_CASES
from seongsu_assets.monitoring.recorded import RECORDED
from seongsu_assets.monitoring.training import TRAINING

BOARDS = (OVERVIEW, PERFORMANCE, DRIFT, TRAINING)
DOCKER = Path(__file__).parents[2] / "docker"


def generated() -> dict[str, str]:
    """Every file's text."""
    provisioning = "grafana/provisioning"
    return {
        "prometheus/prometheus.yml": prometheus.settings(),
        "prometheus/compose.yml": prometheus.in_containers(),
        "prometheus/rules.yml": rule.rules(RECORDED, ALERTS),
        "prometheus/rules_test.yml": case.tests(RECORD_CASES, ALERT_CASES, ALERTS),
        f"{provisioning}/datasources/prometheus.yml": prometheus.datasource(),
        f"{provisioning}/dashboards/seongsu.yml": prometheus.dashboards(),
        **{f"grafana/dashboards/{board.uid}.json": grafana.as_json(board) for board in BOARDS},
    }
