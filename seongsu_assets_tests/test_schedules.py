"""Schedules: what the clock asks for each morning, and of which domain it asks nothing.
That the days are right on every host and in every year is in `test_faults_days`."""

from dataclasses import replace
from datetime import datetime

import dagster as dg

from seongsu_assets.jobs import schedules
from seongsu_assets.resources import Warehouse
from seongsu_assets_tests.world import World


def requested_by(world: World, schedule: str, at: str) -> dg.RunRequest:
    definition = world.definitions.resolve_schedule_def(schedule)
    context = dg.build_schedule_context(
        scheduled_execution_time=datetime.fromisoformat(at),
        resources={"warehouse": Warehouse(url=world.url)},
    )
    [request] = definition.evaluate_tick(context).run_requests or []
    return request


def test_the_morning_schedule_asks_for_yesterday_in_seoul_and_the_days_that_are_revised(
    world: World,
) -> None:
    request = requested_by(world, "seongsu_ingest_daily", "2025-06-16T06:10:00+09:00")
    assert request.tags["dagster/asset_partition_range_start"] == "2025-06-09"
    assert request.tags["dagster/asset_partition_range_end"] == "2025-06-15"


def test_a_domain_that_nobody_has_begun_rests(world: World) -> None:
    other = schedules(replace(world.domain, name="other"))
    context = dg.build_schedule_context(
        scheduled_execution_time=datetime.fromisoformat("2025-06-16T07:10:00+09:00"),
        resources={"warehouse": Warehouse(url=world.url)},
    )
    asked = [schedule.evaluate_tick(context) for schedule in other]
    assert [each.run_requests for each in asked] == [[]] * len(other)
    assert {each.skip_message for each in asked} == {
        "nothing of it is here: `seongsu run other` begins it"
    }


def test_a_forecast_is_asked_for_every_morning_also_without_new_data(world: World) -> None:
    request = requested_by(world, "seongsu_forecast_daily", "2025-06-16T07:10:00+09:00")
    assert request.tags["dagster/asset_partition_range_end"] == "2025-06-15"
