"""The first dashboard: is anything wrong, how old is everything, do the parts run.
How right the forecast is has a dashboard of its own."""

from seongsu_assets.metrics import api
from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.alerts import JOB
from seongsu_assets.monitoring.board import Board, Panel, Query, Row, day, is_one, of

_NOW = Row("Now", (
    Panel("Open incidents", "What is wrong; the runbook has an entry for each kind.", "stat",
          (Query(f"sum({f.INCIDENTS.where()})", "open"),), limits=((1, "red"),), width=4),
    Panel("Age of the data", "Since the end of the newest counted day or week, as a share of what "
          "is allowed.", "stat",
          (Query(f"{of(f.DATA_AGE)} / {of(f.DATA_AGE_ALLOWED)}"),), "percentunit",
          ((1, "red"),), 4),
    Panel("Age of the forecast", "Since the published forecast was issued, as a share of what is "
          "allowed.", "stat",
          (Query(f"{of(f.FORECAST_AGE)} / {of(f.FORECAST_AGE_ALLOWED)}"),), "percentunit",
          ((1, "red"),), 4),
    Panel("Made by", "What made the published forecast.", "stat",
          (Query(is_one(f.FORECAST_TIER), "{{domain}}: {{tier}}"),), width=4),
    Panel("Generated data", "1 where the data are generated or a rehearsal's.", "stat",
          (Query(of(f.SAMPLE_DATA)),), limits=((1, "orange"),), width=4),
    Panel("Watcher", "1 while the watcher answers, and both stores can be read.", "stat",
          (Query(f'up{{job="{JOB}"}}', "up"), Query(f.COLLECTED.where(), "{{store}}")), width=4),
))  # fmt: skip
_WRONG = Row("What is wrong, and who was told", (
    Panel("Open, by kind", "Only kinds with something open.", "table",
          (Query(f"{f.INCIDENTS.where()} > 0"),), width=8),
    Panel("Oldest open incident", "By kind.", "lines",
          (Query(f.INCIDENT_AGE.where(), "{{domain}} {{kind}}"),), "s", width=8),
    Panel("Opened a day", "Incidents, by kind.", "lines",
          (Query(f"sum by (domain, kind) (increase({f.INCIDENTS_OPENED.where()}[1d])) > 0",
                 "{{domain}} {{kind}}"),)),
    Panel("Deliveries a day", "Attempts, by channel and outcome.", "lines",
          (Query(day(f.DELIVERIES, "channel", "outcome"), "{{channel}} {{outcome}}"),
           Query(f"sum by (phase) (increase({f.MESSAGES.where()}[1d]))", "written: {{phase}}")),
          width=12),
    Panel("Heartbeats", "Since each process was last seen alive.", "lines",
          (Query(f.HEARTBEAT_AGE.where(), "{{name}}"),
           Query(f"time() - {f.CLOCK.where()}", "the platform's clock is behind by")), "s",
          width=12),
))  # fmt: skip
_DATA = Row("Data", (
    Panel("Age by source", "Since the end of the newest accepted day, or since something new was "
          "heard.", "lines",
          (Query(of(f.SOURCE_AGE), "{{source}}"), Query(of(f.FEED_AGE), "{{feed}}")), "s"),
    Panel("The last days", "Share of its counted hours that each day has.", "bars",
          (Query(of(f.PARTITION_COMPLETE), "{{days_ago}} days ago"),), "percentunit"),
    Panel("How late days came", "From the end of a day until it was accepted.", "bars",
          (Query(of(f.PARTITION_DELAY), "{{source}}, {{days_ago}} days ago"),), "s"),
    Panel("Rows a day", "Received and accepted.", "lines",
          (Query(day(f.ROWS_RECEIVED, "source"), "{{source}} received"),
           Query(day(f.ROWS_ACCEPTED, "source"), "{{source}} accepted"))),
    Panel("Refused a day", "Records that could not be read, rows of days that the audit refused.",
          "lines", (Query(day(f.ROWS_QUARANTINED, "source", "reason"),
                          "{{source}} by {{reason}}"),)),
    Panel("Revised a day", "Counted values that another replaced.", "lines",
          (Query(day(f.ROWS_REVISED, "domain")),)),
))  # fmt: skip
_RUNS = Row("Runs", (
    Panel("Ended a day", "By outcome.", "lines",
          (Query(day(f.RUNS, "stage", "outcome") + " > 0", "{{stage}} {{outcome}}"),)),
    Panel("Waiting and running", "By stage of the pipeline.", "lines",
          (Query(f"{of(f.RUNS_OPEN)} > 0", "{{stage}} {{state}}"),)),
    Panel("Oldest unfinished", "Since it was asked for.", "lines",
          (Query(f"time() - {of(f.RUNS_SINCE)}", "{{stage}} {{state}}"),), "s"),
    Panel("Duration", "19 of 20 runs of a day take at most so long.", "lines",
          (Query(recorded.RUN_P95.name, "{{stage}}"),), "s", width=12),
    Panel("Failures in six hours", "By stage of the pipeline.", "lines",
          (Query(recorded.FAILURES.name, "{{domain}} {{stage}}"),), width=12),
))  # fmt: skip
_OUTSIDE = Row("The outside world", (
    Panel("Answers a day", "By class of status, and all that was asked.", "lines",
          (Query(day(f.ANSWERS, "provider", "status"), "{{provider}} {{status}}"),
           Query(day(f.CALLS, "provider"), "{{provider}} asked"))),
    Panel("Failed", "Share of requests of six hours without a good answer.", "lines",
          (Query(recorded.UNANSWERED.name, "{{provider}}"),), "percentunit"),
    Panel("Latency", "19 of 20 answers of six hours took at most so long.", "lines",
          (Query(recorded.ANSWER_P95.name, "{{provider}}"),), "s"),
    Panel("Share of the day's calls", "What the providers allow, and what is used of it.", "bars",
          (Query(f"{f.CALLS_TODAY.where()} / on (provider) {f.CALLS_LIMIT.where()}",
                 "{{provider}}"),), "percentunit", ((0.9, "red"),), 24, 6),
))  # fmt: skip
_API = Row("The API", (
    Panel("Requests a second", "By route and class of status.", "lines",
          (Query(f"sum by (route, status) (rate({api.REQUESTS.where()}[10m]))",
                 "{{route}} {{status}}"),)),
    Panel("Slowest answers", "99 of 100 answers of ten minutes took at most so long.", "lines",
          (Query(recorded.API_P99.name, "{{route}}"),), "s"),
    Panel("Own errors", "Share of requests of ten minutes that the API failed.", "lines",
          (Query(recorded.API_FAILED.name, "failed"),), "percentunit"),
))  # fmt: skip

OVERVIEW = Board(
    "seongsu-overview",
    "Daily Seongsu: overview",
    "Is anything wrong, how old is everything, do the parts run.",
    (_NOW, _WRONG, _DATA, _RUNS, _OUTSIDE, _API),
)
