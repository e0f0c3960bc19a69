"""Stations from files to published forecasts, one to all of them, by the platform and by a script.
`python -W ignore -m seongsu_assets_tests.bench_stations [MANY ...]`. No assertion is made here.

Each run has a process, a home and a PostgreSQL of its own. So many stations are every n-th code,
and their files hold their lines alone."""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.cli.show import frame_table
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import running
from seongsu_assets_tests import all_stations, family, stations_ours
from seongsu_assets_tests.bench_line import Line, table

MANY, ALL, FEW = (1, 10, 50, 239), 239, 10
PORT = 56_100
#: What bounds each part. The script does not ask whether its evaluation is to be believed.
PARTS = {
    "ingest": "text to numbers; claims of each row, two unique indexes, a hash of each day",
    "features": "an hour's row of every origin, station and day ahead: Parquet and its hash",
    "evaluate": "eight rolling origins: two models with their folds, and every contender",
    "train": "two fits of LightGBM; the platform keeps what they were made from and tells MLflow",
    "examine": "eight origins made again; the features held are read and compared by their hash",
    "forecast": "what was known is kept with it; levels and the usual",
    "publish": "accuracy and drift",
}


@dataclass(frozen=True)
class Run:
    """Seconds by part, and of the start; what was forecast; memory (MB) and processor's seconds of
    all its processes, PostgreSQL among them."""

    parts: dict[str, float]
    start: float
    series: int
    mb: float
    postgres_mb: float
    cpu: float

    @property
    def work(self) -> float:
        """Seconds from the first file to the published forecast."""
        return sum(self.parts.values())

    @property
    def whole(self) -> float:
        """The same from the command on: imports, a database that is made, definitions."""
        return self.start + self.work


@dataclass(frozen=True)
class Both:
    ours: Run
    bare: Run

    @property
    def ratio(self) -> float:
        """Of all we do to what the script does."""
        return self.ours.work / self.bare.work


def measured(many: int) -> Both:
    """Ours and the bare script, one after the other, on the same files."""
    stations = all_stations.some(many)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        all_stations.give(stations_ours.inbox(home), stations)
        told = {"SEONGSU_HOME": place, clock.VARIABLE: f"{all_stations.LAST}T22:00:00+00:00"}
        told["SEONGSU_POSTGRES_PORT"] = str(free_port(PORT))
        ours = _run(["stations_ours", *map(str, stations)], home, told)
    with tempfile.TemporaryDirectory() as place, running(Path(place), PORT) as server:
        home = Path(place)
        all_stations.give(home / "files", stations)
        server.ensure_database("bare")
        bare = _run(["stations_bare", str(home / "files")], home, {"BARE_URL": server.url("bare")})
    return Both(ours, bare)


def _run(asked: Sequence[str], home: Path, told: dict[str, str]) -> Run:
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    script, *words = asked
    began = time.time()
    command = [sys.executable, "-W", "ignore", "-m", f"seongsu_assets_tests.{script}", *words]
    env = {**os.environ, **one_thread, **told}
    with (
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process,
        family.watched(process.pid, home) as watched,
    ):
        output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{script} ended with {process.returncode}")
    answer = json.loads(output.splitlines()[-1])
    return Run(
        answer["seconds"], answer["begun"] - began, answer["series"],
        watched.mb, watched.postgres_mb, watched.cpu_seconds,
    )  # fmt: skip


def exponent(few: float, whole: float) -> float:
    """Seconds grow with the stations, from FEW to ALL, to the power of so much."""
    return math.log(whole / few) / math.log(ALL / FEW)


def lines(many: Sequence[int] = MANY) -> Iterator[Line]:
    """Part by part for the most stations, the whole for each number of them, memory and growth."""
    if not all_stations.files():
        yield Line("stations, files to forecasts", against="not measured: no ../shared/data")
        return
    yield from told({each: measured(each) for each in many})


def told(found: Mapping[int, Both]) -> Iterator[Line]:
    """The same of runs that were measured, by the number of their stations."""
    most = max(found)
    yield from _parts(f"{most} stations", found[most])
    for each, both in found.items():
        yield Line(
            f"{each} stations, files to published forecasts", both.ours.work, "s", both.bare.work,
            "script", f"start {both.ours.start:.0f} s more, script {both.bare.start:.0f} s; "
            f"processor {both.ours.cpu:.0f} s, script {both.bare.cpu:.0f} s",
        )  # fmt: skip
        yield Line(
            f"{each} stations, memory of all processes", both.ours.mb, "MB", both.bare.mb,
            "script", f"{both.ours.postgres_mb:.0f} MB of it PostgreSQL",
        )  # fmt: skip
    if {FEW, ALL} <= set(found):
        few, whole = found[FEW].ours, found[ALL].ours
        yield Line(
            f"growth exponent, {FEW} to {ALL} stations", exponent(few.work, whole.work), "",
            bounds=f"{exponent(few.whole, whole.whole):.2f} with the start; of more rows than a "
            "million every so-manieth is learned from",
        )  # fmt: skip


def _parts(named: str, both: Both) -> Iterator[Line]:
    for part, bounds in PARTS.items():
        bare = both.bare.parts.get(part)
        against = "script" if bare else "the script has none"
        yield Line(f"{named}: {part}", both.ours.parts.get(part), "s", bare, against, bounds)


def show(lines: Iterable[Line]) -> None:
    frame_table("stations", table(lines).round(2), whole=("what", "bounds"))


if __name__ == "__main__":
    show(lines([int(word) for word in sys.argv[1:]] or MANY))
