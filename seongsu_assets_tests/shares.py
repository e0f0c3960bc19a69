"""Many stations as several domains, each with a whole pipeline of runs in Dagster's queue.
No assertion is made here; who carries out the steps is for the one who stands it up."""

import json
import os
import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from seongsu_assets.cli.pipeline import Pipeline
from seongsu_assets.domain import Domain, Window
from seongsu_assets.jobs import job_name, over
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import all_stations
from seongsu_assets_tests.code_server import CodeServer, Turns, instance_in
from seongsu_assets_tests.crashing import until

NOW, LIMIT_SECONDS = "2024-09-01T07:00:00+09:00", 7200


def deal(folder: Path, stations: Sequence[int], shares: int) -> None:
    """Lay out so many domains in a home: which stations each has, and its drop folder."""
    dealt = {f"share_{number}": list(stations[number::shares]) for number in range(shares)}
    folder.mkdir(parents=True)
    (folder / "shares.json").write_text(json.dumps(dealt))
    for name, own in dealt.items():
        all_stations.give(folder / "inbox" / name, own)


def read(folder: Path) -> list[Domain]:
    """The domains of a home."""
    dealt: dict[str, list[int]] = json.loads((folder / "shares.json").read_text())
    return [all_stations.domain(name, own, folder / "inbox" / name) for name, own in dealt.items()]


@dataclass(frozen=True)
class Queued(Pipeline):
    """A pipeline whose stages are runs of the queue, as the daemon launches them."""

    turns: Turns

    def stage(self, stage: str, window: Window | None = None) -> None:
        if window:
            window = Window(max(window.first, self.domain.cadence.start), window.last)
        tags = {"domain": self.domain.name} | (over(window) if window else {})
        run = self.turns.submit(job_name(self.domain, stage), tags)
        assert until(lambda: self.turns.finished(run), LIMIT_SECONDS), f"{stage}: {run}"
        assert self.turns.status(run) == dg.DagsterRunStatus.SUCCESS, f"{stage}: {run}"


@dataclass(frozen=True)
class Stand:
    """The domains of a home in a warehouse of their own, with a code server and an instance."""

    folder: Path
    url: str
    env: Mapping[str, str]
    turns: Turns

    def live(self) -> float:
        """Every domain's whole pipeline, all at once: seconds."""
        domains, began = read(self.folder), time.monotonic()
        instance = self.turns.instance

        def run(domain: Domain) -> None:
            Queued(
                dg.Definitions(), instance, self.url, domain, all_stations.LAST,
                lambda *_: None, self.turns,
            ).run()  # fmt: skip

        with ThreadPoolExecutor(len(domains)) as pool:
            list(pool.map(run, domains))
        return time.monotonic() - began


@contextmanager
def stand(server: Server, folder: Path, name: str, at_once: int, **told: str) -> Generator[Stand]:
    """The home `folder` with an empty warehouse; `told`: settings of its processes."""
    for database in (f"{name}_warehouse", f"{name}_dagster"):
        server.ensure_database(database)
    url = server.url(f"{name}_warehouse")
    with connect(url) as conn:
        migrate(conn)
    os.environ["SEONGSU_DAGSTER_URL"] = server.url(f"{name}_dagster", "postgresql+psycopg2")
    place = folder / f"dagster_{name}"
    env = {
        **os.environ,
        "SEONGSU_HOME": str(folder),
        "SEONGSU_NOW": NOW,
        "DATABASE_URL": url,
        "DAGSTER_HOME": str(place),
        **{f"SEONGSU_{each.upper()}": value for each, value in told.items()},
    }
    with instance_in(place, at_once) as instance:
        code = CodeServer(env, free_port(26_000 + os.getpid() % 2000))
        code.module = "seongsu_assets_tests.serving_shares"
        code.start()
        turns = Turns(instance, code.port)
        try:
            with turns.dequeuing():
                yield Stand(folder, url, env, turns)
        finally:
            code.kill()
