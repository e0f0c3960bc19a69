"""Processes that run the small world and are killed: at a statement, at an instant, or not at all.
No assertion is made here."""

import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from seongsu_assets import clock, resources
from seongsu_assets.errors import SeongsuError
from seongsu_assets.warehouse import datasets, forecasts
from seongsu_assets.warehouse.cluster import binaries
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.world import World, small_domain

#: Imported once, by the process that the others are forked from.
HEAVY = ["seongsu_assets_tests.crashing", "lightgbm", "great_expectations", "matplotlib.pyplot"]
KILLED = -signal.SIGKILL
_READS = ("select", "set ")
_numbers = count()


@dataclass(frozen=True)
class Point:
    """The `nth` statement that writes and holds `text`: a process dies before or after it, and in
    a COPY half way through."""

    text: str = ""
    nth: int = 1
    after: bool = True

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} {self.text} {self.nth}"


@dataclass(frozen=True)
class Trial:
    """A database, the folder of its world, the last complete day that a run may know, and how long
    a step that the database let down waits."""

    url: str
    folder: Path
    last: date
    pause: float = 0.2

    def start(
        self, point: Point | None = None, work: Callable[..., None] | None = None
    ) -> BaseProcess:
        """A process that runs the whole pipeline, or `work`, on this world."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(HEAVY)
        process = context.Process(target=_work, args=(self, point, work or run))
        process.start()
        return process

    def run(self, point: Point | None = None) -> int:
        """Run to the end, or to the point: the exit code."""
        process = self.start(point)
        process.join()
        assert process.exitcode is not None
        return process.exitcode

    def killed_after(self, seconds: float) -> bool:
        """Run and be killed after so long; whether it still ran then."""
        process = self.start()
        process.join(seconds)
        process.kill()
        process.join()
        return process.exitcode == KILLED

    def error(self) -> str:
        """What the last process that failed said."""
        return (self.folder / "error").read_text()


def run(world: World, last: date) -> None:
    """The whole pipeline."""
    world.pipeline(last).run()


def _work(trial: Trial, point: Point | None, work: Callable[..., None]) -> None:
    morning = datetime.combine(trial.last + timedelta(days=1), datetime.min.time())
    os.environ["SEONGSU_NOW"] = f"{morning:%Y-%m-%d}T07:00:00+09:00"
    resources.PAUSE_SECONDS = trial.pause
    if point:
        _die_at(point)
    with dg.DagsterInstance.ephemeral() as instance:
        world = World(small_domain(trial.folder), trial.url, trial.folder, instance)
        try:
            work(world, trial.last)
        except SeongsuError as error:
            (trial.folder / "error").write_text(str(error))
            raise SystemExit(1) from None


def _die_at(point: Point) -> None:
    """Let this process kill itself at the point."""
    seen = count(1)
    dying = False

    def wrapped(original: Callable[..., Any], *, copies: bool) -> Callable[..., Any]:
        def call(cursor: Any, query: Any, *args: Any, **rest: Any) -> Any:
            nonlocal dying
            told = _told(query)
            here = point.text in told and not told.startswith(_READS) and next(seen) == point.nth
            if here and not point.after:
                os.kill(os.getpid(), signal.SIGKILL)
            dying = dying or here
            answer = original(cursor, query, *args, **rest)
            if here and not copies:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return call

    def write(copy: Any, data: str) -> None:
        if dying:
            half(copy, data[: len(data) // 2])
            copy.cursor.connection.pgconn.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        half(copy, data)

    half = psycopg.Copy.write
    cursor: Any = psycopg.Cursor
    for name in ("execute", "executemany", "copy"):
        setattr(cursor, name, wrapped(getattr(cursor, name), copies=name == "copy"))
    psycopg.Copy.write = write  # type: ignore[method-assign]


def _told(query: Any) -> str:
    text = query if isinstance(query, str) else query.as_string(None)
    return " ".join(text.split()).replace('"', "").lower()


@contextmanager
def copy_of(server: Server, template: str) -> Generator[str]:
    """The url of a copy of a database, dropped when left."""
    name = f"crash_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        admin.execute(sql.SQL("create database {name} template {template}").format(**names))
        try:
            yield server.url(name)
        finally:
            admin.execute(sql.SQL("drop database {name} with (force)").format(**names))


def carry(source: str, target: str) -> None:
    """Bring a database to another server, which has no role of it yet."""
    with psycopg.connect(target, autocommit=True) as admin:
        for role in ("seongsu_reader", "seongsu_writer"):
            admin.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
    taken = subprocess.run(
        [binaries() / "pg_dump", "--no-owner", "--no-privileges"],
        env=_address(source),
        check=True,
        capture_output=True,
    )
    psql = [binaries() / "psql", "--quiet", "--set=ON_ERROR_STOP=1"]
    subprocess.run(
        psql, env=_address(target), check=True, input=taken.stdout, stdout=subprocess.DEVNULL
    )


def _address(url: str) -> dict[str, str]:
    parts = conninfo_to_dict(url)
    parts["database"] = parts.pop("dbname")
    return {f"PG{name.upper()}": str(value) for name, value in parts.items()}


def publish_often(world: World, _: date, times: int = 40, pause: float = 0.0) -> None:
    """Issue what is published again and again, under new ids, and publish each."""
    with connect(world.url) as conn:
        dataset = datasets.active(conn, world.domain)
        first = forecasts.published(conn, dataset)
        for _ in range(times):
            time.sleep(pause)
            new = uuid4().hex[:12]
            with conn.transaction():
                for again in _AGAIN:
                    conn.execute(again, {"first": first, "new": new})
            forecasts.publish(conn, dataset, new, clock.now())


_AGAIN = (
    """insert into warehouse.issue
       select %(new)s, dataset, origin, issued_at, data_through, model_id, tier, data_sha, cutoffs
       from warehouse.issue where issue_id = %(first)s""",
    """insert into warehouse.forecast
       select %(new)s, series, business_date, hour, at, horizon, q10, q50, q90, level, p_levels,
              usual, naive
       from warehouse.forecast where issue_id = %(first)s""",
)


def until(claim: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether the claim came true in time."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
