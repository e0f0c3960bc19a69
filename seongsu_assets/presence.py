"""Which process a Dagster run belongs to, and whether that process still lives.
What is done about a dead one is for Dagster's monitoring and retries; here it only learns of it.

A process keeps a file of its own locked while it lives, and its runs are tagged with the file's
name. The kernel frees the lock of a process that was killed: no number that is given anew, no
goodbye to miss.
"""

import fcntl
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import dagster as dg
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.launcher import CheckRunHealthResult, DefaultRunLauncher, WorkerStatus
from dagster._grpc.types import CanCancelExecutionRequest, CanCancelExecutionResult
from dagster._serdes import deserialize_value

from seongsu_assets import guard

#: Run tag: the process that executes the run.
PROCESS = "seongsu/process"
#: Run tag: Dagster's own, of what a backfill asks for.
BACKFILL = "dagster/backfill"
#: The niceness of a process that has time.
GIVES_WAY = 10
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def name(instance: dg.DagsterInstance) -> str:
    """This process's name among those that execute runs of this instance; locked until it ends."""
    return _locked(_folder(instance))


def give_way() -> None:
    """Let this process go on with what others leave it of the machine: a backfill has time."""
    os.setpriority(os.PRIO_PROCESS, 0, GIVES_WAY)


def bury(instance: dg.DagsterInstance, say: Callable[[str], None], *, launched: bool) -> None:
    """Report the runs of dead processes as failed: Dagster would wait for them, and so would their
    pools. `launched`: also those that a daemon launched, for when no daemon lives."""
    folder = _folder(instance)
    for run in instance.get_runs(dg.RunsFilter(statuses=UNFINISHED)):
        process = run.tags.get(PROCESS)
        begun = run.status != dg.DagsterRunStatus.NOT_STARTED  # a daemon's run may still begin
        if launched and begun if process is None else not _lives(folder / process):
            instance.report_run_failed(run, "Its process was killed.")
            say(f"run {run.run_id} of {run.job_name} was left unfinished and is now failed")


def _folder(instance: dg.DagsterInstance) -> Path:
    folder = Path(instance.root_directory) / "processes"
    folder.mkdir(exist_ok=True)
    return folder


@lru_cache(maxsize=8)
def _locked(folder: Path) -> str:
    for dead in folder.glob("[!.]*"):
        if not _lives(dead):
            dead.unlink(missing_ok=True)
    name = uuid4().hex
    hidden = folder / f".{name}"
    handle = os.open(
        hidden, os.O_CREAT | os.O_RDWR
    )  # never closed: the lock lasts as long as we do
    fcntl.flock(handle, fcntl.LOCK_EX)
    hidden.rename(folder / name)  # under its name only once it is locked
    return name


def _lives(path: Path) -> bool:
    try:
        with path.open() as file:
            return not guard.lock(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


class Launcher(DefaultRunLauncher):
    """Launches runs in the code server, and asks it whether they live. Dagster's own leaves a run
    whose process was killed together with the code server under way until `max_runtime_seconds`."""

    @property
    def supports_check_run_worker_health(self) -> bool:
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """FAILED when a code server answers that does not have the run. While none answers, one is
        about to be started; a run of a command is for `bury`."""
        lives = CheckRunHealthResult(WorkerStatus.RUNNING)
        client = self._get_grpc_client_for_termination(run.run_id)
        if client is None:
            return lives
        try:
            told = client.can_cancel_execution(CanCancelExecutionRequest(run_id=run.run_id))
        except DagsterUserCodeUnreachableError:
            return lives
        if deserialize_value(told, CanCancelExecutionResult).can_cancel:
            return lives
        return CheckRunHealthResult(
            WorkerStatus.FAILED, "the code server was started anew since; the run ended with it"
        )
