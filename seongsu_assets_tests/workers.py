"""A broker and Celery's workers as processes that can be killed.
No assertion is made here; where there is no broker to start, tests are skipped and say so."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets import probes
from seongsu_assets.ports import free_port
from seongsu_assets_tests.code_server import _descendants
from seongsu_assets_tests.crashing import until


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """The address of a Redis of its own, on this machine only."""
    program = shutil.which("redis-server")
    if program is None or find_spec("dagster_celery") is None:
        pytest.skip("redis-server or dagster-celery is absent: no worker can be started")
    port = free_port(29_000 + os.getpid() % 2000)
    folder.mkdir(exist_ok=True)
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen([*command, "--save", ""], stdout=log, stderr=log)
    try:
        assert until(probes.listens(port), 30), (folder / "redis.log").read_text()
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


@dataclass
class Worker:
    """A worker process that does one step at a time."""

    name: str
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return Path(self.env["SEONGSU_HOME"]) / f"{self.name}.log"

    def start(self) -> None:
        command = ["celery", "-A", "seongsu_assets.worker", "worker", "--concurrency", "1"]
        command += ["--hostname", self.name, "--loglevel", "INFO", "--without-gossip"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command], env=dict(self.env), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def is_ready(self) -> bool:
        return " ready." in self.log.read_text()

    def children(self) -> list[int]:
        """The processes in which it does its steps."""
        return _descendants(self.process.pid) if self.process else []

    def kill(self) -> None:
        """End it and all it has started, as a machine that is gone."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(workers: Sequence[Worker]) -> None:
    for each in workers:
        each.start()


def ready(workers: Sequence[Worker]) -> None:
    """Wait until all take steps."""
    for each in workers:
        assert until(each.is_ready, 300), each.log.read_text()


def done_by(instance: dg.DagsterInstance, run: str) -> list[tuple[str, str]]:
    """Step and worker, each time that a worker took a step of the run, in order."""
    taken: list[tuple[str, str]] = []
    for entry in instance.all_logs(run, of_type=dg.DagsterEventType.ENGINE_EVENT):
        metadata = entry.get_dagster_event().engine_event_data.metadata
        if "Celery worker" in metadata:
            taken.append((str(entry.step_key), str(metadata["Celery worker"].value).split("@")[-1]))
    return taken
