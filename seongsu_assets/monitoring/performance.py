"""The dashboard of how right the forecast is: what was issued, met its truth and was scored.
Models that never served are in `training`."""

from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.forecasts import NAIVE, OURS
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.board import Board, Panel, Query, Row, day, of

_RATIO, _COVERAGE = recorded.RATIO_TO_NAIVE.name, recorded.COVERAGE.name
_CHOSEN = '{domain=~"$domain"}'

_SUM = Row("In all, of the last 28 days", (
    Panel("Error over seasonal naive's", "Below 1 it is better than the same hour last week.",
          "stat", (Query(_RATIO + _CHOSEN),), "percentunit", ((0.9, "orange"), (1, "red")), 6, 6),
    Panel("Inside the 80 % range", "Of what came.", "stat", (Query(_COVERAGE + _CHOSEN),),
          "percentunit", width=6, height=6),
    Panel("Live error", "Of the newest fortnight of ordinary days, as drift measures it.", "stat",
          (Query(of(f.DRIFT_INPUT, input="live_wape")),), "percentunit", width=6, height=6),
    Panel("Promised error", "Of the champion's evaluation.", "stat",
          (Query(of(f.DRIFT_INPUT, input="promised_wape")),), "percentunit", width=6, height=6),
))  # fmt: skip
_AHEAD = Row("By days ahead", (
    Panel("Ours", "Error of the last 28 days.", "lines",
          (Query(of(f.LIVE_WAPE, forecaster=OURS), "{{horizon}} days ahead"),), "percentunit"),
    Panel("The same hour last week", "Its error on the same rows.", "lines",
          (Query(of(f.LIVE_WAPE, forecaster=NAIVE), "{{horizon}} days ahead"),), "percentunit"),
    Panel("Ours over last week's", "Below 1 is better.", "bars",
          (Query(f"{of(f.LIVE_WAPE, forecaster=OURS)} / on (domain, horizon) "
                 f"{of(f.LIVE_WAPE, forecaster=NAIVE)}", "{{horizon}} days ahead"),),
          "percentunit", ((1, "red"),)),
    Panel("Inside, by days ahead", "Share inside the 80 % range, of the last 28 days.", "lines",
          (Query(of(f.LIVE_COVERAGE), "{{horizon}} days ahead"),), "percentunit", width=12),
    Panel("Scored hours", "How much the figures stand on.", "lines",
          (Query(of(f.LIVE_SLOTS), "{{horizon}} days ahead"),), width=12),
))  # fmt: skip
_ISSUED = Row("What was issued", (
    Panel("Forecasts a day", "By what made them.", "lines",
          (Query(day(f.ISSUES, "tier"), "{{tier}}"),), width=12),
    Panel("Age of what the forecast knew", "Since the end of its newest counted day.", "lines",
          (Query(of(f.FORECAST_DATA_AGE)),), "s", width=12),
))  # fmt: skip

PERFORMANCE = Board(
    "seongsu-performance",
    "Daily Seongsu: model performance",
    "How right the forecasts were that were issued, beside the same hour last week.",
    (_SUM, _AHEAD, _ISSUED),
)
