"""The guidebook in front of what Dagster answered in a rehearsal, to be told again and changed.
No assertions here. Of long lists of checks and of long texts some were left out."""

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from seongsu_assets.settings import Settings
from seongsu_assets_tests.graphql_desk import GraphqlDesk, graphql_desk
from seongsu_assets_tests.ui_page import Page
from seongsu_assets_tests.ui_world import said

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


@contextmanager
def desk() -> Iterator[GraphqlDesk]:
    """Who stands for Dagster, with that answer."""
    with graphql_desk() as found:
        found.answer = answer()
        yield found


def page(monkeypatch, url: str, dagster: GraphqlDesk) -> Page:
    """The app in front of a database and of `dagster`, when its answer was given."""
    found = Page(monkeypatch, url)
    found.now = HEARD
    at(monkeypatch, pages=dagster.url)
    return found


def at(monkeypatch, **known) -> None:
    """What the settings know of Dagster and MLflow."""
    settings = Settings(_env_file=None, **known)
    monkeypatch.setattr("ui.state.doors.settings", lambda: settings)


def opened(page: Page, language="ko", **query) -> AppTest:
    return page.open(language, path="guidebook", **query)


def plain(app: AppTest) -> str:
    return unescape(" ".join(said(app).split()))


def buttons(app: AppTest) -> dict[str, str]:
    """The label of each stage's button, without what Markdown needs."""
    return {
        each.key.removeprefix("stage_"): re.sub(r"\\(.)|[*`]", r"\1", each.label).replace("\n", " ")
        for each in app.button
    }  # fmt: skip
