"""The watcher: what it finds and closes, who it notices to be silent, and what it says of itself.
How people are told is in `test_alerts`, what is on the page of metrics in `test_metrics`."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import dagster as dg
import pytest
from dagster._core.scheduler.instigation import (
    InstigatorStatus,
)
from pydantic import SecretStr

from seongsu_assets import clock
from seongsu_assets.errors import ServiceError
from seongsu_assets.ports import LOOPBACK
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets.watching.page import serving
from seongsu_assets_tests.watched import PATIENCE, Platform


def at(monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    monkeypatch.setenv("SEONGSU_NOW", now)


def test_a_healthy_platform_has_nothing_open_and_was_seen_alive(platform: Platform) -> None:
    assert platform.looks() == []
    assert platform.looks(after=PATIENCE) == []
    with connect(platform.world.url) as conn:
        beats = incidents.beats(conn)
    assert {"watch", "daemon", "seongsu_gaps", "conditions"} <= set(beats)
    assert set(beats.values()) == {clock.now()}


def test_a_dead_daemon_is_noticed_and_its_return_closes_it(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F-70. Of its sensors nothing is said: they are silent because it is dead."""
    at(monkeypatch, "2025-06-16T07:20:00+09:00")
    assert platform.looks() == []  # not for long yet
    assert platform.looks(after=PATIENCE) == [("daemon_dead", "")]
    with connect(platform.world.url) as conn:
        [found] = incidents.open_incidents(conn)
    assert found.what == "Dagster's daemon: not heard of since 2025-06-15 22:00 UTC."
    platform.beats()
    assert platform.looks() == []
    assert platform.looks(after=PATIENCE - 1) == []  # its sensors have as long to tick
    platform.ticks()
    assert platform.looks(after=PATIENCE) == []


def test_a_clock_that_jumps_makes_nobody_silent(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in range(8, 14):
        at(monkeypatch, f"2025-06-16T{hour:02}:00:00+09:00")
        assert platform.looks(after=PATIENCE - 1) == []
        platform.beats()
        platform.ticks()
        assert platform.looks(after=1) == []


def test_a_sensor_that_does_not_tick_is_noticed(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2025-06-16T07:30:00+09:00")
    platform.beats()
    platform.ticks(but="seongsu_gaps")
    platform.looks()
    assert platform.looks(after=PATIENCE) == [("sensor_silent", "seongsu_gaps")]


def test_a_sensor_that_is_switched_off_is_noticed(platform: Platform) -> None:
    platform.state("seongsu_inbox", InstigatorStatus.STOPPED)
    platform.looks()
    assert platform.looks(after=PATIENCE) == [("sensor_silent", "seongsu_inbox")]


def test_a_sensor_whose_ticks_raise_is_noticed(platform: Platform) -> None:
    for _ in range(3):
        platform.raises("seongsu_checks")
    platform.looks()
    assert platform.looks(after=PATIENCE) == [("sensor_silent", "seongsu_checks")]


def test_a_sensor_of_the_past_that_is_no_more_is_not_missed(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.state("seongsu_former")
    at(monkeypatch, "2025-06-16T09:00:00+09:00")
    platform.beats()
    platform.ticks()
    platform.looks()
    assert platform.looks(after=PATIENCE) == []


def test_what_the_warehouse_and_dagster_know_is_found_and_closed_without_any_sensor(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = platform.world.definitions.resolve_job_def("seongsu_train")
    platform.instance.create_run_for_job(job, status=dg.DagsterRunStatus.FAILURE)
    assert platform.looks() == [("run_failed", "seongsu_train")]
    platform.instance.create_run_for_job(job, status=dg.DagsterRunStatus.SUCCESS)
    assert platform.looks() == []
    at(monkeypatch, "2025-06-20T10:00:00+09:00")
    platform.beats()
    platform.ticks()
    assert "forecast_stale" in {kind for kind, _ in platform.looks()}


def test_dagsters_records_that_cannot_be_read_are_told_and_the_rest_is_looked_at(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no route to the database")

    monkeypatch.setattr(platform.watcher.listener, "listen", fail)
    platform.watcher.look()
    assert set(platform.watcher.broken) == {"dagster"}
    with connect(platform.world.url) as conn:
        [found] = incidents.open_incidents(conn)
        assert found.what == "Dagster's own records cannot be read: OSError."
        detail = conn.execute("select detail from warehouse.heartbeat where name = 'watch'")
        assert detail.fetchall() == [("dagster",)]


def test_a_warehouse_that_does_not_answer_makes_a_bad_look_and_no_ping(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform.watcher, "url", "postgresql://127.0.0.1:1/nowhere")
    monkeypatch.setattr("seongsu_assets.watching.look.ping", lambda _: pytest.fail("pinged"))
    platform.watcher.settings = Settings(_env_file=None, ping_url=SecretStr("http://127.0.0.1:1"))
    platform.watcher.look()
    assert set(platform.watcher.broken) == {"warehouse"}


def asked(port: int, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_its_pages_say_how_it_goes(platform: Platform) -> None:
    with serving(platform.watcher, LOOPBACK, 0) as port:
        status, told = asked(port, "/healthz")
        assert (status, json.loads(told)["status"]) == (503, "hangs")
        platform.looks()
        status, told = asked(port, "/healthz")
        assert (status, json.loads(told)["status"]) == (200, "ok")
        platform.watcher.broken = {"alerts": "it broke at http://secret"}
        status, told = asked(port, "/healthz")
        assert (status, json.loads(told)) == (503, {"status": "broken", "broken": ["alerts"]})
        status, told = asked(port, "/metrics")
        assert status == 200
        assert "seongsu_heartbeat_age_seconds" in told
        assert asked(port, "/elsewhere")[0] == 404
        with (
            pytest.raises(ServiceError, match="is taken"),
            serving(platform.watcher, LOOPBACK, port),
        ):
            pass
