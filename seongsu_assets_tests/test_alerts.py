"""What people are told, through apprise and over real HTTP: once, by whom it concerns.
What counts as wrong is asked in `test_incidents`, channels that fail in `test_channels`."""

import threading

import pytest

from seongsu_assets import alerts
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.receiver import Receiver
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.telling import DAY, HOUR, MINUTE, NOW, STALE, WORSE, places


def test_an_incident_is_told_with_what_to_do_and_when_it_is_over_that_it_recovered(
    conn: Connection, receiver: Receiver
) -> None:
    told = places(receiver.url("ops"))
    incidents.report(conn, STALE, NOW)
    alerts.tell(conn, told, NOW)
    incidents.close(conn, "seongsu", "forecast_stale", "", NOW + 3 * HOUR)
    alerts.tell(conn, told, NOW + 3 * HOUR)
    first, last = receiver.told["ops"]
    assert (first.title, first.tone) == ("[seongsu] The forecast is stale", "failure")
    assert first.body.splitlines() == [
        "Nothing was issued.",
        "What to do: `seongsu run seongsu`",
        "Look at: http://d/assets/x",
        "Runbook: docs/runbook.md#forecast_stale",
    ]
    assert (last.title, last.tone) == ("[seongsu] Recovered: The forecast is stale", "success")
    assert "It lasted 3 hours." in last.body


@pytest.mark.parametrize("flaps", [False, True], ids=["lasts", "flaps"])
def test_an_incident_is_told_at_most_three_times_however_long_it_stays_and_however_often_it_flaps(
    conn: Connection, receiver: Receiver, flaps: bool
) -> None:
    told = places(receiver.url("ops"))
    for hour in range(24 * 14):
        now = NOW + hour * HOUR
        there = not flaps or hour % 4 < 2
        incidents.reconcile(conn, "seongsu", {"forecast_stale"}, [STALE] if there else [], now)
        alerts.tell(conn, told, now)
    incidents.reconcile(conn, "seongsu", {"forecast_stale"}, [], NOW + 14 * DAY)
    alerts.tell(conn, told, NOW + 14 * DAY)
    lead = [title.removeprefix("[seongsu] ").partition(": ")[0] for title in receiver.titles("ops")]
    assert sorted(lead) == ["Recovered", "Still open", "The forecast is stale"]


def test_what_comes_back_after_a_quiet_time_is_a_new_incident(
    conn: Connection, receiver: Receiver
) -> None:
    told = places(receiver.url("ops"))
    for hour in range(10):
        there = [STALE] if hour in {0, 8} else []
        incidents.reconcile(conn, "seongsu", {"forecast_stale"}, there, NOW + hour * HOUR)
        alerts.tell(conn, told, NOW + hour * HOUR)
    opened, closed = "[seongsu] The forecast is stale", "[seongsu] Recovered: The forecast is stale"
    assert receiver.titles("ops") == [opened, closed, opened, closed]


def test_a_new_channel_hears_what_is_open_and_no_history(
    conn: Connection, receiver: Receiver
) -> None:
    incidents.report(conn, STALE, NOW)
    incidents.report(conn, WORSE, NOW)
    incidents.close(conn, "seongsu", "forecast_worse", "", NOW + HOUR)
    alerts.tell(conn, places(receiver.url("ops")), NOW + 2 * HOUR)
    assert receiver.titles("ops") == ["[seongsu] The forecast is stale"]


def test_news_is_told_once_for_ever(conn: Connection, receiver: Receiver) -> None:
    told = places(receiver.url("ops"))
    alerts.tell(conn, told, NOW)
    for day in range(3):
        promoted = Symptom("seongsu", "champion_promoted", "m1", f"said on day {day}")
        incidents.news(conn, promoted, NOW + day * DAY)
        alerts.tell(conn, told, NOW + day * DAY)
    assert receiver.titles("ops") == ["[seongsu] A new champion: m1"]


def test_messages_go_to_their_owner_and_to_whoever_hears_everything(
    conn: Connection, receiver: Receiver
) -> None:
    data, ml = receiver.url("data", "team:data"), receiver.url("ml", "team:ml")
    incidents.report(conn, STALE, NOW)
    incidents.report(conn, WORSE, NOW)
    alerts.tell(conn, places(data, ml, receiver.url("all")), NOW)
    assert receiver.titles("data") == ["[seongsu] The forecast is stale"]
    assert receiver.titles("ml") == ["[seongsu] The forecast is worse than promised"]
    assert receiver.titles("all") == receiver.titles("data") + receiver.titles("ml")


def test_a_message_that_nobody_would_hear_goes_to_everybody(
    conn: Connection, receiver: Receiver
) -> None:
    data, ml = receiver.url("data", "team:data"), receiver.url("ml", "team:ml")
    orphan = Symptom("sales", "run_failed", "sales_train", "It failed.", owner="team:sales")
    incidents.report(conn, orphan, NOW)
    alerts.tell(conn, places(data, ml), NOW)
    heard = receiver.titles("data"), receiver.titles("ml")
    assert heard == (["[sales] A run failed: sales_train"],) * 2


def test_a_storm_is_one_letter_that_names_everything(conn: Connection, receiver: Receiver) -> None:
    told = places(receiver.url("ops"))
    alerts.tell(conn, told, NOW)
    for day in range(1, 31):
        late = Symptom("seongsu", "data_late", f"2025-05-{day:02}", "It is late.")
        incidents.report(conn, late, NOW)
    alerts.tell(conn, told, NOW)
    alerts.tell(conn, told, NOW + MINUTE)
    [letter] = receiver.told["ops"]
    assert letter.title == "[platform] 30 messages"
    assert all(f"Data is late: 2025-05-{day:02}" in letter.body for day in range(1, 31))


def test_two_watchers_at_once_deliver_nothing_twice(
    conn: Connection, warehouse_url: str, receiver: Receiver
) -> None:
    told = places(receiver.url("ops"), receiver.url("other"))
    receiver.latency = 0.02
    alerts.tell(conn, told, NOW)
    together = threading.Barrier(3)
    failures: list[BaseException] = []

    def watcher() -> None:
        try:
            with connect(warehouse_url) as own:
                for number in range(12):
                    together.wait()
                    late = Symptom("seongsu", "data_late", f"{number}", "It is late.")
                    incidents.report(own, late, NOW)
                    alerts.tell(own, told, NOW + number * MINUTE)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)
            together.abort()

    threads = [threading.Thread(target=watcher) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    alerts.tell(conn, told, NOW + HOUR)
    wanted = sorted(f"[seongsu] Data is late: {number}" for number in range(12))
    assert sorted(receiver.titles("ops")) == sorted(receiver.titles("other")) == wanted


def held(conn: Connection) -> bool:
    """Whether somebody holds an advisory lock of this database."""
    query = """select from pg_locks where locktype = 'advisory'
               and database = (select oid from pg_database where datname = current_database())"""
    return conn.execute(query).fetchone() is not None


def test_what_a_killed_watcher_left_is_delivered_by_the_next(
    conn: Connection, warehouse_url: str, receiver: Receiver
) -> None:
    incidents.report(conn, STALE, NOW)
    with connect(warehouse_url) as killed:
        killed.execute("select pg_advisory_lock(hashtextextended('alerts', 0))")
        alerts.tell(conn, places(receiver.url("ops")), NOW)
        assert receiver.titles("ops") == []
    assert eventually(lambda: not held(conn), 30)  # the server learns of the end in its own time
    alerts.tell(conn, places(receiver.url("ops")), NOW)
    assert receiver.titles("ops") == ["[seongsu] The forecast is stale"]
