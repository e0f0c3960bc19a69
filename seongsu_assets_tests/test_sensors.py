"""What the sensors ask for: days that are missing, and a training that a verdict wants.
The conditions inside the graph are in `test_late_data`."""

import dagster as dg
import pytest

from seongsu_assets import clock, sensors
from seongsu_assets.warehouse import drift
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.world import World


def test_the_gaps_sensor_asks_for_a_range_once_and_gives_up_after_three_attempts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-20T07:00:00+09:00")
    definitions = world.definitions
    sensor = definitions.resolve_sensor_def("seongsu_gaps")
    job = definitions.resolve_job_def("seongsu_ingest")
    for attempt in range(sensors.ATTEMPTS + 1):
        context = dg.build_sensor_context(
            instance=world.instance, definitions=definitions, resources=definitions.resources
        )
        data = sensor.evaluate_tick(context)
        if attempt == sensors.ATTEMPTS:
            assert data.run_requests == []
            assert "given up" in (data.skip_message or "")
            return
        [request] = data.run_requests or []
        assert request.run_key is None
        assert request.tags["dagster/asset_partition_range_end"] == "2025-06-19"
        world.instance.create_run_for_job(
            job, tags=request.tags, status=dg.DagsterRunStatus.FAILURE
        )


def test_a_range_that_is_under_way_is_not_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-20T07:00:00+09:00")
    definitions = world.definitions
    sensor = definitions.resolve_sensor_def("seongsu_gaps")
    context = dg.build_sensor_context(
        instance=world.instance, definitions=definitions, resources=definitions.resources
    )
    [request] = sensor.evaluate_tick(context).run_requests or []
    world.instance.create_run_for_job(
        definitions.resolve_job_def("seongsu_ingest"),
        tags=request.tags,
        status=dg.DagsterRunStatus.STARTED,
    )
    data = sensor.evaluate_tick(context)
    assert data.run_requests == []
    assert "under way" in (data.skip_message or "")


@pytest.mark.parametrize("verdict", ["force", "reactive", "proactive", "wait", "all good"])
def test_a_verdict_that_asks_for_training_is_acted_on_once(world: World, verdict: str) -> None:
    with connect(world.url) as conn:
        drift.keep(conn, "seongsu@sample", LAST, verdict, "for this test", {}, clock.now())
    definitions = world.definitions
    sensor = definitions.resolve_sensor_def("seongsu_retraining")
    context = dg.build_sensor_context(
        instance=world.instance, definitions=definitions, resources=definitions.resources
    )
    data = sensor.evaluate_tick(context)
    if verdict in {"wait", "all good"}:
        assert data.run_requests == []
        assert data.skip_message == f"{verdict}: for this test"
        return
    [request] = data.run_requests or []
    assert request.job_name == "seongsu_train"
    world.instance.create_run_for_job(
        definitions.resolve_job_def("seongsu_train"),
        tags=request.tags,
        status=dg.DagsterRunStatus.FAILURE,
    )
    again = sensor.evaluate_tick(context)
    assert again.run_requests == []
    assert "trained upon it already" in (again.skip_message or "")
