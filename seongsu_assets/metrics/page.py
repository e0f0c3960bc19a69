"""The page that Prometheus scrapes, computed anew each time from the stores.
No server here (the watcher mounts it) and no counting of its own."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import dagster as dg
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from seongsu_assets.domain import Domain
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.data import data
from seongsu_assets.metrics.family import Family, Sample
from seongsu_assets.metrics.forecasts import forecasts
from seongsu_assets.metrics.learning import learning, limits
from seongsu_assets.metrics.outside import outside, providers
from seongsu_assets.metrics.reading import Reading
from seongsu_assets.metrics.runs import runs
from seongsu_assets.metrics.wrong import wrong
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse.postgres import Connection

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: One moment of the warehouse, on one core; a scrape that takes longer has lost its reader.
_QUIETLY = """
set transaction isolation level repeatable read, read only;
set local statement_timeout = '8s';
set local max_parallel_workers_per_gather = 0;
"""
WAREHOUSE, DAGSTER = "warehouse", "dagster"


def exposition(
    conn: Connection, instance: dg.DagsterInstance | None, domains: Iterable[Domain], now: datetime
) -> bytes:
    """The page in Prometheus' text format. `instance` is None where it cannot be opened.

    A store that cannot be read is told as `seongsu_collected` 0 and logged; its families are there
    without a sample, and those of the other are whole."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Platform(conn, instance, tuple(domains), now))
    return generate_latest(registry)


@dataclass(frozen=True, eq=False)  # a registry finds it by its identity
class Platform(Collector):
    """Prometheus' collector of one moment."""

    conn: Connection
    instance: dg.DagsterInstance | None
    domains: Sequence[Domain]
    now: datetime

    def collect(self) -> Iterator[Metric]:
        """Every family in its order, with the samples that are known."""
        found: dict[Family, list[Sample]] = {family: [] for family in f.FAMILIES}
        stores = {WAREHOUSE: self._warehouse, DAGSTER: self._runs}
        told = [Sample(f.CLOCK, (), self.now.timestamp())]
        for name, read in stores.items():
            samples = _tried(name, read)
            told.append(Sample(f.COLLECTED, (name,), samples is not None))
            told.extend(samples or ())
        for sample in told:
            found[sample.family].append(sample)
        for family, samples in found.items():
            yield family.metric(samples)

    def _warehouse(self) -> Iterator[Sample]:
        with self.conn.transaction():
            self.conn.execute(_QUIETLY)
            yield from limits()
            for domain in self.domains:
                if not datasets.begun(self.conn, domain):
                    continue  # of one that nobody uses here nothing is late
                at = Reading.of(self.conn, domain, self.now)
                for collector in (data, forecasts, learning):
                    yield from collector(at)
            yield from outside(self.conn, providers(self.domains), self.now)
            yield from wrong(self.conn, self.domains, self.now)

    def _runs(self) -> Iterator[Sample]:
        if self.instance is None:
            raise LookupError("Dagster's instance cannot be opened")
        yield from runs(self.instance, self.domains)


def _tried(name: str, read: Callable[[], Iterator[Sample]]) -> list[Sample] | None:
    """The samples of a store; None where it cannot be read, which is told."""
    try:
        return list(read())
    except Exception:  # a broken store must not take the other with it
        logging.getLogger(__name__).exception("the metrics of %s cannot be read", name)
        return None
