"""F-26: a database that goes away, is full, is slow or refuses: tried again, then a clear error.
Killed servers are in `test_crashes`; what kills a run is in `test_faults_runs`."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import pytest

from seongsu_assets import resources
from seongsu_assets.cli.pipeline import StageError
from seongsu_assets.domain import Window
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse import cluster
from seongsu_assets.warehouse.embedded import Server, running
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.crashing import Trial, carry, copy_of, until
from seongsu_assets_tests.servers import ask, is_gone, postmaster
from seongsu_assets_tests.test_crashes import dumped, next_day, trial
from seongsu_assets_tests.world import World, counts, small_domain

__all__ = ["next_day", "trial"]  # fixtures
#: Enough days that what arrives needs new pages on the disk.
DAYS = Window(LAST + timedelta(days=1), LAST + timedelta(days=6))
MORNING = f"{DAYS.last + timedelta(days=1)}T07:00:00+09:00"
Fault = Callable[[World, Server], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PAUSE_SECONDS", 0.05)


@pytest.fixture
def morning(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The built world six days later, of which it knows nothing yet."""
    monkeypatch.setenv("SEONGSU_NOW", MORNING)
    return world


@pytest.fixture(scope="module")
def taken_in(
    server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The dump after an undisturbed fetch and settling of those days."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with (
        pytest.MonkeyPatch.context() as patch,
        copy_of(server, built) as url,
        dg.DagsterInstance.ephemeral() as instance,
    ):
        patch.setenv("SEONGSU_NOW", MORNING)
        take_in(World(small_domain(folder), url, folder, instance))
        return dumped(url)


def take_in(world: World) -> None:
    pipeline = world.pipeline(DAYS.last)
    pipeline.stage("ingest", DAYS)
    pipeline.stage("settle", DAYS)


