"""The unit tests of the alerts: for each what fires it and what must not.
The numbers are chosen next to the thresholds, so that another threshold fails a test."""

from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring.case import AlertCase
from seongsu_assets.monitoring.rule import ITS_KIND
from seongsu_assets.monitoring.series import (
    HERE,
    THERE,
    TRAIN,
    answers,
    covered,
    served,
    slots,
    today,
    wape,
)

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
        "SeongsuApiFails", served("0+60x40", "0+4x40"), served("0+60x40", "0+3x40"),
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
        {f.FORECAST_AGE.where(**HERE): "108001x60",
         f.FORECAST_AGE_ALLOWED.where(**HERE): "108000x60",
         f.FORECAST_AGE.where(**THERE): "108001x60",
         f.FORECAST_AGE_ALLOWED.where(**THERE): "626400x60"},
        {f.FORECAST_AGE.where(**HERE): "107999x60",
         f.FORECAST_AGE_ALLOWED.where(**HERE): "108000x60"},
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
        {**wape("0.101x90", "0.1x90"), **slots("100x90")},
        {**wape("0.101x90", "0.1x90"), **slots("99x90")},
        "70m", HERE, "here: the same hour last week errs less", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastWorseThanNaive",
        {**wape("0.2x90", "0.1x90"), **slots("500x90")},
        {**wape("0.099x90", "0.1x90"), **slots("500x90")},
        "70m", HERE, "here: the same hour last week errs less", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastCoverage",
        {**covered("0.59x90"), **slots("100x90")}, {**covered("0.61x90"), **slots("100x90")},
        "70m", HERE, "here: the 80 % range holds 59%", "forecast_worse",
    ),
    AlertCase(
        "SeongsuForecastCoverage",
        {**covered("0.2x90"), **slots("100x90")}, {**covered("0.2x90"), **slots("99x90")},
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
        "SeongsuProviderFails", answers("0+1x400", "0x400"), answers("0+1x400", "0+0.55x400"),
        "380m", {"provider": "town"}, "town: 100% of the requests failed", "data_late",
    ),
    AlertCase(
        "SeongsuProviderFails",
        answers("0+0.0112x400", "0x400"), answers("0+0.011x400", "0x400"),
        "380m", {"provider": "town"}, "town: 100% of the requests failed", "data_late",
    ),
    AlertCase(
        "SeongsuQuotaNearlySpent",
        today("91x9", "100x9"), today("90x9", "100x9"),
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
