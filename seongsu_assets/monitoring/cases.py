"""The unit tests of the rules: for each alert what fires it and what must not.
The numbers are chosen next to the thresholds, so that another threshold fails a test."""

from seongsu_assets.metrics import api
from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.case import AlertCase, RecordCase, Series
from seongsu_assets.monitoring.rule import ITS_KIND

HERE, THERE = {"domain": "here"}, {"domain": "there"}
TRAIN = {"domain": "here", "stage": "train"}


def _wape(ours: str, naive: str) -> Series:
    return {
        f.LIVE_WAPE.where(domain="here", forecaster="ours", horizon="1"): ours,
        f.LIVE_WAPE.where(domain="here", forecaster="seasonal_naive", horizon="1"): naive,
    }


def _slots(count: str) -> Series:
    return {f.LIVE_SLOTS.where(domain="here", horizon="1"): count}


def _covered(share: str) -> Series:
    return {f.LIVE_COVERAGE.where(domain="here", horizon="1"): share}


def _answers(calls: str, good: str) -> Series:
    return {
        f.CALLS.where(provider="town"): calls,
        f.ANSWERS.where(provider="town", status="2xx"): good,
    }


def _today(used: str, allowed: str) -> Series:
    return {
        f.CALLS_TODAY.where(provider="town"): used,
        f.CALLS_LIMIT.where(provider="town"): allowed,
    }


def _served(good: str, failed: str) -> Series:
    return {
        api.REQUESTS.where(route="/forecast", status="2xx"): good,
        api.REQUESTS.where(route="/predict", status="5xx"): failed,
    }


def _heap(within: str, count: str) -> Series:
    """A histogram of run durations: so many within 15 s, so many in all."""
    labels = {"domain": "here", "stage": "train"}
    return {
        f.RUN_SECONDS.where(part="bucket", le="5", **labels): "0x60",
        f.RUN_SECONDS.where(part="bucket", le="15", **labels): within,
        f.RUN_SECONDS.where(part="bucket", le="+Inf", **labels): count,
    }


RECORD_CASES = (
    RecordCase(
        recorded.RATIO_TO_NAIVE.name, _wape("0.05x10", "0.1x10"), "10m",
        {f'{recorded.RATIO_TO_NAIVE.name}{{domain="here"}}': 0.5},
    ),
    RecordCase(
        recorded.COVERAGE.name, _covered("0.8x10"), "10m",
        {f'{recorded.COVERAGE.name}{{domain="here"}}': 0.8},
    ),
    RecordCase(
        recorded.FAILURES.name,
        {f.RUNS.where(**TRAIN, outcome="failure"): "0+1x360",
         f.RUNS.where(**TRAIN, outcome="success"): "0+5x360"}, "360m",
        {f'{recorded.FAILURES.name}{{domain="here", stage="train"}}': 360},
    ),
    RecordCase(
        recorded.RUN_P95.name, _heap("0+1x60", "0+1x60"), "60m",
        {f'{recorded.RUN_P95.name}{{domain="here", stage="train"}}': 14.5},
    ),
    RecordCase(
        recorded.CALLS.name, _answers("0+1x360", "0+1x360"), "360m",
        {f'{recorded.CALLS.name}{{provider="town"}}': 360},
    ),
    RecordCase(
        recorded.UNANSWERED.name, _answers("0+4x360", "0+3x360"), "360m",
        {f'{recorded.UNANSWERED.name}{{provider="town"}}': 0.25},
    ),
    RecordCase(
        recorded.ANSWER_P95.name,
        {f.ANSWER_SECONDS.where(part="bucket", provider="town", le="1"): "0x60",
         f.ANSWER_SECONDS.where(part="bucket", provider="town", le="2.5"): "0+1x60",
         f.ANSWER_SECONDS.where(part="bucket", provider="town", le="+Inf"): "0+1x60"}, "60m",
        {f'{recorded.ANSWER_P95.name}{{provider="town"}}': 2.425},
    ),
    RecordCase(
        recorded.API_FAILED.name, _served("0+3x60", "0+1x60"), "60m",
        {recorded.API_FAILED.name: 0.25},
    ),
    RecordCase(
        recorded.API_FAILED.name,
        {api.REQUESTS.where(route="/forecast", status="2xx"): "0+3x60"}, "60m",
        {recorded.API_FAILED.name: 0},
    ),
    RecordCase(
        recorded.API_P99.name,
        {api.SECONDS.where(part="bucket", route="/forecast", status="2xx", le="1"): "0+60x60",
         api.SECONDS.where(part="bucket", route="/forecast", status="2xx", le="2.5"): "0+60x60",
         api.SECONDS.where(part="bucket", route="/forecast", status="2xx", le="+Inf"): "0+60x60"},
        "60m", {f'{recorded.API_P99.name}{{route="/forecast"}}': 0.99},
    ),
)  # fmt: skip

