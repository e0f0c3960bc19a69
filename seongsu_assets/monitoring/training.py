"""The dashboard of training and promotion: runs, decisions, and champion beside challenger.
What the champion does when it serves is in `performance`."""

from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.runs import TRAIN
from seongsu_assets.monitoring import recorded
from seongsu_assets.monitoring.board import Board, Panel, Query, Row, day, of

_DONE = Row("What was done", (
    Panel("Trainings a day", "Runs of the training job that ended.", "lines",
          (Query(day(f.TRAININGS, "outcome"), "{{outcome}}"),)),
    Panel("Decisions a day", "About challengers.", "lines",
          (Query(day(f.DECISIONS, "outcome"), "{{outcome}}"),)),
    Panel("Duration of a training", "19 of 20 of a day take at most so long.", "lines",
          (Query(f'{recorded.RUN_P95.name}{{stage="{TRAIN}",domain=~"$domain"}}'),), "s"),
    Panel("Trainings", "Since the beginning.", "stat",
          (Query(f"sum by (outcome) ({of(f.TRAININGS)})", "{{outcome}}"),), width=6, height=6),
    Panel("Decisions", "Since the beginning.", "stat",
          (Query(f"sum by (outcome) ({of(f.DECISIONS)})", "{{outcome}}"),), width=6, height=6),
    Panel("Succeeded", "Share of the trainings.", "stat",
          (Query(f"sum by (domain) ({of(f.TRAININGS, outcome='success')})"
                 f" / (sum by (domain) ({of(f.TRAININGS)}) > 0)"),), "percentunit",
          width=6, height=6),
    Panel("Models", "Trained and kept.", "stat", (Query(of(f.MODELS)),), width=6, height=6),
))  # fmt: skip
_BESIDE = Row("Champion and challenger", (
    Panel("Gain of the newest judged challenger", "How much less it errs than the champion, on the "
          "same rows: in all, on recent days, on those before, in the busiest hours.", "bars",
          (Query(of(f.DECISION_GAIN), "{{domain}} {{days}}"),), "percentunit", ((0, "green"),)),
    Panel("Error over rolling origins", "Each by its own evaluation.", "lines",
          (Query(of(f.MODEL_WAPE), "{{domain}} {{role}}"),), "percentunit"),
    Panel("Error over seasonal naive's", "Each by its own evaluation.", "lines",
          (Query(of(f.MODEL_NAIVE), "{{domain}} {{role}}"),), "percentunit"),
    Panel("Inside the 80 % range", "Each by its own evaluation.", "lines",
          (Query(of(f.MODEL_COVERAGE), "{{domain}} {{role}}"),), "percentunit", width=12),
    Panel("Age of what was learned", "Since the end of the newest day.", "lines",
          (Query(of(f.MODEL_AGE), "{{domain}} {{role}}"),), "s", width=12),
))  # fmt: skip

TRAINING = Board(
    "seongsu-training",
    "Daily Seongsu: training and promotion",
    "What was trained, what was decided, and champion beside challenger.",
    (_DONE, _BESIDE),
)
