"""A unit test of one rule as a value, and the YAML that promtool runs.
Which cases there are is in `cases`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seongsu_assets.monitoring.rule import RUNBOOK, Alert, as_yaml

Series = Mapping[str, str]


@dataclass(frozen=True)
class AlertCase:
    """The alert fires `at` upon `fires`, with these labels and summary, and not upon `quiet`.

    Series in promtool's words, one value a minute: `0+60x90` is 0, 60, ... 5400."""

    alert: str
    fires: Series
    quiet: Series
    at: str
    labels: Mapping[str, str]
    summary: str
    kind: str

    def as_tests(self, known: Mapping[str, Alert]) -> list[dict[str, Any]]:
        expected = {
            "exp_labels": {**self.labels, "severity": known[self.alert].severity},
            "exp_annotations": {
                "summary": self.summary,
                "runbook_url": f"{RUNBOOK}#{self.kind}",
            },
        }
        return [
            self._test("fires", self.fires, [expected]),
            self._test("is quiet", self.quiet, []),
        ]

    def _test(self, does: str, series: Series, expected: list[dict[str, Any]]) -> dict[str, Any]:
        asked = {"eval_time": self.at, "alertname": self.alert, "exp_alerts": expected}
        return {
            "name": f"{self.alert} {does}",
            "interval": "1m",
            "input_series": _input(series),
            "alert_rule_test": [asked],
        }


@dataclass(frozen=True)
class RecordCase:
    """The recorded series has these samples `at`."""

    record: str
    series: Series
    at: str
    samples: Mapping[str, float] = field(default_factory=dict[str, float])

    def as_test(self) -> dict[str, Any]:
        samples = [{"labels": labels, "value": value} for labels, value in self.samples.items()]
        asked = {"expr": self.record, "eval_time": self.at, "exp_samples": samples}
        return {
            "name": self.record,
            "interval": "1m",
            "input_series": _input(self.series),
            "promql_expr_test": [asked],
        }


def _input(series: Series) -> list[dict[str, str]]:
    return [{"series": name, "values": values} for name, values in series.items()]


def tests(
    records: Sequence[RecordCase], alerts: Sequence[AlertCase], known: Sequence[Alert]
) -> str:
    """The file of promtool's tests."""
    by_name = {alert.name: alert for alert in known}
    listed = [
        *(each.as_test() for each in records),
        *(test for each in alerts for test in each.as_tests(by_name)),
    ]
    value = {"rule_files": ["rules.yml"], "evaluation_interval": "5m", "tests": listed}
    return as_yaml(value, "Each alert fires when it should and is quiet when it should be.")
