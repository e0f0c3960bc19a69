"""F-22, F-29: a run whose process ends, with its code server or by a polite signal.
The warehouse after kills is in `test_crashes`; here it is the run that must not be stuck."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse import models
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.code_server import CodeServer, Turns, instance_in
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.world import World

pytestmark = pytest.mark.timeout(900)  # a slow machine is no fault
NEXT, LIMIT_SECONDS = LAST + timedelta(days=1), 300
Stage = tuple[Turns, CodeServer]


@pytest.fixture
def stage(
    world: World, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """A world that has a day more than its model knows, a code server of it and an instance."""
    monkeypatch.setenv("SEONGSU_NOW", f"{NEXT + timedelta(days=1)}T07:00:00+09:00")
    pipeline = world.pipeline(NEXT)
    for name in ("ingest", "settle", "prepare"):
        pipeline.stage(name, Window(NEXT, NEXT))
    database = f"dagster_{os.getpid()}_{time.monotonic_ns()}"
    server.ensure_database(database)
    monkeypatch.setenv("SEONGSU_DAGSTER_URL", server.url(database, "postgresql+psycopg2"))
    env = {**os.environ, "SEONGSU_HOME": str(tmp_path), "DATABASE_URL": world.url}
    code = CodeServer(env, free_port(24_000 + os.getpid() % 2000))
    with instance_in(tmp_path / "dagster") as instance:
        code.start()
        try:
            yield Turns(instance, code.port), code
        finally:
            code.kill()


def training(turns: Turns) -> str:
    """A training that is under way: its run."""
    run = turns.submit("seongsu_train", {})
    turns.dequeue()
    assert until(lambda: turns.begun(run) or turns.finished(run), LIMIT_SECONDS)
    time.sleep(0.3)  # into the step
    assert turns.status(run) == dg.DagsterRunStatus.STARTED
    return run


def decided(world: World) -> int:
    with connect(world.url) as conn:
        (number,) = conn.execute("select count(*) from warehouse.decision").fetchone() or (0,)
        assert models.newest(conn, "seongsu@sample")
    return number


@pytest.mark.filterwarnings("ignore:Error loading repository location")
def test_f22_a_run_that_was_killed_with_its_code_server_is_found_and_tried_again_once(
    world: World, stage: Stage
) -> None:
    turns, code = stage
    run, before = training(turns), decided(world)
    code.kill()
    turns.monitor()
    assert turns.status(run) == dg.DagsterRunStatus.STARTED, "nobody can tell yet"
    code.start()
    turns.monitor()
    assert turns.status(run) == dg.DagsterRunStatus.FAILURE
    for _ in range(2):
        turns.retry()
    (again,) = (each for each in turns.instance.get_runs() if each.run_id != run)
    assert again.parent_run_id == run
    turns.dequeue()
    assert until(lambda: turns.begun(again.run_id), LIMIT_SECONDS)
    turns.monitor()
    assert until(lambda: turns.finished(again.run_id), LIMIT_SECONDS)
    assert turns.status(again.run_id) == dg.DagsterRunStatus.SUCCESS, "one that lives is left alone"
    assert decided(world) == before + 1


def test_f29_a_training_that_is_told_to_end_ends_and_frees_its_pool(
    world: World, stage: Stage
) -> None:
    turns, code = stage
    run, before = training(turns), decided(world)
    for worker in code.workers():
        os.kill(worker, signal.SIGTERM)
    asked = time.monotonic()
    waiting = turns.submit("seongsu_train", {})
    assert until(lambda: turns.finished(run), LIMIT_SECONDS)
    turns.dequeue()
    assert turns.status(waiting) != dg.DagsterRunStatus.QUEUED
    assert time.monotonic() - asked < 300
    assert turns.status(run) in {dg.DagsterRunStatus.CANCELED, dg.DagsterRunStatus.FAILURE}
    assert until(lambda: turns.finished(waiting), LIMIT_SECONDS)
    assert turns.status(waiting) == dg.DagsterRunStatus.SUCCESS
    assert decided(world) == before + 1
