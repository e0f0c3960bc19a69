"""Which days, and which forecasts, came in time, by the clock of the domain.
What else the sensors find to be wrong is in `test_sensors_told`."""

import time
from collections.abc import Iterator
from datetime import timedelta

import dagster as dg
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.world import World


def newest(world: World, node: str, check: str) -> dg.AssetCheckEvaluation:
    """The newest verdict, as the operator sees it."""
    key = dg.AssetCheckKey(dg.AssetKey(["seongsu", node]), check)
    [record] = world.instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    assert record.event
    verdict = record.event.dagster_event.event_specific_data
    assert isinstance(verdict, dg.AssetCheckEvaluation)
    return verdict


def late(world: World) -> set[str]:
    """The days that are not fresh."""
    verdict = newest(world, "raw", "days_came_in_time")
    rows = str(verdict.metadata["days"].value).splitlines()[2:]
    assert len(rows) == 14
    found = {row.split("|")[1].strip() for row in rows if row.split("|")[2].strip() == "no"}
    assert verdict.passed == (not found)
    assert all(day in str(verdict.description) for day in found)
    return found


def test_an_old_day_that_is_filled_makes_no_missing_new_day_fresh(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-71."""
    freshness = Ticked(world, "seongsu_freshness")
    freshness.tick()
    assert late(world) == set()
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-18T08:30:00+09:00")
    old = LAST - timedelta(days=5)
    with connect(world.url) as conn:
        conn.execute("delete from warehouse.observation where business_date = %s", (old,))
    freshness.tick()
    missing = {"2025-06-16", "2025-06-17"}
    assert late(world) == missing | {str(old)}
    world.pipeline(LAST).stage("settle", Window(old, old))
    freshness.tick()
    assert late(world) == missing


@pytest.fixture
def host_zone() -> Iterator[None]:
    """The host's timezone is put back."""
    yield
    time.tzset()


@pytest.mark.usefixtures("host_zone")
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_a_day_is_late_by_the_clock_of_the_domain(
    world: World, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """From eight in the morning in Seoul on, wherever this machine stands."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    freshness = Ticked(world, "seongsu_freshness")
    for now, days in (("07:59", set[str]()), ("08:01", {"2025-06-16"})):
        monkeypatch.setenv("SEONGSU_NOW", f"2025-06-17T{now}:00+09:00")
        freshness.tick()
        assert late(world) == days


def test_a_verdict_that_has_not_changed_is_not_told_again(world: World) -> None:
    freshness = Ticked(world, "seongsu_freshness")
    assert len(freshness.tick().asset_events) == 2
    assert freshness.tick().asset_events == []


def test_a_verdict_is_told_again_once_its_asset_is_made_anew(world: World) -> None:
    freshness = Ticked(world, "seongsu_freshness")
    freshness.tick()
    world.pipeline(LAST).stage("ingest", Window(LAST, LAST))
    [told] = freshness.tick().asset_events
    assert told.check_name == "days_came_in_time"
    assert freshness.tick().asset_events == []


def test_a_forecast_that_did_not_come_is_told_an_hour_after_its_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[bool] = []
    freshness = Ticked(world, "seongsu_freshness")
    for now in ("16T23:00", "17T07:59", "17T08:01"):
        monkeypatch.setenv("SEONGSU_NOW", f"2025-06-{now}:00+09:00")
        freshness.tick()
        passed.append(newest(world, "published", "forecast_came_in_time").passed)
    assert passed == [True, True, False]
