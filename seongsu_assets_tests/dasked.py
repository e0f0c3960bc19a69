"""Dask's scheduler and workers as processes that can be killed.
No assertion about learning is made here."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from seongsu_assets import probes
from seongsu_assets.ports import free_port
from seongsu_assets_tests.crashing import until


@dataclass
class Dask:
    """A scheduler at `address`, and its workers, each a process with a group of its own."""

    folder: Path
    port: int
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    scheduler: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def _start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", f"distributed.cli.dask_{words[0]}",
                 *words[1:], "--no-dashboard"],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            )  # fmt: skip

    def begin(self, many: int) -> None:
        """Start the scheduler and so many workers of one thread."""
        self.scheduler = self._start(
            "scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(self.port)
        )
        assert until(probes.listens(self.port), 120), self.log("scheduler")
        for _ in range(many):
            self.add()

    def add(self) -> None:
        """Start one more worker, and wait until the scheduler knows it."""
        name = f"worker_{len(self.workers)}"
        words = ("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1")
        self.workers.append(self._start(name, *words, "--name", name))
        assert until(lambda: "Registered to" in self.log(name), 120), self.log(name)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def kill(self, place: int) -> None:
        """End a worker and all it has started, as a machine that is gone."""
        os.killpg(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def dask(folder: Path, many: int = 2) -> Iterator[Dask]:
    """So many workers and their scheduler, on this machine only."""
    cluster = Dask(folder, free_port(28_000 + os.getpid() % 1000))
    try:
        cluster.begin(many)
        yield cluster
    finally:
        cluster.end()
