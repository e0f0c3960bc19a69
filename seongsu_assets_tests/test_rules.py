"""The rules of Prometheus, by promtool: they are read, their tests pass, and the tests can fail.
The queries of the dashboards are in `test_dashboards`."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.monitoring import case
from seongsu_assets.monitoring.alerts import ALERTS
from seongsu_assets.monitoring.cases import ALERT_CASES
from seongsu_assets.monitoring.files import DOCKER
from seongsu_assets.monitoring.record_cases import RECORD_CASES
from seongsu_assets.monitoring.recorded import RECORDED
from seongsu_assets.monitoring.rule import ITS_KIND, Alert

FOLDER = DOCKER / "prometheus"
NAMES = {alert.name for alert in ALERTS}
needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="no promtool on this machine"
)


def promtool(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["promtool", *words], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@needs_promtool
@pytest.mark.parametrize("name", ["prometheus.yml", "compose.yml"])
def test_prometheus_reads_its_settings_and_rules(name: str) -> None:
    checked = promtool(FOLDER, "check", "config", name)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(RECORDED) + len(ALERTS)} rules found" in checked.stdout


@needs_promtool
def test_every_rule_does_what_its_tests_say() -> None:
    tested = promtool(FOLDER, "test", "rules", "rules_test.yml")
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_every_rule_has_a_test() -> None:
    assert {each.alert for each in ALERT_CASES} == NAMES
    assert {each.record for each in RECORD_CASES} == {record.name for record in RECORDED}


def failing(folder: Path, change: Any) -> set[str]:
    """The alerts of which a test fails once each expression is changed."""
    known = yaml.safe_load((FOLDER / "rules.yml").read_text())
    for group in known["groups"]:
        for rule in group["rules"]:
            if "alert" in rule:
                rule["expr"] = change(rule["expr"])
    (folder / "rules.yml").write_text(yaml.safe_dump(known))
    (folder / "rules_test.yml").write_text(case.tests((), ALERT_CASES, ALERTS))
    tested = promtool(folder, "test", "rules", "rules_test.yml")
    assert tested.returncode != 0
    return set(re.findall(r"alertname: (\w+)", tested.stdout + tested.stderr))


@needs_promtool
@pytest.mark.parametrize("always", ["vector(1) < 0", "vector(1) > 0"])
def test_an_alert_that_never_or_always_fires_fails_its_tests(tmp_path: Path, always: str) -> None:
    assert failing(tmp_path, lambda _: always) == NAMES


@needs_promtool
def test_an_alert_with_another_threshold_fails_its_tests(tmp_path: Path) -> None:
    def doubled(expression: str) -> str:
        return re.sub(r"([<>]=?) (\d[\d.]*)", lambda m: f"{m[1]} {2 * float(m[2])}", expression)

    with_threshold = {each.name for each in ALERTS if re.search(r"[<>]=? [\d.]*[1-9]", each.expr)}
    assert len(with_threshold) > len(NAMES) / 2
    assert failing(tmp_path, doubled) >= with_threshold


def anchors(alert: Alert) -> set[str]:
    """The entries of the runbook that an alert may point to."""
    if alert.kind != ITS_KIND:
        return {alert.kind}
    return set(re.findall(r"[a-z_]+", re.findall(r'kind=~"([^"]+)"', alert.expr)[0]))


def test_every_alert_points_to_an_entry_of_the_runbook() -> None:
    pointed = {anchor for alert in ALERTS for anchor in anchors(alert)}
    assert pointed == {name for name, kind in KINDS.items() if kind.severity != "news"}
    book = (DOCKER.parent / "docs" / "runbook.md").read_text()
    headings = set(re.findall(r"^#+ +`?(\w+)`?", book, re.MULTILINE))
    assert pointed <= headings
    assert all(alert.annotations["runbook_url"].startswith("docs/runbook.md#") for alert in ALERTS)
