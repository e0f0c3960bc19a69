"""What the sensors find to be wrong: failed runs, failed checks; and the inventory.
What they ask for is in `test_sensors`, how people are told in `test_alerts`."""

from datetime import date, timedelta

import dagster as dg
import pytest
from dagster._core.errors import DagsterAssetCheckFailedError

from seongsu_assets import clock, runs
from seongsu_assets.cli.pipeline import StageError
from seongsu_assets.domain import Window
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.incidents import Incident
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.world import World

RECENT = Window(LAST - timedelta(days=3), LAST)


def open_now(world: World) -> list[Incident]:
    with connect(world.url) as conn:
        return incidents.open_incidents(conn, "seongsu")


def messages(world: World) -> list[tuple[str, str, str]]:
    with connect(world.url) as conn:
        rows = conn.execute(
            "select phase, kind, subject from warehouse.message"
            " where kind not like '%champion%' and kind not like '%challenger%' order by id"
        )
        return [(phase, kind, subject) for phase, kind, subject in rows]


def fail(*_: object) -> None:
    raise ValueError("the disk is | full")


def settle(world: World, window: Window = RECENT) -> None:
    world.pipeline(LAST).stage("settle", window)


def run(world: World, status: str, window: Window, parent: str | None = None) -> str:
    """A run of settling, as Dagster records it."""
    tags = {
        "dagster/asset_partition_range_start": str(window.first),
        "dagster/asset_partition_range_end": str(window.last),
    }
    job = world.definitions.resolve_job_def("seongsu_settle")
    return world.instance.create_run_for_job(
        job, tags=tags, status=dg.DagsterRunStatus[status],
        parent_run_id=parent, root_run_id=parent,
    ).run_id  # fmt: skip


def test_a_run_that_a_check_has_stopped_is_told_by_the_check_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise DagsterAssetCheckFailedError("1 blocking asset check failed")

    failures = Ticked(world, "seongsu_failures")
    failures.tick()
    monkeypatch.setattr("seongsu_assets.settlement.settle", stopped)
    with pytest.raises(StageError):
        settle(world)
    failures.tick()
    assert open_now(world) == []
    assert messages(world) == []


def test_a_failed_run_opens_one_incident_with_its_cause(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = Ticked(world, "seongsu_failures")
    failures.tick()  # from here on it listens
    monkeypatch.setattr("seongsu_assets.settlement.settle", fail)
    for _ in range(3):
        with pytest.raises(StageError):
            settle(world)
        failures.tick()
    [found] = open_now(world)
    assert (found.kind, found.subject) == ("run_failed", "seongsu_settle")
    assert found.what.startswith(f"settle of {RECENT.first} to {LAST} failed: the disk is | full")
    [newest] = world.instance.get_runs(
        dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]), limit=1
    )
    assert found.link.endswith(f"/runs/{newest.run_id}")
    assert messages(world) == [("opened", "run_failed", "seongsu_settle")]


def test_a_retry_of_dagsters_own_says_nothing(world: World) -> None:
    failures = Ticked(world, "seongsu_failures")
    failures.tick()
    first = run(world, "STARTED", RECENT)
    again = run(world, "STARTED", RECENT, parent=first)
    world.instance.report_run_failed(world.instance.get_run_by_id(again))
    failures.tick()
    assert open_now(world) == []
    world.instance.report_run_failed(world.instance.get_run_by_id(first))
    failures.tick()
    [found] = open_now(world)
    assert found.what.endswith("its process was killed, or never began")


def failing(world: World) -> list[str]:
    return [each.stage for each in runs.failing(world.instance, world.domain)]


def test_a_later_success_over_the_same_days_makes_good_what_failed(world: World) -> None:
    assert failing(world) == []
    first = run(world, "FAILURE", RECENT)
    assert failing(world) == ["settle"]
    run(world, "SUCCESS", Window(date(2025, 6, 1), LAST - timedelta(days=1)))
    assert failing(world) == ["settle"]
    run(world, "FAILURE", RECENT, parent=first)
    run(world, "SUCCESS", RECENT, parent=first)
    assert failing(world) == []


def test_a_run_of_the_conditions_is_told_by_the_stage_that_failed(world: World) -> None:
    everything = world.definitions.resolve_implicit_global_asset_job_def()
    nodes = {dg.AssetKey(["seongsu", node]) for node in ("features", "accuracy")}
    tags = {"dagster/partition": str(LAST)}

    def of_conditions(status: str) -> None:
        world.instance.create_run_for_job(
            everything, tags=tags, asset_selection=nodes, status=dg.DagsterRunStatus[status]
        )

    of_conditions("FAILURE")
    assert failing(world) == ["prepare"]
    of_conditions("SUCCESS")
    assert failing(world) == []


def test_a_failed_check_opens_an_incident_and_a_passed_one_closes_it(world: World) -> None:
    checks = Ticked(world, "seongsu_checks")
    assert checks.tick().skip_message == "every check passes"

    def judged(*, passed: bool) -> None:
        world.instance.report_runless_asset_event(
            dg.AssetCheckEvaluation(
                asset_key=dg.AssetKey(["seongsu", "calendar"]),
                check_name="agrees_with_what_the_feed_says",
                passed=passed,
                description="2025-06-03 is a public holiday",
            )
        )
        checks.tick()

    judged(passed=False)
    judged(passed=False)
    [found] = open_now(world)
    assert (found.kind, found.subject) == (
        "check_failed",
        "calendar agrees_with_what_the_feed_says",
    )
    assert "2025-06-03 is a public holiday" in found.what
    judged(passed=True)
    assert open_now(world) == []
    assert [phase for phase, *_ in messages(world)] == ["opened", "closed"]


def test_of_what_arrived_each_newest_day_is_judged(world: World) -> None:
    checks = Ticked(world, "seongsu_checks")
    for back, passed in ((3, False), (2, True), (1, True)):
        world.instance.report_runless_asset_event(
            dg.AssetCheckEvaluation(
                asset_key=dg.AssetKey(["seongsu", "raw"]),
                check_name="hours_agree_with_the_total",
                passed=passed,
                partition=str(LAST - timedelta(days=back)),
            )
        )
    checks.tick()
    [found] = open_now(world)
    assert str(LAST - timedelta(days=3)) in found.what


def test_what_is_still_open_is_told_once_a_day_and_nothing_when_nothing_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = Ticked(world, "seongsu_inventory")

    def at(now: str) -> list[str]:
        monkeypatch.setenv("SEONGSU_NOW", now)
        inventory.tick()
        return [subject for _, kind, subject in messages(world) if kind == "inventory"]

    assert at("2025-06-16T09:10:00+09:00") == []
    with connect(world.url) as conn:
        late = Symptom("seongsu", "data_late", "files", "2025-06-10 is not there")
        incidents.report(conn, late, clock.now())
    assert at("2025-06-17T08:50:00+09:00") == []
    assert at("2025-06-17T09:10:00+09:00") == ["2025-06-17"]
    assert at("2025-06-17T21:00:00+09:00") == ["2025-06-17"]
    assert at("2025-06-18T09:10:00+09:00") == ["2025-06-17", "2025-06-18"]


def test_every_sensor_and_schedule_runs_by_itself(world: World) -> None:
    found = [*(world.definitions.sensors or []), *(world.definitions.schedules or [])]
    assert {each.default_status.value for each in found} == {"RUNNING"}
