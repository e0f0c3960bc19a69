"""Errors, drift, models, health and meters over HTTP, and what is told when something is not there.
The forecast itself is in `test_api_forecast`."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql

from seongsu_assets.api import shapes_models as shapes
from seongsu_assets.api.app import PATHS
from seongsu_assets.api.pointer import OLDEST
from seongsu_assets.domain import Window
from seongsu_assets.warehouse import models, published
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.api_world import DATASET, Api, patient, serving
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World


@pytest.fixture
def api(world: World) -> Iterator[Api]:
    with serving(world, patient()) as found:
        yield found


def test_errors_by_days_ahead_are_those_of_the_log(world: World) -> None:
    """Forecasts of a week ago have met their truth."""
    for back in (7, 5):
        origin = LAST - timedelta(days=back)
        world.pipeline(LAST).stage("forecast", Window(origin, origin))
    world.pipeline(LAST).stage("score", Window(LAST - timedelta(days=7), LAST))
    with serving(world, patient()) as api, connect(world.url) as conn:
        told = api.get("/accuracy", domain="seongsu").json()
        wanted = published.accuracy(conn, "seongsu", "total")
        part = api.get("/accuracy", domain="seongsu", series="boarding").json()
        live = api.get("/evaluate", domain="seongsu").json()["live"]
    shapes.Accuracy.model_validate(told)
    assert [row["horizon"] for row in told["rows"]] == list(wanted.horizon) == list(range(1, 8))
    for row, own in zip(told["rows"], wanted.itertuples(), strict=True):
        assert row["hours"] == own.hours
        assert row["wape"] == pytest.approx(own.wape)
        assert row["naive_wape"] == pytest.approx(own.naive_wape)
        assert row["inside"] == pytest.approx(own.inside)
    assert part["rows"] != told["rows"]
    assert live == told["rows"]


def test_where_nothing_met_its_truth_no_error_is_told(api: Api) -> None:
    told = api.get("/accuracy", domain="seongsu").json()
    assert told["rows"] == []
    assert told["last"] == str(LAST)


def test_the_champions_evaluation_is_the_stored_one_beside_naive(api: Api) -> None:
    told = shapes.Evaluation.model_validate(api.get("/evaluate", domain="seongsu").json())
    with connect(api.world.url) as conn:
        report = models.load(conn, models.champions(conn, DATASET)[0]).metrics
    overall = told.champion.overall
    assert overall.wape == pytest.approx(report["ours"]["wape"])
    assert overall.naive_wape == pytest.approx(report["seasonal_naive"]["wape"])
    assert [part.horizon for part in told.champion.by_horizon] == list(range(1, 8))
    assert sum(part.rows for part in told.champion.by_horizon) == overall.rows


def test_every_model_is_listed_with_the_decisions_about_it(api: Api) -> None:
    told = shapes.Models.model_validate(api.get("/models", domain="seongsu").json())
    [model] = told.models
    assert model.serving
    assert model.model_id == told.champion
    assert [(each.outcome, each.by) for each in model.decisions] == [("first", "rule")]
    assert told.next is None


def test_models_are_told_in_pages_none_twice_and_none_left_out(api: Api) -> None:
    with connect(api.world.url) as conn:
        conn.execute(
            """insert into warehouse.model
               select model_id || n, dataset, created_at, trained_from, trained_to, data_sha,
                      code_version, booster, metadata, sha256, metrics, evaluation
               from warehouse.model, generate_series(1, 6) n"""
        )
    seen: list[int] = []
    before: dict[str, int] = {}
    while True:
        told = api.get("/models", domain="seongsu", limit=3, **before).json()
        seen += [model["number"] for model in told["models"]]
        if told["next"] is None:
            break
        before = {"before": told["next"]}
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen) == 7


def test_the_newest_verdict_on_drift_stands(api: Api) -> None:
    told = shapes.Drift.model_validate(api.get("/drift", domain="seongsu").json())
    with connect(api.world.url) as conn:
        row = conn.execute("select count(*) from warehouse.drift").fetchone()
    assert row is not None
    assert len(told.verdicts) == row[0]
    assert told.standing == (told.verdicts[0] if told.verdicts else None)


def test_status_tells_what_each_domain_stands_on(api: Api) -> None:
    told = shapes.Status.model_validate(api.get("/status").json())
    [standing] = told.domains
    assert standing.domain == "seongsu"
    assert standing.sample
    assert standing.data_through == LAST
    assert standing.champion == standing.model_id
    assert standing.series == ["boarding", "alighting"]


def test_who_is_ready_is_no_longer_when_the_next_forecast_is_overdue(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = api.get("/forecast", domain="seongsu").json()["issue"]["stale_after"]
    assert api.get("/ready").json() == {"status": "ready", "domains": ["seongsu"]}
    monkeypatch.setenv("SEONGSU_NOW", until)
    assert api.get("/ready").status_code == 200
    monkeypatch.setenv("SEONGSU_NOW", until.replace("08:00:00", "08:00:01"))
    answer = api.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["field"] == "seongsu"
    assert api.get("/health").json() == {"status": "ok"}


def test_an_empty_platform_has_nothing_and_says_so(world: World, warehouse_url: str) -> None:
    empty = World(world.domain, warehouse_url, world.folder, world.instance)
    with serving(empty, patient()) as api:
        for path in ("/forecast", "/forecast/when", "/models", "/drift", "/evaluate", "/accuracy"):
            answer = api.get(path, domain="seongsu")
            assert answer.status_code == 404
            assert answer.json()["errors"][0]["field"] == "domain"
        assert api.get("/ready").status_code == 503
        assert api.get("/status").json() == {"domains": []}


def test_a_database_that_goes_away_is_told_without_its_address_and_is_found_again(
    api: Api, server: Server
) -> None:
    name = api.world.url.rpartition("/")[2]
    assert api.get("/forecast", domain="seongsu").status_code == 200
    with away(server, name):
        time.sleep(2 * OLDEST)
        for path in ("/forecast?domain=seongsu", "/ready", "/models?domain=seongsu"):
            answer = api.http.get(path)
            assert answer.status_code == 503, path
            assert answer.headers["retry-after"]
            assert name not in answer.text
            assert server.password not in answer.text
        assert api.get("/health").status_code == 200
    assert api.get("/forecast", domain="seongsu").status_code == 200


@contextmanager
def away(server: Server, name: str) -> Iterator[None]:
    """The database is gone while inside, and with it every connection to it."""
    names = [sql.Identifier(name), sql.Identifier(f"{name}_away")]
    rename = sql.SQL("alter database {} rename to {}").format
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        kill = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
        admin.execute(kill, (name,))
        admin.execute(rename(*names))
        try:
            yield
        finally:
            admin.execute(rename(*names[::-1]))


def test_requests_are_counted_by_route_and_nobody_makes_labels_up(api: Api) -> None:
    api.get("/forecast", domain="seongsu")
    api.get("/forecast", domain="seongsu", series="x")
    for n in range(50):
        api.get(f"/nobody/{n}")
    page = api.get("/metrics").text
    assert 'seongsu_api_requests_total{route="/forecast",status="2xx"} 1.0' in page
    assert 'seongsu_api_requests_total{route="/forecast",status="4xx"} 1.0' in page
    assert 'seongsu_api_requests_total{route="other",status="4xx"} 50.0' in page
    assert set(re.findall(r'route="([^"]+)"', page)) <= PATHS.kept | PATHS.bare | {"other"}
    assert "seongsu_api_request_seconds_bucket" in page
