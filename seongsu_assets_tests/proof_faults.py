"""F-20 to F-28 and F-41 in full: the figures of the faults whose short forms are in the suite.
Run by `make proof`; SEONGSU_PROOF_SHARE=0.1 runs a tenth of each."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import dagster as dg
import pytest

from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.code_server import CodeServer, Turns
from seongsu_assets_tests.crashing import KILLED, Point, Trial, copy_of, publish_often, until
from seongsu_assets_tests.faults import reading, share_of, together
from seongsu_assets_tests.proof_crashes import tell
from seongsu_assets_tests.test_crashes import NEXT, dumped, next_day, trial
from seongsu_assets_tests.test_faults_runs import decided, stage, training
from seongsu_assets_tests.test_faults_time import assert_each_day_once, ran, run_by, without
from seongsu_assets_tests.test_faults_twice import beside_a_backfill
from seongsu_assets_tests.world import World

__all__ = ["next_day", "stage", "trial"]  # fixtures
pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]
SEED, CORES = 20261, 2
#: The places of `faults.md` in the order in which a run comes to them, by what is written there. A
#: verdict on drift is drawn anew by each run, so a kill after it would leave one more.
PLACES = {
    "fetch, raw write": Point("insert into warehouse.payload (", nth=3),
    "stage": Point("copy warehouse.arrival_row"),
    "audit": Point("insert into warehouse.payload_read"),
    "settle": Point("insert into warehouse.settlement"),
    "swap": Point("drop table settled"),
    "features": Point("update warehouse.feature"),
    "issue": Point("copy warehouse.forecast"),
    "publish": Point("insert into warehouse.publication"),
    "score": Point("insert into warehouse.score"),
}
Tell = Callable[..., None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Tell:
    return partial(tell, capsys)


def test_f20_a_kill_before_and_after_each_named_place_twenty_times_under_a_readers_eyes(
    server: Server, built: str, tmp_path: Path, next_day: dict[str, str], say: Tell
) -> None:
    kills = reads = 0
    for _ in range(share_of(20)):
        with copy_of(server, built) as url, reading(url, hertz=50) as reader:
            trial = Trial(url, tmp_path, NEXT)
            for name, place in PLACES.items():
                for after in (False, True):
                    point = Point(place.text, place.nth, after)
                    assert trial.run(point) == KILLED, f"no process came to {name}: {point}"
                    kills += 1
            assert trial.run() == 0
            assert dumped(url) == next_day
        assert reader.mixed == 0
        reads += reader.reads
    say(f"F-20: {kills} kills, {reads} reads at 50 Hz, none of them mixed")


def test_f21_a_thousand_kills_at_random_instants(
    server: Server, built: str, tmp_path: Path, next_day: dict[str, str], say: Tell
) -> None:
    with copy_of(server, built) as url:
        began = time.monotonic()
        assert Trial(url, tmp_path, NEXT).run() == 0
        whole = time.monotonic() - began

    def world(seed: int) -> int:
        """Kills on one warehouse until a run survives."""
        chance, folder, kills = random.Random(SEED + seed), tmp_path / str(seed), 0
        folder.mkdir()
        with copy_of(server, built) as url:
            trial = Trial(url, folder, NEXT)
            while kills < 10 and trial.killed_after(chance.uniform(0.2, whole)):
                kills += 1
            assert trial.run() == 0
            assert dumped(url) == next_day
        return kills

    kills = worlds = 0
    with ThreadPoolExecutor(CORES) as pool:
        while kills < share_of(1000):
            told = list(pool.map(world, range(worlds, worlds + CORES)))
            kills, worlds = kills + sum(told), worlds + CORES
    say(f"F-21: {kills} kills over {worlds} warehouses, undisturbed {whole:.1f} s")


def test_f22_the_daemon_itself_recovers_a_run_whose_worker_and_code_server_were_killed(
    world: World, stage: tuple[Turns, CodeServer], say: Tell
) -> None:
    turns, code = stage
    workspace = Path(code.env["SEONGSU_HOME"]) / "workspace.yaml"
    server = f"{{host: 127.0.0.1, port: {code.port}, location_name: seongsu}}"
    workspace.write_text(f"load_from:\n- grpc_server: {server}\n")
    before, run = decided(world), training(turns)
    env = dict(code.env) | {"DAGSTER_HOME": turns.instance.root_directory}
    command = [sys.executable, "-m", "dagster._daemon", "run", "-w", str(workspace)]
    with (workspace.parent / "daemon.log").open("wb") as log:
        daemon = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        code.kill()
        killed = time.monotonic()
        code.start()
        assert until(lambda: decided(world) == before + 1, 900)
        seconds = time.monotonic() - killed
    finally:
        daemon.terminate()
        daemon.wait()
    assert turns.status(run) == dg.DagsterRunStatus.FAILURE
    say(f"F-22: done again by itself {seconds:.0f} s after the kill")


@pytest.mark.parametrize("processes", [2, 8])
def test_f23_a_hundred_trials_of_many_at_once(
    server: Server,
    built: str,
    trial: Trial,
    tmp_path_factory: pytest.TempPathFactory,
    processes: int,
    say: Tell,
) -> None:
    trials = share_of(100)
    assert together(trial, processes, trials) == dict.fromkeys(range(trials), 1)
    with copy_of(server, built) as url:
        together(Trial(url, tmp_path_factory.mktemp("alone"), NEXT), 1, trials)
        assert dumped(trial.url) == dumped(url)
    say(f"F-23: {trials} trials of {processes} processes, no error, equal to one")


def test_f24_two_hundred_retries_beside_a_sensors_run(trial: Trial, say: Tell) -> None:
    trials = share_of(200)
    assert together(trial, 2, trials, apart=1.0) == dict.fromkeys(range(trials), 1)
    say(f"F-24: {trials} trials, each published once")


def test_f27_ten_thousand_reads_while_publishing_is_killed_again_and_again(
    trial: Trial, say: Tell
) -> None:
    chance, kills = random.Random(SEED), 0
    with reading(trial.url, hertz=1000) as reader:
        while reader.reads < share_of(10_000):
            writer = trial.start(work=publish_often)
            writer.join(chance.uniform(0.5, 3.0))
            kills += writer.exitcode is None
            writer.kill()
            writer.join()
    assert reader.mixed == 0
    say(f"F-27: {reader.reads} reads of {len(reader.seen)} issues, {kills} kills, none mixed")


def test_f28_a_daily_run_beside_a_backfill_of_a_year(
    trial: Trial, server: Server, built: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("alone")
    beside_a_backfill(share_of(365), trial, server, built, folder)


@pytest.mark.parametrize("seed", range(4))
def test_f41_a_clock_that_jumps_by_hours_and_days_again_and_again(
    server: Server, built: str, trial: Trial, tmp_path: Path, seed: int, say: Tell
) -> None:
    chance, day, hour = random.Random(SEED + seed), timedelta(days=1), timedelta(hours=1)
    jumps = [chance.choice([hour, -hour, day, -8 * hour, timedelta(0)]) for _ in range(share_of(6))]
    ran(trial, partial(run_by, [*jumps, timedelta(0), day]))
    steady = tmp_path / "steady"
    steady.mkdir()
    with copy_of(server, built) as url:
        ran(Trial(url, steady, NEXT), partial(run_by, [timedelta(0), day]))
        assert without(dumped(trial.url), {"drift"}) == without(dumped(url), {"drift"})
    assert_each_day_once(trial.url)
    say(f"F-41: {len(jumps) + 2} runs by a jumping clock, equal to a steady one")
