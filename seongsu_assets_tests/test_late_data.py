"""What is made again by itself when data is late, revised, refused or lost, and what is left alone.
The conditions are evaluated as the daemon does, on the real graph and a real warehouse."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Payload, Window
from seongsu_assets.ingest import ingest
from seongsu_assets.wanted import wants
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST, NOW
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.world import World

#: Dagster's own evaluation helper passes a parameter that it calls beta.
pytestmark = pytest.mark.filterwarnings("ignore::dagster.BetaWarning")

NOTHING: dict[str, list[date]] = {}
RECENT = Window(LAST - timedelta(days=69), LAST)


@dataclass
class Daemon:
    """Evaluates the conditions tick by tick; `does` also runs what a tick asks for."""

    world: World
    cursor: Any = None

    def tick(self) -> dict[str, list[date]]:
        """Node -> days requested by the next evaluation; unpartitioned nodes have no days."""
        result = dg.evaluate_automation_conditions(
            defs=self.world.definitions,
            instance=self.world.instance,
            cursor=self.cursor,
            evaluation_time=datetime.fromisoformat(NOW),
        )
        self.cursor = result.cursor
        requested: dict[str, list[date]] = {}
        for key in self.world.definitions.resolve_asset_graph().get_all_asset_keys():
            if days := result.get_requested_partitions(key):
                requested[key.path[-1]] = sorted(date.fromisoformat(d) for d in days if d) or []
        return requested


def revise(world: World, day: date, change: Callable[[str], str]) -> None:
    """The day arrives again, changed, and Dagster is told."""
    with connect(world.url) as conn:
        [payload] = world.domain.sample.fetch(Window(day, day))
        body = change(payload.body.decode()).encode()
        again = Payload(payload.source, payload.request, body, clock.now())
        dataset = datasets.sample(world.domain)
        ingest(conn, world.domain, dataset, world.domain.sample, [again], now=clock.now())
    world.pipeline(LAST).stage("ingest", Window(day, day))


def one_more(text: str) -> str:
    """The same day with one passenger more in its last known hour of each direction."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("20"):
            cells = line.split(",")
            cells[-2] = str(int(cells[-2]) + 1)
            lines[place] = ",".join(cells)
    return "\n".join(lines) + "\n"


def torn(text: str) -> str:
    """The same day without its boardings."""
    return "\n".join(line for line in text.splitlines() if "승차" not in line) + "\n"


@pytest.fixture
def daemon(world: World) -> Daemon:
    """A daemon that has seen everything there is up to LAST."""
    pipeline = world.pipeline(LAST)
    pipeline.stage("covariates")
    pipeline.stage("ingest", RECENT)
    pipeline.stage("settle", RECENT)
    pipeline.stage("prepare", RECENT)
    pipeline.stage("score", RECENT)
    found = Daemon(world)
    for _ in range(3):
        found.tick()
    return found


def test_an_identical_fetch_asks_for_nothing(daemon: Daemon) -> None:
    daemon.world.pipeline(LAST).stage("ingest", Window(LAST - timedelta(days=6), LAST))
    assert daemon.tick() == NOTHING


def test_a_revised_day_rebuilds_only_the_days_that_look_back_on_it(daemon: Daemon) -> None:
    day = LAST - timedelta(days=9)
    revise(daemon.world, day, one_more)
    assert daemon.tick() == {"observations": [day]}
    daemon.world.pipeline(LAST).stage("settle", Window(day, day))
    second = daemon.tick()
    assert second["features"] == Window(day, LAST).days()
    assert second["accuracy"] == [day]
    assert "observations" not in second


def test_a_day_revised_while_its_own_run_is_under_way_is_not_lost(daemon: Daemon) -> None:
    day = LAST - timedelta(days=9)
    revise(daemon.world, day, one_more)
    assert daemon.tick() == {"observations": [day]}
    revise(daemon.world, day, lambda text: one_more(one_more(text)))
    assert daemon.tick() == {"observations": [day]}


def test_a_day_older_than_the_look_back_asks_for_nothing(daemon: Daemon) -> None:
    day = LAST - timedelta(days=daemon.world.domain.plan.look_back_days + 10)
    revise(daemon.world, day, one_more)
    assert daemon.tick() == NOTHING


