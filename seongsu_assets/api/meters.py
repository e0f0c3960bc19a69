"""Requests and how long they took, by route and class of status, as Prometheus reads them.
A path that is no route is counted as `other`: nobody can make labels up."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Meters:
    """`routes` are all that have a name of their own."""

    def __init__(self, routes: frozenset[str]) -> None:
        self._routes = routes
        self._registry = CollectorRegistry()
        labels = ("route", "status")
        self._requests = Counter(
            "seongsu_api_requests", "requests answered", labels, registry=self._registry
        )
        self._seconds = Histogram(
            "seongsu_api_request_seconds", "from request to answer", labels,
            registry=self._registry, buckets=BOUNDS,
        )  # fmt: skip

    def count(self, path: str, status: int, seconds: float) -> None:
        labels = (path if path in self._routes else OTHER, f"{status // 100}xx")
        self._requests.labels(*labels).inc()
        self._seconds.labels(*labels).observe(seconds)

    def page(self) -> bytes:
        return generate_latest(self._registry)
