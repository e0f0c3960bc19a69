"""F-40 and F-41: the days that Dagster cuts and the schedules ask for, on any host, in any year.
Runs on such hosts, and clocks that jump, are in `test_faults_time`."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.assets.node import days
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.jobs import schedules
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.crashing import copy_of
from seongsu_assets_tests.test_faults_time import ONE_DAY, ZONE, ZONES, host_in


def newest_partition(partitions: dg.DailyPartitionsDefinition, now: datetime) -> str:
    return partitions.get_partition_keys(current_time=now)[-1]


def newest_day(schedule: dg.ScheduleDefinition, at: datetime, warehouse: Warehouse) -> str:
    """The newest day that a schedule asks for."""
    context = dg.build_schedule_context(
        scheduled_execution_time=at, resources={"warehouse": warehouse}
    )
    [request] = schedule.evaluate_tick(context).run_requests or []
    return request.tags["dagster/asset_partition_range_end"]


@pytest.fixture(scope="module")
def daily() -> list[dg.ScheduleDefinition]:
    return [each for each in schedules(SEONGSU) if each.name.endswith("_daily")]


@pytest.fixture(scope="module")
def begun(server: Server, built: str) -> Iterator[Warehouse]:
    """The warehouse of a domain that is in use."""
    with copy_of(server, built) as url:
        yield Warehouse(url=url)


@pytest.mark.parametrize("zone", ZONES)
def test_f40_each_hour_of_three_days_has_the_same_partition_on_every_host(
    zone: str,
    daily: list[dg.ScheduleDefinition],
    begun: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = datetime(2025, 6, 14, tzinfo=UTC)
    with host_in(zone):
        for hour in range(72):
            now = first + timedelta(hours=hour)
            monkeypatch.setenv("SEONGSU_NOW", now.isoformat())
            there = now + timedelta(hours=9)  # Seoul is always UTC+9
            assert newest_partition(days(SEONGSU), now) == str(there.date() - ONE_DAY)
            over = str((there - timedelta(hours=4)).date() - ONE_DAY)  # the day ends at four
            assert newest_day(daily[hour % len(daily)], now, begun) == over


def test_f40_without_a_timezone_nine_hours_of_a_day_have_the_wrong_partition() -> None:
    careless = dg.DailyPartitionsDefinition(start_date="2022-01-01")
    first = datetime(2025, 6, 14, tzinfo=UTC)
    hours = [first + timedelta(hours=hour) for hour in range(24)]
    right = days(SEONGSU)
    wrong = [
        now for now in hours if newest_partition(careless, now) != newest_partition(right, now)
    ]
    assert len(wrong) == 9


@pytest.mark.parametrize(
    ("first", "last"),
    [("2023-12-28", "2024-01-04"), ("2024-02-26", "2024-03-03"), ("2024-12-29", "2025-01-03")],
    ids=["year end", "leap day", "year end of a leap year"],
)
def test_f41_no_day_is_missing_or_asked_for_twice_over_a_leap_day_and_the_turn_of_a_year(
    first: str,
    last: str,
    daily: list[dg.ScheduleDefinition],
    begun: Warehouse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Window(date.fromisoformat(first), date.fromisoformat(last)).days()
    for schedule in daily:
        asked: list[str] = []
        for day in whole:
            now = datetime.combine(day + ONE_DAY, datetime.min.time(), ZONE)
            now += timedelta(hours=7)
            monkeypatch.setenv("SEONGSU_NOW", now.isoformat())
            asked.append(newest_day(schedule, now, begun))
        assert asked == [str(day) for day in whole]
    end = datetime.combine(whole[-1] + ONE_DAY, datetime.min.time(), ZONE)
    keys = days(SEONGSU).get_partition_keys(current_time=end)
    assert keys[-len(whole) :] == [str(day) for day in whole]


@pytest.mark.parametrize("day", ["2023-12-31", "2024-02-28", "2024-02-29", "2025-06-15"])
def test_f41_a_day_is_over_at_midnight_and_not_a_second_before(
    day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = datetime.combine(date.fromisoformat(day) + ONE_DAY, datetime.min.time(), ZONE)
    for now, last in ((over - timedelta(seconds=1), date.fromisoformat(day) - ONE_DAY),
                      (over, date.fromisoformat(day))):  # fmt: skip
        monkeypatch.setenv("SEONGSU_NOW", now.isoformat())
        assert clock.yesterday("Asia/Seoul") == last
        assert newest_partition(days(SEONGSU), now) == str(last)
