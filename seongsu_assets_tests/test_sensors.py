"""What the sensors ask for: days that are missing, revised or dropped in, and a wanted training.
What they find to be wrong is in `test_sensors_told`, the conditions in `test_late_data`."""

from datetime import date, datetime, timedelta

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.sensors import asking
from seongsu_assets.warehouse import datasets, drift, incidents
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import official
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.sowing import SEOUL
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.world import World

LATER = "2025-06-20T07:00:00+09:00"
#: When a gap is asked for on one day.
HOURS = (7, 11, 15)
GAP = ("seongsu_ingest", "2025-06-16", "2025-06-19")


def fails(ticked: Ticked, request: dg.RunRequest, status: str = "FAILURE", **tags: str) -> None:
    """What was asked for has run, and came to nothing."""
    assert request.job_name
    ticked.world.instance.create_run_for_job(
        ticked.job(request.job_name),
        tags=request.tags | {name.replace("_", "/", 1): value for name, value in tags.items()},
        status=dg.DagsterRunStatus[status],
    )


def test_a_gap_is_asked_for_three_times_a_day_some_hours_apart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps = Ticked(world, "seongsu_gaps")
    for hour in HOURS:
        monkeypatch.setenv("SEONGSU_NOW", f"2025-06-20T{hour:02}:00:00+09:00")
        [request] = gaps.tick().run_requests
        assert request.run_key is None
        assert request.tags["dagster/asset_partition_range_end"] == "2025-06-19"
        fails(gaps, request)
        monkeypatch.setenv("SEONGSU_NOW", f"2025-06-20T{hour:02}:59:00+09:00")
        again = gaps.tick()
        assert again.run_requests == []
        if hour != HOURS[-1]:
            assert "2025-06-16 to 2025-06-19: tried a short while ago" in again.skip_message
    assert "2025-06-16 to 2025-06-19: tried 3 times today" in again.skip_message
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-21T07:00:00+09:00")
    assert gaps.asked() == [("seongsu_ingest", "2025-06-16", "2025-06-20")]


def test_what_comes_to_nothing_for_days_is_given_up_and_said_so_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gaps = Ticked(world, "seongsu_gaps")
    for day in range(asking.ASKING_DAYS):
        for hour in HOURS:
            monkeypatch.setenv("SEONGSU_NOW", f"2025-06-{17 + day}T{hour:02}:00:00+09:00")
            for request in gaps.tick().run_requests:
                fails(gaps, request)
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-22T07:00:00+09:00")
    assert gaps.asked() == [("seongsu_ingest", "2025-06-17", "2025-06-21")]
    gaps.tick()
    with connect(world.url) as conn:
        [told] = incidents.open_incidents(conn, "seongsu")
        assert (told.kind, told.subject) == ("gap_given_up", "ingest")
        assert told.what.startswith("2025-06-16: every attempt on 5 days")
        [[messages]] = conn.execute(
            "select count(*) from warehouse.message where phase <> 'news'"
        ).fetchall()
    assert messages == 1


def test_a_source_that_may_tell_any_day_is_asked_on_and_never_given_up(world: World) -> None:
    gaps, domain, late = Ticked(world, "seongsu_gaps"), world.domain, [date(2025, 6, 16)]
    for day in range(2 * asking.ASKING_DAYS):
        for hour in HOURS:
            now = datetime(2025, 6, 17 + day, hour, tzinfo=SEOUL)
            plan = asking.ask(world.instance, domain, "ingest", late, now, for_ever=True)
            assert plan.given_up == []
            [request] = plan.requests
            fails(gaps, request)


@pytest.mark.parametrize(
    ("status", "tags"),
    [
        ("STARTED", {}),
        ("STARTING", {}),
        ("FAILURE", {"dagster_will_retry": "true"}),
    ],
)
def test_a_range_that_is_under_way_or_will_be_retried_is_not_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch, status: str, tags: dict[str, str]
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", LATER)
    gaps = Ticked(world, "seongsu_gaps")
    [request] = gaps.tick().run_requests
    fails(gaps, request, status, **tags)
    data = gaps.tick()
    assert data.run_requests == []
    assert "under way" in data.skip_message