UP, API_UP = 'up{job="seongsu"}', 'up{job="seongsu-api"}'
ALERT_CASES = (
    AlertCase(
        "SeongsuIncidentPage",
        {f.INCIDENTS.where(kind="run_failed", **HERE): "0x4 1x20"},
        {f.INCIDENTS.where(kind="run_failed", **HERE): "0x20",
         f.INCIDENTS.where(kind="data_late", **HERE): "1x20"},
        "15m", {**HERE, "kind": "run_failed"}, "here: run_failed", "run_failed",
    ),
    AlertCase(
        "SeongsuIncidentWarn",
        {f.INCIDENTS.where(kind="data_late", **HERE): "1x30"},
        {f.INCIDENTS.where(kind="data_late", **HERE): "1x8 0x20",
         f.INCIDENTS.where(kind="run_failed", **HERE): "1x30"},
        "20m", {**HERE, "kind": "data_late"}, "here: data_late", "data_late",
    ),
    AlertCase(
        "SeongsuWatcherDown", {UP: "1x4 0x20"}, {UP: "1x4 0x3 1x20"},
        "12m", {"job": "seongsu"}, "the watcher does not answer: nobody tells what is wrong",
        "daemon_dead",
    ),
    AlertCase(
        "SeongsuWatcherDown", {'up{job="other"}': "1x20"}, {UP: "1x20"},
        "12m", {"job": "seongsu"}, "the watcher does not answer: nobody tells what is wrong",
        "daemon_dead",
    ),
    AlertCase(
        "SeongsuApiDown", {API_UP: "1x4 0x20"}, {API_UP: "1x4 0x3 1x20"},
        "12m", {"job": "seongsu-api"}, "the API does not answer", "daemon_dead",
    ),
    AlertCase(
        "SeongsuApiFails", _served("0+60x40", "0+4x40"), _served("0+60x40", "0+3x40"),
        "30m", {}, "the API answers 6.25% of its requests with an error of its own", "daemon_dead",
    ),
    AlertCase(
        "SeongsuMetricsIncomplete",
        {f.COLLECTED.where(store="dagster"): "0x20"}, {f.COLLECTED.where(store="dagster"): "1x20"},
        "10m", {"store": "dagster"}, "the metrics of dagster cannot be read", "daemon_dead",
    ),
    AlertCase(
        "SeongsuHeartbeatLost",
        {f.HEARTBEAT_AGE.where(name="daemon"): "901x20"},
        {f.HEARTBEAT_AGE.where(name="daemon"): "899x20",
         f.HEARTBEAT_AGE.where(name="sensor of the week"): "9000x20"},
        "10m", {"name": "daemon"}, "daemon was last seen 15m 1s ago", "daemon_dead",
    ),
    AlertCase(
        "SeongsuDataLate",
        {f.DATA_AGE.where(**HERE): "172801x90", f.DATA_AGE_ALLOWED.where(**HERE): "172800x90",
         f.DATA_AGE.where(**THERE): "172801x90", f.DATA_AGE_ALLOWED.where(**THERE): "345600x90"},
        {f.DATA_AGE.where(**HERE): "172799x90", f.DATA_AGE_ALLOWED.where(**HERE): "172800x90"},
        "70m", HERE, "here: the newest counted day ended 2d 0h 0m 1s ago", "data_late",
    ),
    AlertCase(
        "SeongsuForecastStale",
        {f.FORECAST_AGE.where(**HERE): "108001x60"}, {f.FORECAST_AGE.where(**HERE): "107999x60"},
        "40m", HERE, "here: the forecast was issued 1d 6h 0m 1s ago", "forecast_stale",
    ),
    AlertCase(
        "SeongsuForecastDegraded",
        {f.FORECAST_TIER.where(tier="champion", **HERE): "0x90", f.MODELS.where(**HERE): "1x90"},
        {f.FORECAST_TIER.where(tier="champion", **HERE): "0x90", f.MODELS.where(**HERE): "0x90",
         f.FORECAST_TIER.where(tier="champion", **THERE): "1x90",
         f.FORECAST_TIER.where(tier="profile", **THERE): "0x90", f.MODELS.where(**THERE): "1x90"},
        "70m", {**HERE, "tier": "champion"}, "here: the champion did not make it",
        "forecast_degraded",
    ),
    AlertCase(
        "SeongsuForecastWorseThanNaive",
        {**_wape("0.101x90", "0.1x90"), **_slots("100x90")},
        {**_wape("0.101x90", "0.1x90"), **_slots("99x90")},
        "70m", HERE, "here: the same hour last week errs less", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastWorseThanNaive",
        {**_wape("0.2x90", "0.1x90"), **_slots("500x90")},
        {**_wape("0.099x90", "0.1x90"), **_slots("500x90")},
        "70m", HERE, "here: the same hour last week errs less", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastCoverage",
        {**_covered("0.59x90"), **_slots("100x90")}, {**_covered("0.61x90"), **_slots("100x90")},
        "70m", HERE, "here: the 80 % range holds 59%", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastCoverage",
        {**_covered("0.2x90"), **_slots("100x90")}, {**_covered("0.2x90"), **_slots("99x90")},
        "70m", HERE, "here: the 80 % range holds 20%", "forecast_worse",
    ),
    AlertCase(
        "SeongsuDriftLasts",
        {f.DRIFT_VERDICT.where(verdict="reactive", **HERE): "1x800"},
        {f.DRIFT_VERDICT.where(verdict="reactive", **HERE): "1x700 0x100",
         f.DRIFT_VERDICT.where(verdict="wait", **HERE): "1x800"},
        "740m", {**HERE, "verdict": "reactive"},
        "here: reactive for half a day: training does not help", "drift",
    ),
    AlertCase(
        "SeongsuRunsFail",
        {f.RUNS.where(outcome="failure", **TRAIN): "0x100 1x100 2x160"},
        {f.RUNS.where(outcome="failure", **TRAIN): "0x200 1x160",
         f.RUNS.where(outcome="success", **TRAIN): "0+1x360"},
        "360m", TRAIN, "here: train fails again and again", "run_failed",
    ),
    AlertCase(
        "SeongsuRunStuck",
        {f.RUNS_SINCE.where(state="running", **TRAIN): "0x300"},
        {f.RUNS_SINCE.where(state="running", **TRAIN): "1500x300",
         f.RUNS_SINCE.where(state="queued", **TRAIN): "0x300"},
        "200m", {**TRAIN, "state": "running"}, "here: train is running since 3h 20m 0s",
        "run_failed",
    ),
    AlertCase(
        "SeongsuQueueStuck",
        {f.RUNS_SINCE.where(state="queued", **TRAIN): "0x800"},
        {f.RUNS_SINCE.where(state="queued", **TRAIN): "1500x800",
         f.RUNS_SINCE.where(state="running", **TRAIN): "0x800"},
        "740m", {**TRAIN, "state": "queued"}, "here: train waits since 12h 20m 0s", "daemon_dead",
    ),
    AlertCase(
        "SeongsuProviderFails", _answers("0+1x400", "0x400"), _answers("0+1x400", "0+0.55x400"),
        "380m", {"provider": "town"}, "town: 100% of the requests failed", "data_late",
    ),
    AlertCase(
        "SeongsuProviderFails",
        _answers("0+0.0112x400", "0x400"), _answers("0+0.011x400", "0x400"),
        "380m", {"provider": "town"}, "town: 100% of the requests failed", "data_late",
    ),
    AlertCase(
        "SeongsuQuotaNearlySpent",
        _today("91x9", "100x9"), _today("90x9", "100x9"),
        "5m", {"provider": "town"}, "town: 91% of the day's calls are used", "quota_spent",
    ),
    AlertCase(
        "SeongsuChannelDead",
        {f.DELIVERIES.where(channel="mail", outcome="failed"): "0x30 3x60",
         f.DELIVERIES.where(channel="mail", outcome="sent"): "7x90"},
        {f.DELIVERIES.where(channel="mail", outcome="failed"): "0x30 3x60",
         f.DELIVERIES.where(channel="mail", outcome="sent"): "7x40 8x60"},
        "60m", {"channel": "mail"}, "mail: nothing is delivered", "channel_dead",
    ),
)  # fmt: skip

assert all(case.kind != ITS_KIND for case in ALERT_CASES)
