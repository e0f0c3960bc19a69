"""Real stations as four domains: one process, two workers, and two of which one is killed.
The same tables, nothing twice, and the times. `SEONGSU_PROOF_STATIONS`: how many; else all."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import dagster as dg
import pytest

from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import all_stations, shares
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.workers import Worker, broker, done_by, ready, start
from seongsu_assets_tests.world import dump

pytestmark = [pytest.mark.slow, pytest.mark.timeout(4 * 3600)]
SHARES = 4
#: Longer than any step here takes; a step whose worker was killed is begun again after it.
LOST_SECONDS = int(os.environ.get("SEONGSU_CELERY_LOST_SECONDS", "900"))


@pytest.fixture
def home(tmp_path: Path, shared_data: Path) -> Path:
    """A home whose domains have the stations' files."""
    del shared_data  # skipped where it is absent
    many = int(os.environ.get("SEONGSU_PROOF_STATIONS", "0")) or len(all_stations.codes())
    shares.deal(tmp_path / "home", all_stations.some(many), SHARES)
    return tmp_path / "home"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with broker(tmp_path / "broker") as found:
        yield found


def dumped(stand: shares.Stand) -> dict[str, str]:
    with connect(stand.url) as conn:
        return dump(conn)


def kill_in_training(stand: shares.Stand, worker: Worker, told: list[str]) -> None:
    """Kill the worker in the middle of the first training that it takes; a supervisor, as any
    container has, starts it again."""
    instance = stand.turns.instance

    def taken() -> list[str]:
        return [
            run.run_id
            for run in instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED]))
            if any("challenger" in s and w == worker.name for s, w in done_by(instance, run.run_id))
        ]

    assert until(lambda: bool(taken()), shares.LIMIT_SECONDS)
    (run,) = taken()
    time.sleep(2)  # into the step
    worker.kill()
    killed = time.monotonic()
    worker.start()
    assert until(lambda: len(done_by(instance, run)) > 1, shares.LIMIT_SECONDS)
    told.append(f"begun again {time.monotonic() - killed:.0f} s after the kill")
    again = done_by(instance, run)[1]
    told.append(f"by {again[1]}, first by {worker.name}")


def test_two_workers_one_killed_leave_the_tables_of_one_process(
    server: Server, home: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    with shares.stand(server, home, f"alone_{os.getpid()}", 1) as stand:
        alone, undisturbed = stand.live(), dumped(stand)
    told.append(f"one process: {alone:.0f} s")
    celery = {"executor": "celery", "celery_broker": address}
    celery["celery_lost_seconds"] = str(LOST_SECONDS)
    for name, killed in (("both", False), ("killed", True)):
        with shares.stand(server, home, f"{name}_{os.getpid()}", 2, **celery) as stand:
            workers = [Worker(f"{name}_{number}", stand.env) for number in (1, 2)]
            start(workers)
            ready(workers)
            killing = Thread(target=kill_in_training, args=(stand, workers[0], told))
            try:
                if killed:
                    killing.start()
                seconds = stand.live()
                if killed:
                    killing.join()
                said = f"two workers{', one killed' if killed else ''}: {seconds:.0f} s"
                told.append(f"{said}, {seconds / alone:.2f} of one process; {by(stand)}")
                assert dumped(stand) == undisturbed
            finally:
                for each in workers:
                    each.kill()
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *told, ""]))


def by(stand: shares.Stand) -> str:
    """How many steps each worker took."""
    runs = stand.turns.instance.get_runs()
    taken = Counter(
        worker for run in runs for _, worker in done_by(stand.turns.instance, run.run_id)
    )
    return ", ".join(f"{name} {many} steps" for name, many in sorted(taken.items()))
