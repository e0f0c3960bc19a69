"""`seongsu up` on an empty home, and again: when the forecast is there, when all programs answer.
`python -W ignore -m seongsu_assets_tests.bench_start`. And what they hold while they serve."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass

from seongsu_assets import clock
from seongsu_assets.cli.show import frame_table
from seongsu_assets.ports import free_port
from seongsu_assets_tests import family
from seongsu_assets_tests.bench_line import Line, table

NOW = "2026-11-20T12:00:00+00:00"
BASE = 56_800
PORTS = ("POSTGRES", "DAGSTER", "MLFLOW", "APP", "WATCH", "API")
UP = (sys.executable, "-W", "ignore", "-m", "seongsu_assets.cli", "up")
KINDS = ("code_server", "dagster._daemon", "webserver", "mlflow", "streamlit", "front", "watch",
         "serve", "listen", "postgres", "forkserver")  # fmt: skip


@dataclass(frozen=True)
class Started:
    """Seconds from the command to the forecast and until all answer; MB by kind of process."""

    forecast: float
    all_up: float
    mb: dict[str, float]


def environment(home: str, now: str = NOW) -> dict[str, str]:
    """A home and ports of its own."""
    ports = {f"SEONGSU_{name}_PORT": str(free_port(BASE + 10 * n)) for n, name in enumerate(PORTS)}
    return {**os.environ, **ports, "SEONGSU_HOME": home, clock.VARIABLE: now}


def started(env: dict[str, str]) -> Started:
    """Bring it up, look, and stop it."""
    began, forecast = time.perf_counter(), 0.0
    up = subprocess.Popen(UP, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert up.stderr is not None
    try:
        for line in up.stderr:
            if line.startswith("forecast after"):
                forecast = time.perf_counter() - began
            if line.startswith("all up"):
                break
        ready = time.perf_counter() - began
        held = {k: family.memory(p) for k, p in kinds(up.pid, env["SEONGSU_HOME"]).items()}
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(120)
    assert forecast, "no forecast was made"
    return Started(forecast, ready, held)


def kinds(root: int, home: str) -> dict[str, list[int]]:
    """All processes below `root`, and the database server, by what they are."""
    found: dict[str, list[int]] = {}
    for pid in family.family(root, home):
        told = family.words(pid)
        found.setdefault(next((name for name in KINDS if name in told), "up"), []).append(pid)
    return found


def lines() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as home:
        cold, warm = started(environment(home)), started(environment(home))
    yield Line("cold start: forecast published", cold.forecast, "s", warm.forecast, "warm start",
               "760 generated days through the graph; a third of it training")  # fmt: skip
    yield Line("cold start: every program answers", cold.all_up, "s", warm.all_up, "warm start",
               "imports: Dagster's code server, its pages, and MLflow")  # fmt: skip
    most = sorted(warm.mb.items(), key=lambda each: -each[1])[:3]
    told = ", ".join(f"{re.sub('^dagster._', '', name)} {mb:.0f}" for name, mb in most)
    yield Line("memory of all programs while they serve", sum(warm.mb.values()), "MB",
               bounds=f"interpreters: {told}")  # fmt: skip


if __name__ == "__main__":
    frame_table("starting", table(lines()).round(2), whole=("what",))
