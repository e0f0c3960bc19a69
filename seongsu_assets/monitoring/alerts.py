"""When somebody is called, and to which entry of the runbook.
The platform tells its incidents by itself; these hold also where that part of it is ill."""

from seongsu_assets.forecasting.retraining import TRAIN
from seongsu_assets.forecasting.thresholds import Drift
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.rule import ITS_KIND, Alert

JOB, API_JOB = "seongsu", "seongsu-api"
#: Fewer scored hours of a horizon than a week's say nothing.
_ENOUGH = f"min by (domain) ({f.LIVE_SLOTS.where()}) >= 100"
_HOUR = 3600
#: Dagster ends a run after two hours; one that is older has lost its end.
_LONGEST = 3 * _HOUR
#: A backfill of a year waits its turn for a night.
_QUEUED = 12 * _HOUR
#: The watcher beats once a minute, for the daemon too.
_SILENT = 900
_PAGE, _WARN = (
    "|".join(name for name, kind in KINDS.items() if kind.severity == severity)
    for severity in ("page", "warn")
)

ALERTS = (
    Alert(
        "SeongsuIncidentPage",
        f.INCIDENTS.where(f'kind=~"{_PAGE}"') + " > 0",
        "1m", "page", ITS_KIND, "{{ $labels.domain }}: {{ $labels.kind }}",
    ),
    Alert(
        "SeongsuIncidentWarn",
        f.INCIDENTS.where(f'kind=~"{_WARN}"') + " > 0",
        "10m", "warn", ITS_KIND, "{{ $labels.domain }}: {{ $labels.kind }}",
    ),
    Alert(
        "SeongsuWatcherDown",
        f'up{{job="{JOB}"}} == 0 or absent(up{{job="{JOB}"}})',
        "5m", "page", "daemon_dead", "the watcher does not answer: nobody tells what is wrong",
    ),
    Alert(
        "SeongsuApiDown",
        f'up{{job="{API_JOB}"}} == 0',
        "5m", "page", "daemon_dead", "the API does not answer",
    ),
    Alert(
        "SeongsuApiFails",
        f"{recorded.API_FAILED.name} > 0.05",
        "10m", "page", "daemon_dead", "the API answers {{ $value | humanizePercentage }} of its "
        "requests with an error of its own",
    ),
    Alert(
        "SeongsuMetricsIncomplete",
        f.COLLECTED.where() + " == 0",
        "5m", "page", "daemon_dead", "the metrics of {{ $labels.store }} cannot be read",
    ),
    Alert(
        "SeongsuHeartbeatLost",
        f.HEARTBEAT_AGE.where('name=~"daemon|watch"') + f" > {_SILENT}",
        "5m", "page", "daemon_dead", "{{ $labels.name }} was last seen "
        "{{ $value | humanizeDuration }} ago",
    ),
    Alert(
        "SeongsuDataLate",
        f"{f.DATA_AGE.where()} > {f.DATA_AGE_ALLOWED.where()}",
        "1h", "warn", "data_late", "{{ $labels.domain }}: the newest counted day ended "
        "{{ $value | humanizeDuration }} ago",
    ),
    Alert(
        "SeongsuForecastStale",
        f"{f.FORECAST_AGE.where()} > {f.FORECAST_AGE_ALLOWED.where()}",
        "30m", "page", "forecast_stale", "{{ $labels.domain }}: the forecast was issued "
        "{{ $value | humanizeDuration }} ago",
    ),
    Alert(
        "SeongsuForecastDegraded",
        f"{f.FORECAST_TIER.where(tier='champion')} == 0 and on (domain) {f.MODELS.where()} > 0",
        "1h", "warn", "forecast_degraded", "{{ $labels.domain }}: the champion did not make it",
    ),
    Alert(
        "SeongsuForecastWorseThanNaive",
        f"{recorded.RATIO_TO_NAIVE.name} > 1 and on (domain) {_ENOUGH}",
        "1h", "warn", "forecast_worse", "{{ $labels.domain }}: the same hour last week errs less",
    ),
    Alert(
        "SeongsuForecastCoverage",
        f"{recorded.COVERAGE.name} < {Drift().coverage} and on (domain) {_ENOUGH}",
        "1h", "warn", "forecast_worse", "{{ $labels.domain }}: the 80 % range holds "
        "{{ $value | humanizePercentage }}",
    ),
    Alert(
        "SeongsuDriftLasts",
        f.DRIFT_VERDICT.where(f'verdict=~"{"|".join(TRAIN)}"') + " == 1",
        "12h", "warn", "drift", "{{ $labels.domain }}: {{ $labels.verdict }} for half a day: "
        "training does not help",
    ),
    Alert(
        "SeongsuRunsFail",
        f"{recorded.FAILURES.name} > 1.5",
        "0m", "page", "run_failed", "{{ $labels.domain }}: {{ $labels.stage }} fails "
        "again and again",
    ),
    Alert(
        "SeongsuRunStuck",
        "time() - " + f.RUNS_SINCE.where('state!="queued"') + f" > {_LONGEST}",
        "10m", "warn", "run_failed", "{{ $labels.domain }}: {{ $labels.stage }} is "
        "{{ $labels.state }} since {{ $value | humanizeDuration }}",
    ),
    Alert(
        "SeongsuQueueStuck",
        f"time() - {f.RUNS_SINCE.where(state='queued')} > {_QUEUED}",
        "10m", "page", "daemon_dead", "{{ $labels.domain }}: {{ $labels.stage }} waits since "
        "{{ $value | humanizeDuration }}",
    ),
    Alert(
        "SeongsuProviderFails",
        f"{recorded.UNANSWERED.name} > 0.5 and on (provider) {recorded.CALLS.name} >= 4",
        "10m", "warn", "data_late", "{{ $labels.provider }}: {{ $value | humanizePercentage }} of "
        "the requests failed",
    ),
    Alert(
        "SeongsuQuotaNearlySpent",
        f"{f.CALLS_TODAY.where()} / on (provider) {f.CALLS_LIMIT.where()} > 0.9",
        "0m", "warn", "quota_spent", "{{ $labels.provider }}: {{ $value | humanizePercentage }} of "
        "the day's calls are used",
    ),
    Alert(
        "SeongsuChannelDead",
        f"sum by (channel) (increase({f.DELIVERIES.where(outcome='failed')}[1h])) > 2.5 unless on "
        f"(channel) sum by (channel) (increase({f.DELIVERIES.where(outcome='sent')}[1h])) > 0",
        "0m", "page", "channel_dead", "{{ $labels.channel }}: nothing is delivered",
    ),
)  # fmt: skip
