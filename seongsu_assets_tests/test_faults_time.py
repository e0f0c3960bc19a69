"""F-40 to F-42: hosts in other timezones, clocks that jump, days that end at four in the morning.
Holidays that are added late are in `test_faults_world`."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.ingest import ingest
from seongsu_assets.settlement import settle
from seongsu_assets.warehouse import observations
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests.crashing import Trial, copy_of, run
from seongsu_assets_tests.test_crashes import NEXT, dumped, trial
from seongsu_assets_tests.world import World, small_domain

__all__ = ["trial"]  # a fixture
ZONES = ("UTC", "Asia/Seoul", "America/New_York", "Asia/Kolkata")
ONE_DAY = timedelta(days=1)
ZONE = ZoneInfo(SEONGSU.cadence.timezone)
#: Tables of which a clock that went back may have one word more: what was judged or drawn twice.
TWICE = {"drift"}


@contextmanager
def host_in(zone: str) -> Iterator[None]:
    """This process as on a host of that timezone."""
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def run_in(zone: str, world: World, last: date) -> None:
    """The whole pipeline on a host of that timezone."""
    with host_in(zone):
        run(world, last)


def instants(url: str) -> list[tuple[float, ...]]:
    """Every instant that is stored, as seconds: the dump has none."""
    tables = ("observation where superseded_at is null", "forecast")
    with connect(url) as conn:
        found = [
            frame(conn, f"select extract(epoch from at)::float8 as at from warehouse.{table}")
            for table in tables
        ]
    return [tuple(sorted(rows["at"])) for rows in found]


@pytest.fixture(scope="module")
def undisturbed(
    server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], list[tuple[float, ...]]]:
    """The tables and the instants of the built world after the next day, on a host of UTC."""
    with copy_of(server, built) as url:
        ran(Trial(url, tmp_path_factory.mktemp("undisturbed"), NEXT), partial(run_in, "UTC"))
        return dumped(url), instants(url)


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "UTC"])
def test_f40_a_run_on_a_host_of_any_timezone_leaves_the_same_rows(
    zone: str, trial: Trial, undisturbed: tuple[dict[str, str], list[tuple[float, ...]]]
) -> None:
    with connect(trial.url) as conn:
        conn.execute(f"alter database {conn.info.dbname} set timezone to '{zone}'")
    ran(trial, partial(run_in, zone))
    assert (dumped(trial.url), instants(trial.url)) == undisturbed


def ran(trial: Trial, work: Callable[[World, date], None]) -> None:
    """This work on this world in a process of its own, to its end."""
    process = trial.start(work=work)
    process.join()
    assert process.exitcode == 0


def run_by(steps: Sequence[timedelta], world: World, last: date) -> None:
    """The whole pipeline, time and again, by a clock that stands so far from seven o'clock of the
    morning after `last`."""
    seven = datetime.combine(last + ONE_DAY, datetime.min.time(), ZONE) + timedelta(hours=7)
    for step in steps:
        os.environ["SEONGSU_NOW"] = (seven + step).isoformat()
        run(world, clock.yesterday(world.domain.cadence.timezone))


def without(tables: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: told for name, told in tables.items() if name not in names}


def test_f41_a_clock_that_jumps_a_day_ahead_and_back_leaves_the_tables_of_a_steady_one(
    server: Server, built: str, trial: Trial, tmp_path: Path
) -> None:
    steady = tmp_path / "steady"
    steady.mkdir()
    ran(trial, partial(run_by, [ONE_DAY, timedelta(0), ONE_DAY]))
    with copy_of(server, built) as url:
        ran(Trial(url, steady, NEXT), partial(run_by, [timedelta(0), ONE_DAY]))
        assert without(dumped(trial.url), TWICE) == without(dumped(url), TWICE)
    assert_each_day_once(trial.url)


def assert_each_day_once(url: str) -> None:
    with connect(url) as conn:
        held = observations.bounds(conn, "seongsu@sample")
        told = frame(
            conn,
            """select business_date, count(*) as rows, count(distinct (series, hour)) as slots
               from warehouse.observation where superseded_at is null group by 1 order by 1""",
        )
        issues = frame(conn, "select origin from warehouse.issue")
    assert held is not None
    assert [day.date() for day in told.business_date] == held.days()
    assert (told.rows == told.slots).all()
    assert issues.origin.is_unique


def test_f42_the_hours_after_midnight_belong_to_the_day_before(
    warehouse_url: str, tmp_path: Path
) -> None:
    domain = small_domain(tmp_path)
    for day in (date(2024, 2, 28), date(2024, 2, 29), date(2024, 12, 31), date(2025, 6, 15)):
        now = datetime.combine(day + ONE_DAY, datetime.min.time(), ZONE)
        (payload,) = domain.sample.fetch(Window(day, day))
        lines = payload.body.decode().splitlines()  # its last column, after midnight, is blank
        told = [line + "37" if line.startswith("20") else line for line in lines]
        payload = replace(payload, body="\n".join(told).encode())
        parsed = domain.sample.parse(payload).rows
        assert set(parsed.hour) >= {4, 23, 24}
        with connect(warehouse_url) as conn:
            ingest(conn, domain, "seongsu@sample", domain.sample, [payload], now=now)
            settle(conn, domain, "seongsu@sample", Window(day, day), now)
            held = observations.read(conn, "seongsu@sample", day, day)
            stored = frame(
                conn,
                """select hour, at from warehouse.observation where business_date = %s""",
                (day,),
            )
        assert held.value.sum() == parsed.value.sum()
        assert set(stored["hour"]) >= {4, 23, 24}
        for hour, at in zip(stored["hour"], stored["at"], strict=True):
            local = at.to_pydatetime().astimezone(ZONE)
            assert (local.date() - day).days == (hour >= 24)
            assert local.hour == hour % 24
