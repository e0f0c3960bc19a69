"""What the tests of faults share: one run's whole effect, many at once, and a reader who polls.
No assertion is made here."""

import os
import random
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from threading import Event, Thread
from typing import Any

from seongsu_assets import clock
from seongsu_assets.assets import issuing
from seongsu_assets.assets.features import build, names_of
from seongsu_assets.domain import Domain, Payload, Window
from seongsu_assets.ingest import ingest
from seongsu_assets.settlement import settle
from seongsu_assets.warehouse import features, forecasts, models, published
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.crashing import Trial
from seongsu_assets_tests.world import World

DATASET = "seongsu@sample"


def share_of(full: int) -> int:
    """So many repeats as the figure says, or the share of them that SEONGSU_PROOF_SHARE asks."""
    return max(1, round(full * float(os.environ.get("SEONGSU_PROOF_SHARE", "1"))))


def revised(domain: Domain, day: date, number: int) -> Payload:
    """The day with a few passengers more in one hour: no two numbers say the same."""
    (payload,) = domain.sample.fetch(Window(day, day))
    lines = payload.body.decode().splitlines()
    for place, line in enumerate(lines):
        if line.startswith("20"):
            cells = line.split(",")
            cell = -2 - number % 18
            cells[cell] = str(int(cells[cell]) + 1 + number // 18)
            lines[place] = ",".join(cells)
    return replace(payload, body=("\n".join(lines) + "\n").encode())


def effect(world: World, day: date, number: int) -> bool:
    """What one run does for a partition, from the payload to the pointer; whether it flipped it."""
    domain, alone = world.domain, Window(day, day)
    with connect(world.url) as conn:
        payload = revised(domain, day, number)
        ingest(conn, domain, DATASET, domain.sample, [payload], now=clock.now())
        settle(conn, domain, DATASET, alone, clock.now())
        seen = features.step(conn, DATASET, ["calendar"])
        rows = build(conn, domain, DATASET, alone)
        features.replace(conn, DATASET, rows, names_of(domain), seen, clock.now())
        made = issuing.make(conn, domain, DATASET, day, lambda _: None)
        cuts = made.cutoffs
        models.keep_cutoffs(
            conn, DATASET, cuts.version, list(cuts.values), list(domain.levels.names),
            cuts.window.first, cuts.window.last, clock.now(),
        )  # fmt: skip
        forecasts.issue(conn, DATASET, made.head, made.rows, clock.now())
        return forecasts.publish(conn, DATASET, made.head.issue_id, clock.now())


def together(trial: Trial, processes: int, trials: int, apart: float = 0.0) -> Counter[int]:
    """The same effect by so many processes at once, or within `apart` seconds, so many times: how
    often each was published. A process that fails raises."""
    context = get_context("forkserver")
    barrier, flips = context.Barrier(processes), context.SimpleQueue()
    works = [
        partial(_one_of_many, barrier, flips, trials, apart, seed) for seed in range(processes)
    ]
    running = [trial.start(work=work) for work in works]
    told: list[tuple[int, bool]] = []
    while any(process.is_alive() for process in running) or not flips.empty():
        while not flips.empty():
            told.append(flips.get())
        if any(process.exitcode for process in running):
            barrier.abort()
        time.sleep(0.01)
    if failed := [process.exitcode for process in running if process.exitcode]:
        raise RuntimeError(f"{len(failed)} of {processes} processes failed")
    return Counter(number for number, flipped in told if flipped)


def _one_of_many(
    barrier: Any, flips: Any, trials: int, apart: float, seed: int, world: World, last: date
) -> None:
    chance = random.Random(seed)
    for number in range(trials):
        barrier.wait(120)
        time.sleep(chance.uniform(0, apart))
        flips.put((number, effect(world, last, number)))


@dataclass
class Reader:
    """Somebody who reads the published forecast again and again. `mixed`: answers that were not
    one whole issue."""

    url: str
    pause: float
    whole: int
    reads: int = 0
    mixed: int = 0
    seen: set[str] = field(default_factory=set[str])

    def read(self, stop: Event) -> None:
        with connect(self.url) as conn:
            while not stop.is_set():
                table = published.forecast(conn, "seongsu")
                issues = set(table.issue_id)
                self.reads += 1
                self.mixed += len(issues) != 1 or len(table) != self.whole
                self.seen |= issues
                time.sleep(self.pause)


@contextmanager
def reading(url: str, hertz: float = 50.0) -> Generator[Reader]:
    """A reader who polls while the context lasts."""
    with connect(url) as conn:
        whole = len(published.forecast(conn, "seongsu"))
    reader, stop = Reader(url, 1 / hertz, whole), Event()
    thread = Thread(target=reader.read, args=(stop,))
    thread.start()
    try:
        yield reader
    finally:
        stop.set()
        thread.join()
