"""Every metric family of the platform. Dashboards, rules and collectors name these constants only.
Nothing is measured here. A value that is not known has no sample, and never stands as zero."""

from seongsu_assets.metrics.family import Family

_MINUTE, _HOUR = 60.0, 3600.0
_RUN = (1, 5, 15, 30, _MINUTE, 120, 300, 600, 1800, _HOUR, 2 * _HOUR)
_CALL = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60)

COLLECTED = Family("collected", "gauge", "1 where this store could be read", ("store",))
CLOCK = Family("clock_seconds", "gauge", "the platform's clock; a replay has another", unit="s")
SAMPLE_DATA = Family(
    "sample_data", "gauge", "1 where the data in force are generated or a rehearsal's", ("domain",)
)

# -- data
DATA_AGE = Family(
    "data_age_seconds", "gauge", "now less the end of the newest counted day", ("domain",), "s"
)
DATA_AGE_ALLOWED = Family(
    "data_age_allowed_seconds", "gauge", "the oldest that the domain lets it be", ("domain",), "s"
)
SOURCE_AGE = Family(
    "source_age_seconds", "gauge", "now less the end of the newest day that the source told of and "
    "that passed the audit", ("domain", "source"), "s",
)  # fmt: skip
FEED_AGE = Family(
    "feed_age_seconds", "gauge", "since something new came of what is said beside the counts",
    ("domain", "feed"), "s",
)  # fmt: skip
PARTITION_COMPLETE = Family(
    "partition_complete_ratio", "gauge", "share of its counted hours that a day has",
    ("domain", "days_ago"), "percentunit",
)  # fmt: skip
PARTITION_DELAY = Family(
    "partition_delay_seconds", "gauge", "from the end of a day until the source's first rows of it "
    "that passed the audit", ("domain", "source", "days_ago"), "s",
)  # fmt: skip
ROWS_RECEIVED = Family(
    "rows_received", "counter", "records received, for this domain or not", ("domain", "source")
)
ROWS_ACCEPTED = Family(
    "rows_accepted", "counter", "rows that passed the audit", ("domain", "source")
)
ROWS_QUARANTINED = Family(
    "rows_quarantined", "counter", "records that could not be read, or rows of days that the audit "
    "refused", ("domain", "source", "reason"),
)  # fmt: skip
ROWS_REVISED = Family(
    "rows_revised", "counter", "counted values that another replaced", ("domain",)
)

# -- forecasts
FORECAST_AGE = Family(
    "forecast_age_seconds", "gauge", "since the published forecast was issued", ("domain",), "s"
)
FORECAST_AGE_ALLOWED = Family(
    "forecast_age_allowed_seconds", "gauge", "the oldest that the domain lets it be: one is due "
    "once a day, or once a week", ("domain",), "s",
)  # fmt: skip
FORECAST_DATA_AGE = Family(
    "forecast_data_age_seconds", "gauge", "now less the end of the newest day that the published "
    "forecast knew", ("domain",), "s",
)  # fmt: skip
FORECAST_TIER = Family(
    "forecast_tier", "gauge", "1 for what made the published forecast", ("domain", "tier")
)
ISSUES = Family("forecasts_issued", "counter", "forecasts issued", ("domain", "tier"))
LIVE_WAPE = Family(
    "live_wape_ratio", "gauge", "error of what was issued, of the last 28 days, by days ahead; "
    "all forecasters on the same rows", ("domain", "forecaster", "horizon"), "percentunit",
)  # fmt: skip
LIVE_COVERAGE = Family(
    "live_coverage_ratio", "gauge", "share of what came that was inside the 80 % range, of the "
    "last 28 days", ("domain", "horizon"), "percentunit",
)  # fmt: skip
LIVE_SLOTS = Family(
    "live_scored_slots", "gauge", "forecast hours that met their truth, of the last 28 days",
    ("domain", "horizon"),
)  # fmt: skip

