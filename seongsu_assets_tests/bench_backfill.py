"""The daily run while 365 days are filled beside it, through one queue with its pools.
Run as a module; no assertion is made here. Each run has a process of its own, as in life."""

import os
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import dagster as dg

from seongsu_assets.domain import Window
from seongsu_assets.jobs import URGENT, over
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import Server, running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.bench_line import Line
from seongsu_assets_tests.built import HISTORY, LAST
from seongsu_assets_tests.code_server import CodeServer, Turns, instance_in
from seongsu_assets_tests.crashing import copy_of, until
from seongsu_assets_tests.world import World, small_domain

PORT, LIMIT_SECONDS = 55_950, 3600
NEXT = LAST + timedelta(days=1)
FIRST_HELD = LAST - timedelta(days=HISTORY - 1)
#: As Dagster cuts a backfill of `raw`; what follows it is one run.
PART = 31
Asked = Sequence[tuple[str, Window | None]]
DAILY: Asked = [
    ("ingest", Window(NEXT - timedelta(days=6), NEXT)),
    *((stage, Window(NEXT, NEXT)) for stage in ("settle", "prepare", "forecast")),
    ("publish", None),
    ("score", Window(NEXT - timedelta(days=7), NEXT)),
    ("watch", None),
]


@dataclass(frozen=True)
class Told:
    """Seconds of the daily run, and of the backfill where there was one, with their runs."""

    what: str
    daily: float
    backfill: float = 0.0
    runs: int = 0


def backfill(days: int) -> list[Asked]:
    """The runs of a backfill, one wave after the other."""
    whole = Window(FIRST_HELD - timedelta(days=days), FIRST_HELD - timedelta(days=1))
    starts = whole.days()[::PART]
    parts = [Window(day, min(day + timedelta(days=PART - 1), whole.last)) for day in starts]
    return [[("ingest", part) for part in parts], [("settle", whole)], [("prepare", whole)]]


def submit(turns: Turns, asked: Asked, tags: dict[str, str]) -> list[str]:
    return [
        turns.submit(f"seongsu_{stage}", tags | (over(window) if window else {}))
        for stage, window in asked
    ]


def wait(turns: Turns, runs: list[str]) -> None:
    for run in runs:
        assert until(lambda run=run: turns.finished(run), LIMIT_SECONDS)
        assert turns.status(run) == dg.DagsterRunStatus.SUCCESS, run


def fill(turns: Turns, waves: list[Asked], tags: dict[str, str]) -> None:
    for wave in waves:
        wait(turns, submit(turns, wave, tags))


def day(turns: Turns, tags: dict[str, str]) -> float:
    """The daily run, node after node as the conditions would: its seconds."""
    began = time.monotonic()
    for each in DAILY:
        wait(turns, submit(turns, [each], tags))
    return time.monotonic() - began


def measured(turns: Turns, days: int, daily: dict[str, str]) -> Told:
    """The daily run, quiet or beside a backfill of so many days."""
    if not days:
        return Told("quiet", day(turns, daily))
    began, waves = time.monotonic(), backfill(days)
    filling = Thread(target=fill, args=(turns, waves, {"dagster/backfill": "bench"}))
    filling.start()
    time.sleep(3)  # the daily run comes later than the whole queue
    seconds = day(turns, daily)
    during = filling.is_alive()
    filling.join()
    said = f"beside {days} days" + ("" if during else " (which ended before it)")
    return Told(said, seconds, time.monotonic() - began, sum(map(len, waves)))


@contextmanager
def stand(server: Server, built: str, folder: Path) -> Generator[Turns]:
    """A copy of the built world on the morning after NEXT, its code server and its instance."""
    folder.mkdir()
    (folder / "inbox").mkdir()
    database = f"dagster_{time.monotonic_ns()}"
    server.ensure_database(database)
    os.environ["SEONGSU_DAGSTER_URL"] = server.url(database, "postgresql+psycopg2")
    with copy_of(server, built) as url, instance_in(folder / "dagster") as instance:
        env = {**os.environ, "SEONGSU_HOME": str(folder), "DATABASE_URL": url}
        code = CodeServer(env, free_port(25_000 + os.getpid() % 2000))
        code.start()
        turns = Turns(instance, code.port)
        try:
            with turns.dequeuing():
                yield turns
        finally:
            code.kill()


def build(server: Server, folder: Path) -> str:
    """The name of a database in which the small world has run once."""
    server.ensure_database("built")
    with connect(server.url("built")) as conn:
        migrate(conn)
    os.environ["SEONGSU_NOW"] = at(LAST)
    with dg.DagsterInstance.ephemeral() as instance:
        pipeline = World(small_domain(folder), server.url("built"), folder, instance).pipeline(LAST)
        pipeline.backfill(Window(FIRST_HELD, LAST))
        pipeline.run()
    return "built"


def at(last: date) -> str:
    return f"{last + timedelta(days=1)}T07:00:00+09:00"


def told_of(variants: Sequence[tuple[int, dict[str, str]]]) -> list[Told]:
    """The daily run once for each of (days beside it, its tags), each in a copy of one world."""
    told = list[Told]()
    with tempfile.TemporaryDirectory() as place, running(Path(place), PORT) as server:
        folder = Path(place)
        built = build(server, folder)
        os.environ["SEONGSU_NOW"] = at(NEXT)
        for number, (beside, tags) in enumerate(variants):
            with stand(server, built, folder / str(number)) as turns:
                told.append(measured(turns, beside, tags))
    return told


def lines(days: int = 365) -> Iterator[Line]:
    quiet, beside = told_of([(0, URGENT), (days, URGENT)])
    yield Line(f"backfill of {days} days", beside.backfill, "s", quiet.daily, "a daily run",
               f"{beside.runs} runs, each a process that imports for seconds")  # fmt: skip
    yield Line(f"the daily run beside it ({beside.what})", beside.daily, "s", quiet.daily, "quiet",
               "two cores for both, and a place in the queue")  # fmt: skip


def main() -> None:
    """Quiet, beside the backfill, and beside it without a priority of its own."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 365
    quiet, *others = told_of([(0, URGENT), (days, URGENT), (days, {})])
    for each in (quiet, *others):
        sys.stdout.write(f"{each}: {each.daily / quiet.daily:.2f} times quiet\n")


if __name__ == "__main__":
    main()
