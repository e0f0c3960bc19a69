"""Requests and how long they took, by route and class of status, as Prometheus reads them.
A path that is no route is counted as `other`: nobody can make labels up."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from seongsu_assets.metrics.api import REQUESTS, SECONDS
from seongsu_assets.metrics.family import PREFIX

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"


class Meters:
    """`routes` are all that have a name of their own."""

    def __init__(self, routes: frozenset[str]) -> None:
        self._routes = routes
        self._registry = CollectorRegistry()
        self._requests = Counter(
            PREFIX + REQUESTS.name, REQUESTS.told, REQUESTS.labels, registry=self._registry
        )
        self._seconds = Histogram(
            PREFIX + SECONDS.name, SECONDS.told, SECONDS.labels,
            registry=self._registry, buckets=SECONDS.bounds,
        )  # fmt: skip

    def count(self, path: str, status: int, seconds: float) -> None:
        labels = (path if path in self._routes else OTHER, f"{status // 100}xx")
        self._requests.labels(*labels).inc()
        self._seconds.labels(*labels).observe(seconds)

    def page(self) -> bytes:
        return generate_latest(self._registry)
