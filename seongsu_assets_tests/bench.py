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
from seongsu_assets.forecasting import features, model
from seongsu_assets.ingest import ingest
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.postgres import connect, copy, migrate
from seongsu_assets_tests import bench_fetch

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
    """Print one table: what, the platform's seconds, the bare seconds, their ratio."""
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
    fit(parsed, window, line)
    frame_table(f"{DAYS} days, {len(parsed):,} rows", pd.DataFrame(lines).round(2))


def fit(rows: pd.DataFrame, window: Window, line: Callable[[str, float, float], None]) -> None:
    """A whole training beside the one LightGBM fit inside it."""
    import lightgbm

    known = rows[["series", "business_date", "hour", "value"]]
    calendar = SEONGSU.covariates[0].build(Window(date(2022, 1, 1), date(2027, 12, 31)))
    origins = list(pd.date_range(window.first + timedelta(days=14), window.last))
    hours = [slot.hour for slot in SEONGSU.cadence.slots]
    arguments = {"lag_days": 1, "hours": hours, "series": SEONGSU.series}
    table = features.build(known, calendar, SEONGSU.plan, origins, **arguments)
    joined = table.merge(known, on=["series", "business_date", "hour"])
    joined = joined[joined.origin.dt.dayofyear % 3 == 0]
    inputs = joined[list(features.names(SEONGSU.plan))].to_numpy()
    options = {"num_threads": 1, "verbose": -1, "num_leaves": 8}

    def bare() -> None:
        data = lightgbm.Dataset(inputs, joined.value.to_numpy())
        lightgbm.train(options, data, num_boost_round=200)

    whole = seconds(lambda: model.fit(table, known, SEONGSU.plan, total=SEONGSU.total))
    line("training with intervals / one LightGBM fit", whole, seconds(bare))


if __name__ == "__main__":
    main()