def test_the_days_of_a_schedules_run_are_not_asked_for_beside_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", LATER)
    gaps = Ticked(world, "seongsu_gaps")
    world.instance.create_run_for_job(
        gaps.job("seongsu_ingest"),
        tags={"dagster/asset_partition_range_start": "2025-06-13"}
        | {"dagster/asset_partition_range_end": "2025-06-18"},
        status=dg.DagsterRunStatus.STARTING,
    )
    assert gaps.asked() == [("seongsu_ingest", "2025-06-19", "2025-06-19")]


def test_a_file_is_taken_in_once_it_stands_still(world: World) -> None:
    inbox = Ticked(world, "seongsu_inbox")
    assert inbox.asked() == []
    path = world.inbox / "totals.csv"
    path.write_text("date,boarding,alighting\n")
    assert inbox.asked() == []
    with path.open("a") as growing:
        growing.write("2025-06-14,40000,41000\n")
    assert inbox.asked() == []
    assert inbox.asked() == [("seongsu_ingest", str(LAST), str(LAST))]
    assert inbox.asked() == []


@pytest.mark.parametrize("name", [".hidden.csv", "copying.csv.part"])
def test_what_is_not_there_yet_is_not_taken_in(world: World, name: str) -> None:
    inbox = Ticked(world, "seongsu_inbox")
    (world.inbox / name).write_text("date,boarding,alighting\n")
    assert [inbox.asked() for _ in range(3)] == [[], [], []]


def test_a_file_of_old_days_is_settled_told_to_dagster_and_looked_back_on(world: World) -> None:
    """What no condition takes up: the days are older than it looks back."""
    days = official.days_from("2025-01-06", 14)
    rows = official.csv_text(official.HEADER_2024, official.rows_2024(days))
    (world.inbox / "old.csv").write_bytes(rows.encode("cp949"))
    pipeline = world.pipeline(LAST)
    inbox, gaps, revised = (Ticked(world, f"seongsu_{n}") for n in ("inbox", "gaps", "revised"))
    inbox.tick()
    [(_, first, last)] = inbox.asked()
    pipeline.stage("ingest", Window(date.fromisoformat(first), date.fromisoformat(last)))
    [(job, first, last)] = [asked for asked in gaps.asked() if asked[0] == "seongsu_settle"]
    assert (job, first, last) == ("seongsu_settle", str(days[0]), str(days[-1]))
    pipeline.stage("settle", Window(days[0], days[-1]))

    assert revised.asked() == []  # a condition comes first
    asked = {job: (first, last) for job, first, last in revised.asked()}
    assert asked["seongsu_ingest"] == (str(days[0]), str(days[-1]))
    near = days[-1] + timedelta(days=world.domain.plan.look_back_days - 1)
    assert asked["seongsu_prepare"][1] == str(near)
    for job, (first, last) in asked.items():
        window = Window(date.fromisoformat(first), date.fromisoformat(last))
        pipeline.stage(job.removeprefix("seongsu_"), window)
    assert [revised.asked() for _ in range(2)] == [[], []]


@pytest.mark.parametrize("verdict", ["force", "reactive", "proactive", "wait", "all good"])
def test_a_verdict_that_asks_for_training_is_acted_on_once(world: World, verdict: str) -> None:
    with connect(world.url) as conn:
        dataset = datasets.sample(world.domain)
        drift.keep(conn, dataset, LAST, verdict, "for this test", {}, clock.now())
    retraining = Ticked(world, "seongsu_retraining")
    data = retraining.tick()
    if verdict in {"wait", "all good"}:
        assert data.run_requests == []
        assert data.skip_message == f"{verdict}: for this test"
        return
    [request] = data.run_requests
    assert request.job_name == "seongsu_train"
    fails(retraining, request)
    again = retraining.tick()
    assert again.run_requests == []
    assert "trained upon it already" in again.skip_message
