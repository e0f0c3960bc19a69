"""What is found in the warehouse and by when; what is healthy, not due or late in time is not.
How people are told is asked in `test_alerts`."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from seongsu_assets import clock
from seongsu_assets.domain import Window
from seongsu_assets.forecasting.retraining import GROUND
from seongsu_assets.incidents import data, days, files, serving
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.ingest import ingest
from seongsu_assets.warehouse import drift, incidents
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.opened import found, said
from seongsu_assets_tests.upstream.wire import KST
from seongsu_assets_tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
def conn(world: World) -> Iterator[Connection]:
    with connect(world.url) as found:
        yield found


def kst(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=KST)


def test_a_healthy_world_has_no_incident_at_any_hour_of_its_next_day(
    world: World, conn: Connection
) -> None:
    for hour in range(7, 24 + 9):
        data.look(conn, world.domain, kst(LAST + DAY, 0) + timedelta(hours=hour, minutes=-1))
        assert found(conn) == {}, hour


def test_a_forecast_that_nobody_issued_is_stale_two_hours_after_its_hour(
    world: World, conn: Connection
) -> None:
    data.look(conn, world.domain, kst(LAST + 2 * DAY, 8, 59))
    assert "forecast_stale" not in found(conn)
    data.look(conn, world.domain, kst(LAST + 2 * DAY, 9))
    assert found(conn)["forecast_stale"] == [""]
    [stale] = incidents.open_incidents(conn, "seongsu")
    assert stale.what == f"The newest forecast is that of {LAST}; {LAST + DAY} is due."


def test_where_no_source_can_be_asked_a_day_is_late_a_day_after_it_is_wanted(
    world: World, conn: Connection
) -> None:
    data.look(conn, world.domain, kst(LAST + 2 * DAY, 23, 59))
    assert days.LATE not in found(conn)
    data.look(conn, world.domain, kst(LAST + 3 * DAY, 0))
    assert found(conn)[days.LATE] == [f"{LAST + DAY}"]


def test_a_file_that_cannot_be_read_is_an_incident_until_it_is_replaced(
    world: World, conn: Connection
) -> None:
    source, file = world.domain.sources[0], world.inbox / "march.csv"
    opened: list[bool] = []
    for text in ("nonsense", "nonsense", "date,boarding,alighting\n2025-03-01,61000,60000\n"):
        file.write_text(text)
        arrived = source.fetch(Window(LAST, LAST), None)  # type: ignore[arg-type] - files need no web
        now = clock.now()
        receipts = ingest(conn, world.domain, "seongsu", source, arrived, now=now)
        files.told(conn, world.domain, receipts, now)
        opened.append(found(conn) == {files.KIND: ["march.csv"]})
    assert opened == [True, True, False]
    assert said(conn, "opened") == [(files.KIND, "march.csv")]


@pytest.mark.parametrize(
    ("verdict", "inputs", "kinds"),
    [
        ("all good", {"error": 1.1, "coverage80": 0.8}, []),
        ("proactive", {"error": 1.1, "coverage80": 0.8}, ["drift"]),
        ("reactive", {"error": 1.9, "coverage80": 0.8}, ["drift", "forecast_worse"]),
        ("wait", {"coverage80": 0.4}, ["forecast_worse"]),
        ("wait", {"days": 3}, []),
        ("wait", {"days": 3, GROUND: "reactive"}, ["drift"]),
    ],
)
def test_a_verdict_is_told_by_what_it_asks_for_and_by_what_was_measured(
    world: World, conn: Connection, verdict: str, inputs: dict[str, float], kinds: list[str]
) -> None:
    drift.keep(conn, "seongsu@sample", LAST, verdict, "for this test", inputs, clock.now())
    data.look(conn, world.domain, clock.now())
    assert sorted(found(conn)) == kinds
    owners = {each.owner for each in incidents.open_incidents(conn)}
    assert owners <= {"team:ml"}


def test_a_worse_forecast_is_over_when_it_is_measured_to_be_and_not_when_it_is_unknown(
    world: World, conn: Connection
) -> None:
    lasts: list[bool] = []
    for verdict, inputs in (
        ("reactive", {"error": 1.9, "coverage80": 0.8}),
        ("wait", {"days": 3}),
        ("all good", {"error": 1.1, "coverage80": 0.8}),
    ):
        drift.keep(conn, "seongsu@sample", LAST, verdict, "for this test", inputs, clock.now())
        data.look(conn, world.domain, clock.now())
        lasts.append("forecast_worse" in found(conn))
    assert lasts == [True, True, False]
    assert len(said(conn, "opened")) == 2


def test_a_forecast_of_the_usual_profile_is_told_only_where_a_champion_should_have_made_it(
    world: World, conn: Connection
) -> None:
    conn.execute("alter table warehouse.issue disable trigger append_only")
    conn.execute("update warehouse.issue set tier = 'profile'")
    data.look(conn, world.domain, clock.now())
    assert found(conn) == {}  # it may be made anew yet
    data.look(conn, world.domain, clock.now() + serving.SETTLES)
    assert found(conn) == {"forecast_degraded": [""]}
    conn.execute("update warehouse.issue set issued_at = issued_at - interval '1 day'")
    data.look(conn, world.domain, clock.now())
    assert found(conn) == {}


def test_a_decision_about_a_challenger_is_news(conn: Connection) -> None:
    [(title, body, owner)] = conn.execute(
        "select title, body, owner from warehouse.message where kind = 'champion_promoted'"
    ).fetchall()
    [(model, reason)] = conn.execute("select challenger, reason from warehouse.decision").fetchall()
    assert title == f"[seongsu] A new champion: {model}"
    assert f"{model} against nobody: {reason}" in body
    assert "Look at: http://127.0.0.1:" in body
    assert owner == "team:ml"


def test_what_is_found_by_many_at_once_is_opened_once(warehouse_url: str) -> None:
    now = kst(LAST, 7)
    late = Symptom("seongsu", "data_late", "2025-06-01", "It is late.")
    together = threading.Barrier(6)

    def find() -> None:
        with connect(warehouse_url) as own:
            together.wait()
            for _ in range(10):
                incidents.report(own, late, now)
                incidents.reconcile(own, "seongsu", {"data_late"}, [late], now)

    threads = [threading.Thread(target=find) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connect(warehouse_url) as own:
        assert len(incidents.open_incidents(own)) == 1
        assert said(own, "opened") == [("data_late", "2025-06-01")]


def test_what_is_told_of_an_incident_is_what_was_seen_last(conn: Connection) -> None:
    late = Symptom("seongsu", "data_late", "2025-06-01", "one day")
    incidents.report(conn, late, kst(LAST, 7))
    incidents.report(conn, replace(late, what="two days"), kst(LAST, 8))
    incidents.report(conn, replace(late, what="two days"), kst(LAST, 6))  # a clock set back
    [one] = incidents.open_incidents(conn, "seongsu")
    assert (one.what, one.opened_at, one.seen_at) == ("two days", kst(LAST, 7), kst(LAST, 8))


def test_a_range_goes_on_with_the_incident_of_its_first_days_though_they_were_filled() -> None:
    def on(number: int) -> date:
        return date(2025, 3, number)

    def subjects(windows: list[tuple[int, int]], known: set[int]) -> list[int]:
        asked = [Window(on(first), on(last)) for first, last in windows]
        return [day.day for day, _ in days.anchored(asked, {on(day) for day in known})]

    assert subjects([(3, 5)], set()) == [3]
    assert subjects([(3, 7)], {3}) == [3]
    assert subjects([(5, 7)], {3}) == [3], "the first days were filled"
    assert subjects([(2, 7)], {3}) == [3], "an earlier day became late too"
    assert subjects([(3, 4), (9, 9)], {3}) == [3, 9]
    assert subjects([(3, 4), (8, 9)], {3, 7}) == [3, 7]
    assert subjects([(3, 9)], {3, 7}) == [3], "two ranges became one"


def test_a_heartbeat_is_the_last_one(conn: Connection) -> None:
    incidents.beat(conn, "daemon", kst(LAST, 7))
    incidents.beat(conn, "daemon", kst(LAST, 8), "well")
    assert incidents.beats(conn) == {"daemon": kst(LAST, 8)}
