"""A model is promoted by hand, and a forecast published, while requests come: what is told changes
within a second, and none fails."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import dagster as dg
import httpx
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.warehouse import forecasts, models
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.api_world import DATASET, Api, patient, serving
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.test_api_writes import another, champion
from seongsu_assets_tests.world import World

#: Seconds after which every answer must tell the new.
AT_ONCE = 1.0
PREDICT = {"domain": "seongsu", "series": "total", "days": [{"date": "2025-06-18"}]}


@dataclass
class Asked:
    """Asks the same again and again: when each request began, its status, and what it named."""

    address: httpx.URL
    stop: Event = field(default_factory=Event)
    told: list[tuple[float, int, Any]] = field(default_factory=list)
    changed: float = float("inf")

    def go_on(self, method: str, path: str, body: Any, name: Any) -> None:
        with httpx.Client(base_url=self.address, trust_env=False, timeout=30) as http:
            while not self.stop.is_set():
                began = time.monotonic()
                answer = http.request(method, path, json=body)
                named = name(answer.json()) if answer.status_code == 200 else answer.text
                self.told.append((began, answer.status_code, named))
                time.sleep(0.005)

    def at_last(self) -> set[Any]:
        """What was told of requests that began so long after the change."""
        return {named for began, _, named in self.told if began >= self.changed + AT_ONCE}


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with serving(world, patient()) as found:
        yield found


def promote(world: World, model_id: str, reason: str = "the rule is too careful") -> Any:
    job = world.definitions.resolve_job_def("seongsu_promote")
    config = {"ops": {"promote": {"config": {"model_id": model_id, "reason": reason}}}}
    return job.execute_in_process(run_config=config, instance=world.instance, raise_on_error=False)


def under_requests(api: Api, method: str, path: str, body: Any, name: Any, change: Any) -> Asked:
    """`change` between requests: the asked until a second and more after it."""
    asked = Asked(api.http.base_url)
    thread = Thread(target=asked.go_on, args=(method, path, body, name))
    thread.start()
    try:
        assert eventually(lambda: len(asked.told) > 1, 60)
        change()
        asked.changed = time.monotonic()
        time.sleep(AT_ONCE + 1.5)
    finally:
        asked.stop.set()
        thread.join()
    assert len(asked.told) > 3
    assert {status for _, status, _ in asked.told} == {200}
    return asked


@pytest.mark.parametrize(
    ("method", "path", "body", "name"),
    [
        ("POST", "/predict", PREDICT, lambda told: told["model"]["model_id"]),
        ("GET", "/forecast?domain=seongsu", None, lambda told: told["champion"]),
        ("GET", "/models?domain=seongsu", None, lambda told: told["champion"]),
        ("GET", "/evaluate?domain=seongsu", None, lambda told: told["champion"]["model_id"]),
    ],
)
def test_a_promotion_is_served_at_once_and_no_request_fails(
    api: Api, method: str, path: str, body: Any, name: Any
) -> None:
    before, newer = champion(api.world), another(api.world)

    def change() -> None:
        assert promote(api.world, newer).success

    asked = under_requests(api, method, path, body, name, change)
    assert {named for _, _, named in asked.told} == {before, newer}
    assert asked.told[0][2] == before
    assert asked.at_last() == {newer}  # type: ignore[attr-defined]


def test_a_publication_is_served_at_once_and_never_half(api: Api) -> None:
    another(api.world)
    with connect(api.world.url) as conn:
        old = forecasts.published(conn, DATASET)
    promote(api.world, "newer")
    api.world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    with connect(api.world.url) as conn:
        new = forecasts.newest(conn, DATASET)
        assert new is not None
        assert new != old

        def change() -> None:
            assert forecasts.publish(conn, DATASET, new, clock.now())

        asked = under_requests(
            api, "GET", "/forecast?domain=seongsu", None,
            lambda told: (told["issue"]["issue_id"], told["issue"]["model_id"], len(told["rows"])),
            change,
        )  # fmt: skip
    assert len({named for _, _, named in asked.told}) == 2
    [(issue, model, rows)] = asked.at_last()
    assert (issue, model) == (new, "newer")
    assert rows == asked.told[0][2][2]


def test_a_decision_by_hand_is_kept_with_its_reason_and_seen_everywhere(api: Api) -> None:
    before, newer = champion(api.world), another(api.world)
    assert promote(api.world, newer, "성수 팝업").success
    told = api.get("/models", domain="seongsu").json()
    assert told["champion"] == newer
    [serving_now] = [model for model in told["models"] if model["serving"]]
    decision = serving_now["decisions"][-1]
    assert (decision["by"], decision["outcome"], decision["champion"]) == (
        "hand",
        "promote",
        before,
    )
    assert decision["reason"] == "by hand: 성수 팝업"
    [other] = [model for model in told["models"] if model["model_id"] == before]
    assert {each["by"] for each in other["decisions"]} == {"rule"}
    event = api.world.instance.get_latest_materialization_event(
        dg.AssetKey(["seongsu", "champion"])
    )
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.metadata["reason"].value == "by hand: 성수 팝업"


def test_the_champion_that_was_may_be_called_back(api: Api) -> None:
    before, newer = champion(api.world), another(api.world)
    assert promote(api.world, newer).success
    assert promote(api.world, before).success
    assert champion(api.world) == before


@pytest.mark.parametrize("kind", ["unknown", "serving", "damaged", "of another domain"])
def test_what_cannot_be_promoted_is_an_error_and_changes_nothing(api: Api, kind: str) -> None:
    before = champion(api.world)
    model_id = {"unknown": "nobody", "serving": before}.get(kind) or another(api.world)
    with connect(api.world.url) as conn:
        conn.execute("alter table warehouse.model disable trigger append_only")
        if kind == "damaged":
            conn.execute("update warehouse.model set booster = 'x' where model_id = 'newer'")
        if kind == "of another domain":
            conn.execute("update warehouse.model set dataset = 'other' where model_id = 'newer'")
    assert not promote(api.world, model_id).success
    assert champion(api.world) == before
    with connect(api.world.url) as conn:
        row = conn.execute("select count(*) from warehouse.decision").fetchone()
    assert row == (1,)


def test_the_next_issue_is_made_by_the_model_promoted(api: Api) -> None:
    newer = another(api.world)
    promote(api.world, newer)
    api.world.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    with connect(api.world.url) as conn:
        issue = forecasts.newest(conn, DATASET)
        assert issue is not None
        assert forecasts.model_of(conn, issue) == newer
        assert models.champions(conn, DATASET)[0] == newer
