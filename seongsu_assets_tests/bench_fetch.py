"""A year of daily card data over HTTP, beside the time that the requests alone must take.
No assertion is made here; the upstream is a process of its own, 50 ms away."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.domain import Payload, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.domains.seongsu_feeds import STATION
from seongsu_assets.ingest import ingest
from seongsu_assets.settings import settings
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.bench_line import Line
from seongsu_assets_tests.upstream import KEYS

YEAR = Window(date(2025, 6, 1), date(2026, 5, 31))
LATENCY = 0.05
PORT = 55_900


@contextmanager
def upstream() -> Iterator[str]:
    """The address of an upstream whose every reply takes LATENCY."""
    module = "seongsu_assets_tests.upstream"
    command = [sys.executable, "-m", module, "--latency", str(LATENCY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def measure(url: str) -> Iterator[tuple[str, float, float]]:
    """(what, our seconds, the pure request time): fetching alone, then everything up to the
    verdict of the audit."""
    os.environ["SEONGSU_SEOUL_KEY"] = KEYS["seoul"]
    settings.cache_clear()
    pure = len(YEAR.days()) * LATENCY / SEOUL.at_once
    source = CardApi(STATION)
    with upstream() as address, connect(url) as conn, connect(url) as journal:
        door = Door(Journal(journal), settings().key, clock.now, address)
        with door as web:
            began = time.perf_counter()
            got = sum(isinstance(each, Payload) for each in source.fetch(YEAR, web))
            yield f"fetch {got} card days / requests alone", time.perf_counter() - began, pure
            began = time.perf_counter()
            ingest(conn, SEONGSU, "cards", source, source.fetch(YEAR, web), now=clock.now())
            took = time.perf_counter() - began
        row = journal.execute("select count(*) from warehouse.answer").fetchone()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = f"the same, read, judged, kept ({row[0] if row else 0} requests, {memory} MB)"
        yield told, took, pure


def lines() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), PORT) as server:
        server.ensure_database("fetch")
        with connect(server.url("fetch")) as conn:
            migrate(conn)
        for what, ours, pure in measure(server.url("fetch")):
            yield Line(what, ours, "s", pure, "the requests alone", "a request every 50 ms")
