"""The unit tests of the recorded queries: what each makes of series that are known.
Those of the alerts are in `cases`."""

from seongsu_assets.metrics import api
from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.case import RecordCase
from seongsu_assets.monitoring.series import TRAIN, answers, covered, heap, served, wape

RECORD_CASES = (
    RecordCase(
        recorded.RATIO_TO_NAIVE.name, wape("0.05x10", "0.1x10"), "10m",
        {f'{recorded.RATIO_TO_NAIVE.name}{{domain="here"}}': 0.5},
    ),
    RecordCase(
        recorded.COVERAGE.name, covered("0.8x10"), "10m",
        {f'{recorded.COVERAGE.name}{{domain="here"}}': 0.8},
    ),
    RecordCase(
        recorded.FAILURES.name,
        {f.RUNS.where(**TRAIN, outcome="failure"): "0+1x360",
         f.RUNS.where(**TRAIN, outcome="success"): "0+5x360"}, "360m",
        {f'{recorded.FAILURES.name}{{domain="here", stage="train"}}': 360},
    ),
    RecordCase(
        recorded.RUN_P95.name, heap("0+1x60", "0+1x60"), "60m",
        {f'{recorded.RUN_P95.name}{{domain="here", stage="train"}}': 14.5},
    ),
    RecordCase(
        recorded.CALLS.name, answers("0+1x360", "0+1x360"), "360m",
        {f'{recorded.CALLS.name}{{provider="town"}}': 360},
    ),
    RecordCase(
        recorded.UNANSWERED.name, answers("0+4x360", "0+3x360"), "360m",
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
        recorded.API_FAILED.name, served("0+3x60", "0+1x60"), "60m",
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
