"""Queries that dashboards and alerts share, each recorded once.
No threshold here; see `alerts`."""

from seongsu_assets.metrics import api
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.forecasts import NAIVE, OURS
from seongsu_assets.monitoring.rule import Record

RATIO_TO_NAIVE = Record(
    "domain:seongsu_live_wape:ratio_to_naive",
    f"avg by (domain) ({f.LIVE_WAPE.where(forecaster=OURS)})"
    f" / avg by (domain) ({f.LIVE_WAPE.where(forecaster=NAIVE)})",
)
COVERAGE = Record(
    "domain:seongsu_live_coverage:avg", f"avg by (domain) ({f.LIVE_COVERAGE.where()})"
)
FAILURES = Record(
    "stage:seongsu_runs_failed:increase6h",
    f"sum by (domain, stage) (increase({f.RUNS.where(outcome='failure')}[6h]))",
)
RUN_P95 = Record(
    "stage:seongsu_run_duration_seconds:p95_1d",
    "histogram_quantile(0.95, sum by (domain, stage, le)"
    f" (increase({f.RUN_SECONDS.where(part='bucket')}[1d])))",
)
CALLS = Record(
    "provider:seongsu_provider_calls:increase6h",
    f"sum by (provider) (increase({f.CALLS.where()}[6h]))",
)
UNANSWERED = Record(
    "provider:seongsu_provider_failed:ratio6h",
    f"clamp_min(1 - sum by (provider) (increase({f.ANSWERS.where(status='2xx')}[6h]))"
    f" / ({CALLS.name} > 0), 0)",
)
ANSWER_P95 = Record(
    "provider:seongsu_provider_answer_seconds:p95_6h",
    "histogram_quantile(0.95, sum by (provider, le)"
    f" (increase({f.ANSWER_SECONDS.where(part='bucket')}[6h])))",
)
API_FAILED = Record(
    "api:seongsu_api_requests_failed:ratio10m",
    f"(sum(increase({api.REQUESTS.where(status='5xx')}[10m])) or vector(0))"
    f" / (sum(increase({api.REQUESTS.where()}[10m])) > 0)",
)
API_P99 = Record(
    "route:seongsu_api_request_seconds:p99_10m",
    f"histogram_quantile(0.99, sum by (route, le) (rate({api.SECONDS.where(part='bucket')}[10m])))",
)

RECORDED = (
    RATIO_TO_NAIVE, COVERAGE, FAILURES, RUN_P95, CALLS, UNANSWERED, ANSWER_P95, API_FAILED, API_P99,
)  # fmt: skip
