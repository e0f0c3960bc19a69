"""Recording and alerting rules as values, and the YAML that Prometheus reads.
Which rules there are is in `recorded` and `alerts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

RUNBOOK = "docs/runbook.md"
#: The kind of the incident itself, where an alert stands for every kind.
ITS_KIND = "{{ $labels.kind }}"


@dataclass(frozen=True)
class Record:
    """A query that is asked once and shown often, under the name level:metric:operation."""

    name: str
    expr: str

    def as_rule(self) -> dict[str, Any]:
        return {"record": self.name, "expr": self.expr}


@dataclass(frozen=True)
class Alert:
    """Fires when `expr` has an answer for so long (`lasts`). `kind` is its entry in the runbook."""

    name: str
    expr: str
    lasts: str
    severity: Literal["page", "warn"]
    kind: str
    summary: str

    def as_rule(self) -> dict[str, Any]:
        return {
            "alert": self.name,
            "expr": self.expr,
            "for": self.lasts,
            "labels": {"severity": self.severity},
            "annotations": self.annotations,
        }

    @property
    def annotations(self) -> dict[str, str]:
        return {"summary": self.summary, "runbook_url": f"{RUNBOOK}#{self.kind}"}


def as_yaml(value: Any, told: str) -> str:
    """YAML that stays the same for the same value, under a line that says where it is from."""
    body = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000)
    return f"# {told}\n# Written by `python -m seongsu_assets.monitoring`; change the code.\n{body}"


def rules(records: Sequence[Record], alerts: Sequence[Alert]) -> str:
    """The rules file."""
    groups = [
        {"name": name, "rules": [each.as_rule() for each in each_rule]}
        for name, each_rule in (("seongsu-recorded", records), ("seongsu-alerts", alerts))
    ]
    return as_yaml({"groups": groups}, "What is asked often, and when to call somebody.")
