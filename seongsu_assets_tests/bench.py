"""Ratios of the platform's work to the bare work it contains, measured in one run.
No assertion is made here; speed is never a test."""

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from seongsu_assets import clock, settlement
from seongsu_assets.cli.show import frame_table
from seongsu_assets.domain import Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.ingest import ingest
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect, copy
from seongsu_assets_tests import bench_fetch, bench_model

DAYS = 730
PORT = 55_900


def seconds(work: Callable[[], object]) -> float:
    """CPU is shared: the better of two runs of something that may be repeated."""
    taken: list[float] = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def main() -> None:
    """Print what takes the platform's seconds, the bare seconds, their ratio; then the model's."""
    last = date(2026, 1, 31)
    window = Window(last - timedelta(days=DAYS - 1), last)
    payloads = list(SEONGSU.sample.fetch(window))
    parsed = pd.concat([SEONGSU.sample.parse(payload).rows for payload in payloads])
    lines: list[dict[str, object]] = []

    def line(what: str, ours: float, bare: float) -> None:
        lines.append({"what": what, "ours s": ours, "bare s": bare, "ratio": ours / bare})

    with tempfile.TemporaryDirectory() as folder, running(Path(folder), PORT) as server:
        server.ensure_database("bench")
        with connect(server.url("bench")) as conn:
            migrate(conn)
            conn.execute("create table bare (like warehouse.arrival_row)")
            plain = parsed[["series", "hour", "value", "place"]].assign(arrival_id=0)
            bare = seconds(lambda: (conn.execute("truncate bare"), copy(conn, "bare", plain)))

            def take(dataset: str) -> None:
                ingest(conn, SEONGSU, dataset, SEONGSU.sample, payloads, now=clock.now())

            take("warm")  # imports of the audit are paid once in a process
            began = time.perf_counter()
            take("bench")
            line("keep, read, audit, record / COPY", time.perf_counter() - began, bare)
            began = time.perf_counter()
            settlement.settle(conn, SEONGSU, "bench", window, clock.now())
            line("settle with revisions / COPY", time.perf_counter() - began, bare)
            began = time.perf_counter()
            take("bench")
            line("the same bytes again / COPY", time.perf_counter() - began, bare)
        for what, ours, alone in bench_fetch.measure(server.url("bench")):
            line(what, ours, alone)
    frame_table(f"{DAYS} days, {len(parsed):,} rows", pd.DataFrame(lines).round(2))
    bench_model.one()


if __name__ == "__main__":
    main()
