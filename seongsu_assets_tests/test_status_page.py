"""The operator's page: what it says of a good day and of a bad one, and when it is made anew.
What the command line shows of the same facts is in `test_cli`."""

from datetime import timedelta

import dagster as dg
import pytest

from seongsu_assets import clock
from seongsu_assets.incidents.symptom import PLATFORM, Symptom
from seongsu_assets.status_page import LINES, status_page
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.ticks import Ticked
from seongsu_assets_tests.world import World


def page(world: World) -> str:
    with connect(world.url) as conn:
        return status_page(conn, world.instance, [world.domain], clock.now())


def report(world: World, kind: str, subject: str, what: str, domain: str = "seongsu") -> None:
    with connect(world.url) as conn:
        symptom = Symptom(domain, kind, subject, what, link="http://127.0.0.1:3000/runs/1")
        incidents.report(conn, symptom, clock.now())


def test_on_a_good_day_the_page_says_that_nothing_is_wrong(world: World) -> None:
    with connect(world.url) as conn:
        incidents.beat(conn, "watch", clock.now())
    told = page(world)
    assert told.count("**Nothing is wrong.**") == 2
    assert f"| data through | {LAST}, up to date |" in told
    assert f"| forecast of | {LAST} by champion, issued 2025-06-16 07:00 |" in told
    assert "| run | nothing |" in told
    assert "The watcher is alive." in told
    assert len(told.splitlines()) < 30


def test_on_a_bad_day_the_gravest_comes_first_with_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(world, "data_late", "files", "2025-06-16 is not there")
    report(world, "run_failed", "seongsu_settle", "settle failed: a | <b>\ndisk is full")
    report(world, "channel_dead", "discord 1", "discord 1 has taken nothing", domain=PLATFORM)
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-18T07:00:00+09:00")
    told = page(world)
    lines = told.splitlines()
    rows = [line for line in lines if line.startswith(("- **now**", "- today"))]
    assert [row.split(",")[0] for row in rows] == ["- **now**", "- today", "- **now**"]
    assert all(lines[lines.index(row) + 1].startswith("  - ") for row in rows)
    assert "settle failed: a \\| &lt;b> disk is full [look](http://127.0.0.1:3000/runs/1)" in told
    assert "| not there yet | 2025-06-16 to 2025-06-17 |" in told
    assert "`seongsu backfill seongsu --from 2025-06-16 --to 2025-06-17`" in told
    assert "discord 1 has taken nothing" in told
    assert "nobody is told of anything" in told


def test_many_incidents_still_fit_one_screen(world: World) -> None:
    for number in range(LINES + 5):
        report(world, "check_failed", f"check {number:02}", "it does not hold")
    told = page(world)
    assert "and 5 more" in told
    assert len(told.splitlines()) < 45


def test_a_domain_without_data_says_what_to_run(warehouse_url: str, world: World) -> None:
    with connect(warehouse_url) as conn:
        migrate(conn)
        told = status_page(conn, world.instance, [world.domain], clock.now())
    assert "Nothing was loaded yet: `seongsu run seongsu`" in told


def test_the_page_is_made_anew_only_when_it_says_something_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(world.url) as conn:
        incidents.beat(conn, "watch", clock.now())
    status = Ticked(world, "status")
    made = []
    for minutes in (0, 2, 4):
        moment = clock.now() + timedelta(minutes=minutes)
        monkeypatch.setenv("SEONGSU_NOW", moment.isoformat())
        made.append(len(status.tick().asset_events))
    report(world, "data_late", "files", "2025-06-16 is not there")
    made.append(len(status.tick().asset_events))
    assert made == [1, 0, 0, 1]
    newest = world.instance.get_latest_materialization_event(dg.AssetKey("status"))
    assert newest
    assert newest.asset_materialization
    [shown] = newest.asset_materialization.metadata.values()
    assert "2025-06-16 is not there" in str(shown.value)