@contextmanager
def dropped(world: World, _: Server, times: int | None = None) -> Generator[None]:
    """The connection ends half way through a COPY, so many times or always."""
    original: Any = psycopg.Copy.write
    left = times

    def write(copy: Any, data: str) -> None:
        nonlocal left
        if left == 0:
            original(copy, data)
            return
        left = left and left - 1
        original(copy, data[: len(data) // 2])
        copy.cursor.connection.pgconn.flush()
        with psycopg.connect(world.url, autocommit=True) as other:
            pid = copy.cursor.connection.info.backend_pid
            other.execute("select pg_terminate_backend(%s, 5000)", (pid,))
        original(copy, data[len(data) // 2 :])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Copy, "write", write)
        yield


@contextmanager
def with_setting(world: World, name: str, value: str) -> Generator[None]:
    """Every new connection to the world's database has this setting."""
    with psycopg.connect(world.url, autocommit=True) as conn:
        database = conn.info.dbname
        conn.execute(f"alter database {database} set {name} = '{value}'")
        try:
            yield
        finally:
            conn.execute("set default_transaction_read_only = off")
            conn.execute(f"alter database {database} reset {name}")


@contextmanager
def slow(world: World, _: Server) -> Generator[None]:
    """Somebody holds the table for longer than a statement may take."""
    with (
        with_setting(world, "statement_timeout", "200ms"),
        psycopg.connect(world.url) as other,
    ):
        other.execute("lock table warehouse.observation in access exclusive mode")
        yield


@contextmanager
def read_only(world: World, _: Server) -> Generator[None]:
    """What answers is a standby."""
    with with_setting(world, "default_transaction_read_only", "on"):
        yield


@contextmanager
def contended(world: World, _: Server) -> Generator[None]:
    """Every transaction that settles meets another that was there before it."""
    with psycopg.connect(world.url, autocommit=True) as conn:
        conn.execute(
            """create function contended() returns trigger language plpgsql as $$ begin
               raise exception 'could not serialize access' using errcode = '40001'; end $$"""
        )
        conn.execute(
            """create trigger contended before insert on warehouse.settlement
               for each statement execute function contended()"""
        )
        yield
        conn.execute("drop function contended cascade")


@contextmanager
def full(world: World, server: Server) -> Generator[None]:
    """No room is left where the rows go: a real file system, filled to the last byte."""
    with small_disk(server) as place, psycopg.connect(world.url, autocommit=True) as conn:
        conn.execute(f"create tablespace small location '{place}'")
        conn.execute("alter table warehouse.arrival_row set tablespace small")
        conn.execute("vacuum full warehouse.arrival_row")  # no free page is left in it
        try:
            with suppress(OSError), (place / "filler").open("wb", buffering=0) as filler:
                while filler.write(b"\0" * 4096):
                    pass
            yield
            (place / "filler").unlink()
        finally:
            conn.execute("alter table warehouse.arrival_row set tablespace pg_default")
            conn.execute("drop tablespace small")


@contextmanager
def small_disk(server: Server) -> Generator[Path]:
    """A file system of some megabytes that the server's user owns; skips where none can be had."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]
        if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("only root can mount a disk that is small enough to fill")
        try:
            inner = place / "rows"
            inner.mkdir(mode=0o700)
            if user := cluster.owner(server.folder / "cluster"):
                os.chown(inner, *user)
            yield inner
        finally:
            subprocess.run(["umount", folder], check=True)


def tried(world: World) -> int:
    """How often the step of the newest run was begun."""
    (run,) = world.instance.get_runs(limit=1)
    again = world.instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_RESTARTED)
    return 1 + len(again)


@pytest.mark.parametrize("fault", [dropped, slow, read_only, contended, full])
def test_f26_a_database_that_stays_broken_is_a_clear_error_after_four_tries_and_leaves_no_half(
    fault: Fault, morning: World, server: Server, taken_in: dict[str, str]
) -> None:
    with connect(morning.url) as conn:
        before = counts(conn)
    with (
        fault(morning, server),
        pytest.raises(StageError, match=r"the warehouse could not finish: .* -> nothing is half"),
    ):
        take_in(morning)
    assert tried(morning) == 1 + resources.RETRIES
    with connect(morning.url) as conn:
        written = {name for name, rows in counts(conn).items() if rows != before[name]}
    # The bytes are kept before anything is done with them, and a stage that was done stays.
    assert written.isdisjoint({"observation", "settlement"})
    assert fault is contended or written <= {"payload"}
    take_in(morning)
    assert dumped(morning.url) == taken_in


def test_f26_a_connection_that_drops_once_mid_copy_is_mended_by_the_run_itself(
    morning: World, server: Server, taken_in: dict[str, str]
) -> None:
    with dropped(morning, server, times=1):
        morning.pipeline(DAYS.last).stage("ingest", DAYS)
    assert tried(morning) == 2
    morning.pipeline(DAYS.last).stage("settle", DAYS)
    assert dumped(morning.url) == taken_in


def only(stage: str, world: World, last: date) -> None:
    world.pipeline(last).stage(stage, Window(last, last))


def test_f26_a_server_that_is_restarted_under_a_step_is_no_failure_of_the_run(
    trial: Trial, next_day: dict[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with running(home, free_port(48_000 + os.getpid() % 2000)) as own:
        own.ensure_database("seongsu")
        own_trial = replace(trial, url=own.url("seongsu"), pause=5.0)
        carry(trial.url, own_trial.url)
        own_trial.start(work=partial(only, "ingest")).join()
        with suppress(psycopg.OperationalError), psycopg.connect(own_trial.url) as other:
            other.execute("lock table warehouse.settlement")
            process = own_trial.start(work=partial(only, "settle"))
            assert until(lambda: ask(own_trial.url, WAITING) == [(1,)])
            os.kill(postmaster(home), signal.SIGKILL)
            assert until(lambda: is_gone(home))
            assert own.revive()
        process.join()
        assert process.exitcode == 0
        assert own_trial.run() == 0
        assert dumped(own_trial.url) == next_day


WAITING = """select count(*) from pg_stat_activity
             where datname = 'seongsu' and wait_event_type = 'Lock'"""
