"""The metric families of the HTTP API, which each of its processes counts by itself.
What is computed from the warehouse is in `families`, and is never counted here."""

from seongsu_assets.metrics.family import Family

_ANSWER = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

REQUESTS = Family(
    "api_requests", "counter", "requests answered, by class of status", ("route", "status")
)
SECONDS = Family(
    "api_request_seconds", "histogram", "from request to answer", ("route", "status"), "s", _ANSWER
)
API = (REQUESTS, SECONDS)
