"""The slow proofs of `test_crashes`: kills at every statement, at random instants, of the stack.
Run by `make proof`."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from seongsu_assets.domain import Domain, Window
from seongsu_assets.ports import free_port
from seongsu_assets.sources.files import Files
from seongsu_assets.warehouse.embedded import Server, running
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.crashing import Point, Trial, carry, copy_of, until
from seongsu_assets_tests.servers import ask, is_gone, postmaster
from seongsu_assets_tests.test_crashes import NEXT, dumped, next_day
from seongsu_assets_tests.world import small_domain

__all__ = ["next_day"]  # a fixture
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
SEED, KILLS = 20260, 30
WEEK = LAST + timedelta(days=7)
NOW = "2025-06-16T07:00:00+09:00"
SEONGSU = str(Path(sys.executable).with_name("seongsu"))


def surroundings(home: Path) -> dict[str, str]:
    """A home and ports of its own, below those that the kernel gives to clients."""
    base = 20_000 + os.getpid() % 1000 * 8
    names = ("POSTGRES", "DAGSTER", "MLFLOW", "APP")
    ports = {f"SEONGSU_{name}_PORT": str(base + step) for step, name in enumerate(names)}
    return os.environ | ports | {"SEONGSU_HOME": str(home), "SEONGSU_NOW": NOW}


@contextmanager
def up(home: Path, *options: str) -> Generator[subprocess.Popen[bytes]]:
    """`seongsu up`; killed when left."""
    command = [SEONGSU, "up", *options]
    with (home / "said").open("wb") as said:
        process = subprocess.Popen(command, env=surroundings(home), stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def of_home(home: Path) -> list[str]:
    """The command lines of the living processes that belong to a home, and of its server."""
    found: list[str] = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            told = (place / "environ").read_bytes() + (place / "cmdline").read_bytes()
            if str(home).encode() in told:
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def tell(capsys: pytest.CaptureFixture[str], *lines: str) -> None:
    """The figures of a proof, past pytest's capture."""
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, ""]))


def cleared(home: Path) -> float:
    """How many seconds it takes until no process of a home is left."""
    began = time.monotonic()
    assert until(lambda: is_gone(home) and not of_home(home)), of_home(home)
    return time.monotonic() - began


def outcome(home: Path) -> tuple[dict[str, str], dict[str, int]]:
    """The dump of a home's warehouse, and how many Dagster runs have each status."""
    with running(home, free_port(30_500)) as own:
        runs = ask(own.url("dagster"), "select status, count(*) from runs group by status")
        return dumped(own.url("seongsu")), dict(runs or [])


def test_a_killed_stack_leaves_no_process_and_the_next_start_the_same_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """F-22: of the whole stack."""
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    undisturbed.mkdir()
    disturbed.mkdir()
    with up(undisturbed, "--once") as process:
        began = time.monotonic()
        assert process.wait() == 0, (undisturbed / "said").read_text()
        whole = time.monotonic() - began
    chance = random.Random(SEED)
    told: list[str] = []
    for kill in range(4):  # the first run, then what is left of it
        with up(disturbed):
            wait = chance.uniform(kill, kill + 1) * whole / 4
            time.sleep(wait)
        told.append(f"killed after {wait:.0f} s, nothing left {cleared(disturbed):.1f} s later")
    with up(disturbed):
        assert until(lambda: "all up" in (disturbed / "said").read_text(), 600)
        run = [SEONGSU, "run", "seongsu", "--json"]
        subprocess.run(run, env=surroundings(disturbed), check=True, capture_output=True)
    told.append(f"killed while it served, nothing left {cleared(disturbed):.1f} s later")
    with up(disturbed, "--once") as process:
        assert process.wait() == 0, (disturbed / "said").read_text()
    tables, runs = outcome(disturbed)
    tell(capsys, f"undisturbed: {whole:.0f} s", *told, str(runs))
    assert set(runs) <= {"SUCCESS", "FAILURE"}
    assert tables == outcome(undisturbed)[0]


def test_a_kill_before_every_statement_that_writes(
    server: Server,
    built: str,
    tmp_path: Path,
    next_day: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """F-20. What was done is kept from the next COMMIT on, so these are all states there are."""
    kills = 0
    for nth in count(1):
        with copy_of(server, built) as url:
            trial = Trial(url, tmp_path, NEXT)
            if trial.run(Point(nth=nth, after=False)) == 0:
                break
            kills += 1
            assert trial.run() == 0
            assert dumped(url) == next_day, f"killed before statement {nth}"
    tell(capsys, f"{kills} kills, one before each statement")


def test_kills_at_random_instants_of_a_week_with_files_and_a_training(
    server: Server, built: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """F-21: of a longer history; the thousand are in `proof_faults`."""
    fill(small_domain(tmp_path))
    with copy_of(server, built) as url:
        began = time.monotonic()
        assert Trial(url, tmp_path, WEEK).run() == 0
        whole = time.monotonic() - began
        undisturbed = dumped(url)
    chance = random.Random(SEED)
    kills = worlds = 0
    while kills < KILLS:
        with copy_of(server, built) as url:
            trial = Trial(url, tmp_path, WEEK)
            while trial.killed_after(chance.uniform(0.2, whole / 2)):
                kills += 1
            assert trial.run() == 0
            worlds += 1
            assert dumped(url) == undisturbed
    tell(capsys, f"{kills} kills over {worlds} warehouses; undisturbed {whole:.0f} s")


def fill(domain: Domain) -> None:
    """The drop folder: days as files, a day told twice, a refused day, a torn file, a stranger."""
    (folder,) = (source.folder for source in domain.sources if isinstance(source, Files))
    days = Window(WEEK - timedelta(days=99), WEEK)
    assert domain.sample is not None
    for payload in domain.sample.fetch(days):
        (folder / Path(payload.request).name).write_bytes(payload.body)
    newest = sorted(folder.iterdir())[-3:]
    told, refused, torn = (path.read_text() for path in newest)
    (folder / "z-told-again.csv").write_text(told.replace("1", "2"))
    newest[1].write_text(refused.replace(",", ",9"))
    newest[2].write_text(torn[: len(torn) // 2])
    (folder / "stranger.csv").write_text("nothing,of,ours\n1,2,3\n")


def test_kills_of_the_server_at_random_instants(
    server: Server,
    built: str,
    tmp_path: Path,
    next_day: dict[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """F-26."""
    chance = random.Random(SEED)
    home = tmp_path / "home"
    errors: list[str] = []
    with running(home, free_port(30_600)) as own, copy_of(server, built) as source:
        for number in range(10):
            own.ensure_database(f"world_{number}")
            trial = Trial(own.url(f"world_{number}"), tmp_path, NEXT)
            carry(source, trial.url)
            process = trial.start()
            process.join(chance.uniform(0.5, 4))
            os.kill(postmaster(home), signal.SIGKILL)
            process.join()
            errors += [trial.error()] if process.exitcode else []
            assert until(lambda: is_gone(home))
            assert own.revive()
            assert trial.run() == 0
            assert dumped(trial.url) == next_day
    tell(capsys, *errors)


@pytest.mark.parametrize("processes", [2, 8])
def test_many_at_once_leave_what_one_would(
    server: Server, built: str, tmp_path: Path, next_day: dict[str, str], processes: int
) -> None:
    """F-23: of whole pipelines."""
    for _ in range(3):
        with copy_of(server, built) as url:
            together = [Trial(url, tmp_path, NEXT).start() for _ in range(processes)]
            for process in together:
                process.join()
            assert [process.exitcode for process in together] == [0] * processes
            assert dumped(url) == next_day
