"""Who may write, and what a write does: it asks Dagster for a run, and waits for nothing.
What the run decides is in `test_api_promotion`."""

from collections.abc import Iterator
from typing import Any

import pytest

from seongsu_assets.api import dagster_runs
from seongsu_assets.api.guard import Guard, hashed
from seongsu_assets.api.limits import Limiter, Rate
from seongsu_assets.errors import ServiceError
from seongsu_assets.warehouse import models
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.api_world import DATASET, KEY, Api, patient, serving
from seongsu_assets_tests.graphql_desk import GraphqlDesk, graphql_desk
from seongsu_assets_tests.world import World

TRAIN = {"domain": "seongsu", "reason": "새 역 출구"}
WRITES = ("/train", "/promote")


@pytest.fixture
def dagster() -> Iterator[GraphqlDesk]:
    with graphql_desk() as found:
        yield found


@pytest.fixture
def api(world: World, dagster: GraphqlDesk) -> Iterator[Api]:
    with serving(world, patient(), dagster.url) as found:
        yield found


def champion(world: World) -> str:
    with connect(world.url) as conn:
        return models.champions(conn, DATASET)[0]


def another(world: World, model_id: str = "newer") -> str:
    """A second model that can serve."""
    with connect(world.url) as conn:
        conn.execute(
            """insert into warehouse.model
               select %s, dataset, created_at, trained_from, trained_to, data_sha, code_version,
                      booster, metadata, sha256, metrics, evaluation
               from warehouse.model where model_id = %s""",
            (model_id, champion(world)),
        )
    return model_id


def test_a_training_is_asked_for_and_its_run_is_named(api: Api, dagster: GraphqlDesk) -> None:
    answer = api.write("/train", TRAIN)
    assert answer.status_code == 202
    assert answer.json()["run_id"] == "r-1"
    assert answer.json()["link"].endswith("/runs/r-1")
    params = dagster.asked[0]["variables"]["params"]
    assert params["selector"]["jobName"] == "seongsu_train"
    tags = {tag["key"]: tag["value"] for tag in params["executionMetadata"]["tags"]}
    assert tags["seongsu/reason"] == "새 역 출구"


def test_a_promotion_is_asked_for_with_its_model_and_reason(api: Api, dagster: GraphqlDesk) -> None:
    model_id = another(api.world)
    answer = api.write("/promote", {"domain": "seongsu", "model_id": model_id, "reason": "try"})
    assert answer.status_code == 202
    params = dagster.asked[0]["variables"]["params"]
    assert params["selector"]["jobName"] == "seongsu_promote"
    config = params["runConfigData"]["ops"]["promote"]["config"]
    assert config == {"model_id": model_id, "reason": "try"}


def test_what_is_asked_is_what_dagster_understands(api: Api, dagster: GraphqlDesk) -> None:
    graphql = pytest.importorskip("graphql")
    from dagster_graphql.schema import create_schema

    api.write("/train", TRAIN)
    schema = create_schema().graphql_schema
    document = graphql.parse(dagster_runs._LAUNCH)
    assert graphql.validate(schema, document) == []
    wrong: list[Any] = []
    graphql.coerce_input_value(
        dagster.asked[0]["variables"]["params"],
        graphql.GraphQLNonNull(schema.get_type("ExecutionParams")),
        lambda *told: wrong.append(told),
    )
    assert wrong == []


def test_an_unknown_model_and_the_serving_one_are_refused_at_once(
    api: Api, dagster: GraphqlDesk
) -> None:
    for model_id, status in {"nobody": 404, champion(api.world): 409}.items():
        answer = api.write("/promote", {**TRAIN, "model_id": model_id})
        assert answer.status_code == status
        assert answer.json()["errors"][0]["field"] == "model_id"
    assert dagster.asked == []


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("key", ["x", "wrong", KEY.upper(), f"{KEY}.", hashed(KEY), "é"])
def test_without_the_key_nothing_is_written(
    api: Api, dagster: GraphqlDesk, path: str, key: str
) -> None:
    headers = {b"Authorization": f"Bearer {key}".encode("latin-1")}
    answer = api.http.post(path, json=TRAIN, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert KEY not in answer.text
    assert hashed(KEY) not in answer.text
    assert dagster.asked == []


@pytest.mark.parametrize("path", WRITES)
def test_without_a_configured_key_writes_are_off_and_it_is_said_what_to_do(
    world: World, dagster: GraphqlDesk, path: str
) -> None:
    with serving(world, patient(key=None), dagster.url) as api:
        answer = api.write(path, TRAIN)
        assert answer.status_code == 403
        assert "writes are off" in answer.json()["detail"]
        assert "seongsu key" in answer.json()["remedy"]
        assert api.get("/forecast", domain="seongsu").status_code == 200
    assert dagster.asked == []


def test_where_dagster_is_not_up_it_is_said_who_starts_it(world: World) -> None:
    with serving(world, patient()) as api:
        answer = api.write("/train", TRAIN)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "seongsu up" in answer.json()["remedy"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, {"data": {"launchRun": {"__typename": "PythonError", "message": "/home/x: secret"}}}),
        (200, {"errors": [{"message": "secret"}]}),
        (200, []),
        (500, {}),
    ],
)
def test_what_dagster_refuses_is_told_without_its_words(
    api: Api, dagster: GraphqlDesk, status: int, said: Any
) -> None:
    dagster.status, dagster.answer = status, said
    answer = api.write("/train", TRAIN)
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_who_guesses_keys_uses_up_his_own_patience(world: World, dagster: GraphqlDesk) -> None:
    guard = Guard(hashed(KEY), writes=Limiter(Rate(6, 3), Rate(1e6, 1e3)))
    with serving(world, guard, dagster.url) as api:
        answers = [api.write("/train", TRAIN, key="wrong") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 10
        assert api.write("/train", TRAIN).status_code == 429
    assert dagster.asked == []


def test_all_together_are_limited_too(world: World, dagster: GraphqlDesk) -> None:
    guard = Guard(
        hashed(KEY),
        writes=Limiter(Rate(1e6, 1e3), Rate(6, 2)),
        questions=Limiter(Rate(1e6, 1e3), Rate(6, 2)),
    )
    with serving(world, guard, dagster.url) as api:
        writes = [api.write("/train", TRAIN).status_code for _ in range(3)]
        questions = [api.http.post("/predict", json={}).status_code for _ in range(3)]
        reads = [api.get("/models", domain="seongsu").status_code for _ in range(20)]
    assert writes == [202, 202, 429]
    assert questions == [422, 422, 429]
    assert set(reads) == {200}


def test_a_bucket_fills_with_time() -> None:
    now = [0.0]
    limiter = Limiter(Rate(60, 2), Rate(60, 2), clock=lambda: now[0])
    assert [limiter.by("a"), limiter.by("a"), limiter.by("b")] == [0, 0, 0]
    assert limiter.by("a") == pytest.approx(1.0)
    now[0] = 1.0
    assert limiter.by("a") == 0


@pytest.mark.parametrize("held", ["x", "0" * 63, "g" * 64, KEY])
def test_a_hash_that_is_none_is_refused_at_the_start(held: str) -> None:
    with pytest.raises(ServiceError, match="seongsu key"):
        Guard(held)