def test_a_refused_day_asks_for_nothing_and_its_repair_for_exactly_its_dependants(
    daemon: Daemon,
) -> None:
    day = LAST - timedelta(days=5)
    revise(daemon.world, day, torn)
    assert daemon.tick() == NOTHING
    revise(daemon.world, day, one_more)
    assert daemon.tick() == {"observations": [day]}
    daemon.world.pipeline(LAST).stage("settle", Window(day, day))
    assert daemon.tick()["features"] == Window(day, LAST).days()


def test_a_new_day_is_settled_prepared_and_forecast(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = "2025-06-17T07:00:00+09:00"
    monkeypatch.setenv("SEONGSU_NOW", tomorrow)
    monkeypatch.setattr("seongsu_assets_tests.test_late_data.NOW", tomorrow)
    day = LAST + timedelta(days=1)
    daemon.world.pipeline(LAST).stage("train")
    daemon.world.pipeline(day).stage("ingest", Window(day, day))
    asked: dict[str, list[date]] = {}
    for stage, node in (
        ("settle", "observations"),
        ("prepare", "features"),
        ("forecast", "forecasts"),
    ):
        requested = daemon.tick()
        assert requested[node][-1:] == [day], (node, requested)
        asked |= requested
        daemon.world.pipeline(day).stage(stage, Window(day, day))
    assert "published" in daemon.tick()


def morning_after(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clocks of the platform and of the daemon."""
    now = f"{day + timedelta(days=1)}T07:00:00+09:00"
    monkeypatch.setenv("SEONGSU_NOW", now)
    monkeypatch.setattr("seongsu_assets_tests.test_late_data.NOW", now)


def test_a_gap_that_is_filled_rebuilds_exactly_what_looks_back_on_it(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, gap, after = (LAST + timedelta(days=n) for n in (1, 2, 3))
    morning_after(after, monkeypatch)
    pipeline = daemon.world.pipeline(after)
    for day in (before, after):
        pipeline.stage("ingest", Window(day, day))
    pipeline.stage("settle", Window(before, after))
    pipeline.stage("prepare", Window(before, after))
    pipeline.stage("score", Window(before, after))
    for _ in range(3):
        daemon.tick()
    pipeline.stage("ingest", Window(gap, gap))
    assert daemon.tick() == {"observations": [gap]}
    pipeline.stage("settle", Window(gap, gap))
    asked = daemon.tick()
    assert asked["features"] == [gap, after]
    assert asked["accuracy"] == [gap]


def test_a_new_champion_makes_the_next_forecast_and_none_of_the_past(daemon: Daemon) -> None:
    daemon.world.pipeline(LAST).stage("train")
    assert "forecasts" not in daemon.tick()
    assert "forecasts" not in daemon.tick()


def test_what_a_failed_run_left_behind_is_asked_for_by_a_sensor(
    daemon: Daemon,
) -> None:
    """A condition asks once; the run that fails is no news to it."""
    day = LAST - timedelta(days=9)
    revise(daemon.world, day, one_more)
    daemon.tick()
    daemon.world.pipeline(LAST).stage("settle", Window(day, day))
    assert daemon.tick()["features"] == Window(day, LAST).days()
    assert "features" not in daemon.tick()  # its run has failed
    revised = Ticked(daemon.world, "seongsu_revised")
    assert revised.asked() == []
    before = LAST - timedelta(days=1)
    assert ("seongsu_prepare", str(day), str(before)) in revised.asked()


def wanted(world: World) -> list[tuple[str, Window]]:
    with connect(world.url) as conn:
        return wants(conn, world.domain)


def test_nothing_is_wanted_where_every_due_day_is_there(world: World) -> None:
    assert wanted(world) == []


def test_a_day_removed_from_the_warehouse_is_settled_again(world: World) -> None:
    day = LAST - timedelta(days=4)
    with connect(world.url) as conn:
        conn.execute("delete from warehouse.observation where business_date = %s", (day,))
    assert wanted(world) == [("settle", Window(day, day))]
    world.pipeline(LAST).stage("settle", Window(day, day))
    assert wanted(world) == []


def test_days_that_never_arrived_are_fetched_as_contiguous_ranges(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-20T07:00:00+09:00")
    assert wanted(world) == [("ingest", Window(date(2025, 6, 16), date(2025, 6, 19)))]
