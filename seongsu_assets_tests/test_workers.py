"""Steps that Celery's workers carry out: a killed one's are done by another, and nothing twice.
Many domains on two workers are in `proof_workers`."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.reconstruct import ReconstructableRepository
from dagster._grpc.types import ExecuteStepArgs
from dagster._serdes import pack_value

from seongsu_assets import executors, healthy
from seongsu_assets.domain import Window
from seongsu_assets.errors import SettingError
from seongsu_assets.ports import free_port
from seongsu_assets.settings import Settings, settings
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.code_server import instance_in
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.workers import Worker, broker, done_by, ready, start
from seongsu_assets_tests.world import World

NEXT, LIMIT_SECONDS, LOST_SECONDS = LAST + timedelta(days=1), 300, 8
CHALLENGER = "seongsu__challenger"


@contextmanager
def chosen(monkeypatch: pytest.MonkeyPatch, **given: str) -> Iterator[None]:
    """The settings with these, as the environment says them."""
    for name, value in given.items():
        monkeypatch.setenv(f"SEONGSU_{name.upper()}", value)
    settings.cache_clear()
    try:
        yield
    finally:
        settings.cache_clear()


@pytest.mark.parametrize("given", [{"executor": "cellery"}, {"executor": "celery"}])
def test_an_executor_that_is_unknown_or_has_no_broker_is_refused_with_what_to_set(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str]
) -> None:
    with chosen(monkeypatch, **given), pytest.raises(SettingError, match="set SEONGSU_"):
        executors.executor()


def test_a_worker_whose_broker_is_gone_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("celery")
    nobody = f"redis://127.0.0.1:{free_port(39_500)}/0"
    with chosen(monkeypatch, celery_broker=nobody):
        assert not healthy.healthy("worker")


def test_without_a_word_a_run_does_its_own_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    with chosen(monkeypatch):
        assert executors.executor() is dg.in_process_executor


def test_the_executor_and_the_workers_are_told_the_same() -> None:
    pytest.importorskip("dagster_celery")
    from dagster_celery.make_app import make_app

    known = Settings(executor="celery", celery_broker="redis://nobody:1/0", celery_lost_seconds=77)
    conf = make_app(executors.celery(known)).conf
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert conf.worker_prefetch_multiplier == 1
    assert conf.broker_transport_options["visibility_timeout"] == 77
    assert conf.broker_url == conf.result_backend == "redis://nobody:1/0"


def test_a_step_that_waited_longer_than_its_run_is_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exceptions = pytest.importorskip("celery.exceptions")
    from seongsu_assets.due import Due

    origin = dg.reconstructable(job).get_python_origin()
    for status, due in (("STARTED", True), ("FAILURE", False)):
        with dg.DagsterInstance.ephemeral() as instance:
            monkeypatch.setattr(dg.DagsterInstance, "get", lambda found=instance: found)
            run = instance.create_run_for_job(job, status=dg.DagsterRunStatus(status))
            asked = {
                "execute_step_args_packed": pack_value(ExecuteStepArgs(origin, run.run_id, None))
            }
            with nullcontext() if due else pytest.raises(exceptions.Ignore):
                Due().before_start("", (), asked)


@dg.job
def job() -> None: ...


@dataclass(frozen=True)
class Stage:
    """A training whose steps are for workers, and two of them."""

    instance: dg.DagsterInstance
    workers: list[Worker]

    @property
    def run(self) -> str:
        return self.instance.get_runs(limit=1)[0].run_id

    def train(self) -> bool:
        """Whether it succeeded: the run itself is in this process, beside no code server."""
        serving = ReconstructableRepository.for_module("seongsu_assets_tests.serving", "defs")
        training = serving.get_reconstructable_job("seongsu_train")
        return dg.execute_job(training, instance=self.instance).success

    def taken(self, nth: int) -> Worker:
        """The worker that takes the challenger for the nth time."""

        def by() -> list[tuple[str, str]]:
            return done_by(self.instance, self.run) if self.instance.get_runs_count() else []

        assert until(lambda: len(by()) >= nth, LIMIT_SECONDS)
        step, name = by()[nth - 1]
        assert step == CHALLENGER
        return next(each for each in self.workers if each.name == name)


@pytest.fixture
def stage(
    world: World, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """A world that has a day more than its model knows, and two workers of it."""
    with broker(tmp_path / "broker") as address, ExitStack() as at_end:
        monkeypatch.setenv("SEONGSU_NOW", f"{NEXT + timedelta(days=1)}T07:00:00+09:00")
        pipeline = world.pipeline(NEXT)
        for name in ("ingest", "settle", "prepare"):
            pipeline.stage(name, Window(NEXT, NEXT))
        database = f"dagster_{os.getpid()}_{time.monotonic_ns()}"
        server.ensure_database(database)
        dagster = server.url(database, "postgresql+psycopg2")
        given = {"home": str(tmp_path), "dagster_url": dagster, "executor": "celery"}
        given |= {"celery_broker": address, "celery_lost_seconds": str(LOST_SECONDS)}
        at_end.enter_context(chosen(monkeypatch, **given))
        monkeypatch.setenv("DATABASE_URL", world.url)
        monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
        monkeypatch.delitem(sys.modules, "seongsu_assets_tests.serving", raising=False)
        workers = [Worker(name, dict(os.environ)) for name in ("one", "other")]
        for each in workers:
            at_end.callback(each.kill)
        start(workers)
        instance = at_end.enter_context(instance_in(tmp_path / "dagster"))
        ready(workers)
        yield Stage(instance, workers)


@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore:Task name 'execute_plan'")  # dagster-celery names each step so
def test_a_step_is_begun_again_when_its_process_and_then_its_worker_is_killed(
    world: World, stage: Stage
) -> None:
    with ThreadPoolExecutor(1) as beside:
        success = beside.submit(stage.train)
        for child in stage.taken(1).children():
            os.kill(child, signal.SIGKILL)
        second = stage.taken(2)
        second.kill()
        killed = time.monotonic()
        (left,) = (each for each in stage.workers if each is not second)
        assert healthy.healthy(f"worker {left.name}")
        assert not healthy.healthy(f"worker {second.name}")
        assert stage.taken(3) is not second
        assert time.monotonic() - killed > LOST_SECONDS / 2, "nobody can tell before"
        assert success.result(LIMIT_SECONDS)
    with connect(world.url) as conn:
        twice = "select count(*), count(distinct challenger) from warehouse.decision"
        assert conn.execute(twice).fetchone() == (2, 2)
