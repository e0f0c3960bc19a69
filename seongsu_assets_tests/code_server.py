"""A real code server of the small world, and what the daemon does with it, one turn at a time.
No assertion is made here."""

import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import dagster as dg
from dagster._cli.job import _create_run
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import GrpcServerTarget
from dagster._daemon.auto_run_reexecution.auto_run_reexecution import (
    consume_new_runs_for_automatic_reexecution,
)
from dagster._daemon.monitoring.run_monitoring import execute_run_monitoring_iteration
from dagster._daemon.run_coordinator.queued_run_coordinator_daemon import QueuedRunCoordinatorDaemon

from seongsu_assets import probes, programs
from seongsu_assets_tests.crashing import until

LOCATION = "seongsu"
_QUIET = logging.getLogger("turns")


@dataclass
class CodeServer:
    """A code server that can be killed and started again on its port."""

    env: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)
    module: str = "seongsu_assets_tests.serving"

    def start(self) -> None:
        command = ["seongsu_assets.code_server", "--module-name", self.module]
        command += ["--host", "127.0.0.1", "--port", str(self.port), "--location-name", LOCATION]
        log = (Path(self.env["SEONGSU_HOME"]) / "code.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command], env=dict(self.env), stdout=log, stderr=log
            )
        assert until(probes.listens(self.port), 120), (Path(log.name)).read_text()

    def workers(self) -> list[int]:
        """The processes that the server has started, theirs included."""
        return _descendants(self.process.pid) if self.process else []

    def kill(self) -> None:
        """End the server and all it has started, as a container that is restarted."""
        assert self.process is not None
        for pid in [self.process.pid, *self.workers()]:
            with suppress(ProcessLookupError):  # some end with the server
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_descendants(child)]
    return found


@contextmanager
def instance_in(folder: Path, at_once: int = 2) -> Iterator[dg.DagsterInstance]:
    """An instance with the platform's own settings, but for how many runs there are at once.
    SEONGSU_DAGSTER_URL says where it keeps."""
    folder.mkdir(exist_ok=True)
    ours = (programs.ROOT / "dagster.yaml").read_text()
    told = re.sub(r"(?<=max_concurrent_runs: )\d+", str(at_once), ours)
    (folder / "dagster.yaml").write_text(told)
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        yield instance


@dataclass(frozen=True)
class Turns:
    """What the daemon does again and again, one turn at a time."""

    instance: dg.DagsterInstance
    port: int

    @contextmanager
    def _context(self) -> Iterator[WorkspaceProcessContext]:
        target = GrpcServerTarget(
            host="127.0.0.1", port=self.port, socket=None, location_name=LOCATION
        )
        with WorkspaceProcessContext(self.instance, target) as context:
            yield context

    def submit(self, job: str, tags: Mapping[str, str]) -> str:
        """Put a run of the job into the queue: its id."""
        with self._context() as context:
            workspace = context.create_request_context()
            location = workspace.get_code_location(LOCATION)
            (repository,) = location.get_repositories().values()
            run = _create_run(
                instance=self.instance,
                code_location=location,
                remote_repo=repository,
                remote_job=repository.get_full_job(job),
                run_config={},
                tags=dict(tags),
                op_selection=None,
                run_id=None,
            )
            self.instance.submit_run(run.run_id, workspace)
            return run.run_id

    def dequeue(self) -> None:
        """Launch what may run."""
        with self._context() as context, QueuedRunCoordinatorDaemon(1) as daemon:
            list(daemon.run_iteration(context))

    @contextmanager
    def dequeuing(self) -> Iterator[None]:
        """Launch what may run, again and again, as the daemon does."""
        stop = Event()

        def turn() -> None:
            with self._context() as context, QueuedRunCoordinatorDaemon(1) as daemon:
                while not stop.wait(0.5):
                    list(daemon.run_iteration(context))

        thread = Thread(target=turn)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def monitor(self) -> None:
        """Look after the runs that are under way."""
        with self._context() as context:
            list(execute_run_monitoring_iteration(context, _QUIET))

    def retry(self) -> None:
        """Put what crashed into the queue again."""
        with self._context() as context:
            records = self.instance.get_run_records(
                dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE])
            )
            list(consume_new_runs_for_automatic_reexecution(context, records, _QUIET))

    def status(self, run_id: str) -> dg.DagsterRunStatus:
        run = self.instance.get_run_by_id(run_id)
        assert run is not None
        return run.status

    def finished(self, run_id: str) -> bool:
        run = self.instance.get_run_by_id(run_id)
        return run is not None and run.is_finished

    def begun(self, run_id: str) -> bool:
        """Whether a step of the run is under way."""
        kind = dg.DagsterEventType.STEP_START
        return bool(self.instance.all_logs(run_id, of_type=kind))
