"""What Dagster answered to the guidebook's question in a rehearsal, to be told again and changed.
No assertions here. Of long lists of checks and of long texts some were left out."""

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

#: A while after the answer was given; no stage was made later.
HEARD = datetime(2026, 11, 22, 0, 40, tzinfo=UTC)
_ANSWER = json.loads(Path(__file__).with_name("dagster_answer.json").read_text())


def answer() -> dict[str, Any]:
    """One to be changed."""
    return copy.deepcopy(_ANSWER)


def node(told: dict[str, Any], name: str) -> dict[str, Any]:
    """A stage of it."""
    return next(each for each in told["data"]["assetNodes"] if each["assetKey"]["path"][-1] == name)


def judge(told: dict[str, Any], name: str, status: str, severity: str = "ERROR", why: str = ""):
    """The first check of a stage comes out like this."""
    check = node(told, name)["assetChecksOrError"]["checks"][0]
    check["executionForLatestMaterialization"] = {
        "runId": "judged", "status": status, "timestamp": HEARD.timestamp(), "partition": None,
        "evaluation": {"severity": severity, "description": why},
    }  # fmt: skip


def run(
    told: dict[str, Any], kind: str, job: str, steps: dict[str, str], *,
    minutes: int = 1, chosen: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """A run, `active` or `failed`, that ended so many minutes before it was told of."""
    at = (HEARD - timedelta(minutes=minutes)).timestamp()
    told["data"][kind]["results"].append({
        "runId": f"{kind}-{job}", "jobName": job, "status": "FAILURE", "startTime": at,
        "endTime": at if kind == "failed" else None,
        "assetSelection": [{"path": ["seongsu", name]} for name in chosen] or None,
        "stepStats": [{"stepKey": step, "status": status} for step, status in steps.items()],
    })  # fmt: skip


def never_run(told: dict[str, Any]) -> None:
    """As in a home in which nothing has happened yet."""
    for each in told["data"]["assetNodes"]:
        each["assetMaterializations"] = []
        each["partitionStats"] = each["partitionStats"] and {"numMaterialized": 0}
        for check in each["assetChecksOrError"]["checks"]:
            check["executionForLatestMaterialization"] = None