# -- drift, training, promotion
DRIFT_INPUT = Family(
    "drift_input", "gauge", "what the newest verdict was made from", ("domain", "input")
)
DRIFT_LIMIT = Family("drift_limit", "gauge", "from where on an input is drift", ("input",))
DRIFT_VERDICT = Family("drift_verdict", "gauge", "1 for the newest verdict", ("domain", "verdict"))
DRIFT_VERDICTS = Family("drift_verdicts", "counter", "verdicts given", ("domain", "verdict"))
DRIFT_AGE = Family(
    "drift_verdict_age_seconds", "gauge", "since the newest verdict", ("domain",), "s"
)
MODELS = Family("models_trained", "counter", "models trained and kept", ("domain",))
TRAININGS = Family(
    "training_runs", "counter", "runs of the training job that ended", ("domain", "outcome")
)
DECISIONS = Family(
    "promotion_decisions", "counter", "decisions about a challenger", ("domain", "outcome")
)
DECISION_GAIN = Family(
    "promotion_gain_ratio", "gauge", "how much less the newest judged challenger errs than the "
    "champion, on the same rows", ("domain", "days"), "percentunit",
)  # fmt: skip
MODEL_WAPE = Family(
    "model_wape_ratio", "gauge", "error over rolling origins", ("domain", "role"), "percentunit"
)
MODEL_NAIVE = Family(
    "model_ratio_to_naive", "gauge", "error over that of the same hour last week, on the same rows",
    ("domain", "role"), "percentunit",
)  # fmt: skip
MODEL_COVERAGE = Family(
    "model_coverage_ratio", "gauge", "share inside the 80 % range over rolling origins",
    ("domain", "role"), "percentunit",
)  # fmt: skip
MODEL_AGE = Family(
    "model_age_seconds", "gauge", "now less the end of the newest day that it learned from",
    ("domain", "role"), "s",
)  # fmt: skip

# -- runs of Dagster
RUNS = Family("runs", "counter", "runs that ended", ("domain", "stage", "outcome"))
RUN_SECONDS = Family(
    "run_duration_seconds", "histogram", "from start to end of every run that ended; one that "
    "never started took none", ("domain", "stage"), "s", _RUN,
)  # fmt: skip
RUNS_OPEN = Family(
    "runs_unfinished", "gauge", "runs that wait or go on", ("domain", "stage", "state")
)
RUNS_SINCE = Family(
    "runs_unfinished_since_seconds", "gauge", "when the oldest of them was asked for, as time() "
    "tells it", ("domain", "stage", "state"), "s",
)  # fmt: skip

# -- the outside world
CALLS = Family("provider_calls", "counter", "requests made, answered or not", ("provider",))
CALLS_TODAY = Family(
    "provider_calls_today", "gauge", "requests of the provider's own day", ("provider",)
)
CALLS_LIMIT = Family("provider_calls_limit", "gauge", "requests that its day allows", ("provider",))
ANSWERS = Family(
    "provider_answers", "counter", "answers by class of status", ("provider", "status")
)
ANSWER_SECONDS = Family(
    "provider_answer_seconds", "histogram", "how long the provider took to answer", ("provider",),
    "s", _CALL,
)  # fmt: skip

# -- what is wrong, and who was told
INCIDENTS = Family("incidents_open", "gauge", "what is wrong now", ("domain", "kind"))
INCIDENT_AGE = Family(
    "incident_age_seconds", "gauge", "since the oldest open one was found", ("domain", "kind"), "s"
)
INCIDENTS_OPENED = Family("incidents", "counter", "incidents ever opened", ("domain", "kind"))
MESSAGES = Family("messages", "counter", "messages written for people", ("phase",))
DELIVERIES = Family("deliveries", "counter", "attempts to deliver them", ("channel", "outcome"))
HEARTBEAT_AGE = Family(
    "heartbeat_age_seconds", "gauge", "since a process was last seen alive", ("name",), "s"
)

FAMILIES: tuple[Family, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Family)
)
