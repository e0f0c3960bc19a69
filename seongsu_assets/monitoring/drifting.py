"""The dashboard of drift: the verdict, each of its inputs beside its limit, and what followed.
The error by days ahead is in `performance`."""

from seongsu_assets.metrics import families as f
from seongsu_assets.monitoring.board import Board, Panel, Query, Row, day, is_one, of

#: The range drifts downwards; all others away from 0.
_RISING = 'input!="coverage80"'


def _beside(title: str, told: str, name: str, unit: str = "short") -> Panel:
    """An input and from where on it is drift."""
    return Panel(title, told, "lines", (
        Query(of(f.DRIFT_INPUT, input=name)),
        Query(f.DRIFT_LIMIT.where(input=name), "limit"),
    ), unit)  # fmt: skip


_VERDICT = Row("The verdict", (
    Panel("Now", "force, reactive, proactive: a challenger is trained. wait: too little is known, "
          "or it has been tried.", "stat",
          (Query(is_one(f.DRIFT_VERDICT), "{{domain}}: {{verdict}}"),), width=6),
    Panel("Over time", "The verdict that held.", "states",
          (Query(of(f.DRIFT_VERDICT), "{{verdict}}"),), width=12),
    Panel("Age", "Since the newest verdict.", "stat", (Query(of(f.DRIFT_AGE)),), "s",
          ((172_800, "red"),), 6),
    Panel("Verdicts a week", "By verdict.", "lines",
          (Query(f"sum by (verdict) (increase({of(f.DRIFT_VERDICTS)}[1w]))", "{{verdict}}"),),
          width=12),
    Panel("Trainings a day", "What was done about it.", "lines",
          (Query(day(f.TRAININGS, "outcome"), "{{outcome}}"),), width=12),
))  # fmt: skip
_FORECAST = Row("The forecast against its promise", (
    _beside("Error over the promised", "Of ordinary days of a fortnight.", "error"),
    _beside("Inside the 80 % range", "Below the limit it is drift.", "coverage80", "percentunit"),
    Panel("Days it stands on", "Scored, and observed.", "lines",
          (Query(of(f.DRIFT_INPUT, input="days"), "{{domain}} scored"),
           Query(of(f.DRIFT_INPUT, input="observed_days"), "{{domain}} observed"))),
))  # fmt: skip
_WORLD = Row("The world against the same season", (
    _beside("Level", "Log ratio to the usual; 0.15 is a rise by 16 %.", "shift"),
    _beside("Spread of levels", "Population stability index.", "psi_level"),
    _beside("Shape of the day", "Population stability index of the hours' shares.", "psi_shape"),
    Panel("Nearest to its limit", "Each input over its limit: from 1 on it is drift.", "bars",
          (Query(f"abs({of(f.DRIFT_INPUT, _RISING)}) / on (input) group_left () "
                 f"{f.DRIFT_LIMIT.where()}", "{{domain}} {{input}}"),), "percentunit",
          ((0.8, "orange"), (1, "red")), 12),
    Panel("Age of what was learned", "Days since the newest day that the champion, and the newest "
          "model, learned from.", "lines",
          (Query(of(f.DRIFT_INPUT, input="age_days"), "{{domain}} champion"),
           Query(of(f.DRIFT_INPUT, input="tried_days"), "{{domain}} newest")), "d", width=12),
))  # fmt: skip

DRIFT = Board(
    "seongsu-drift",
    "Daily Seongsu: drift",
    "How far today is from training, and what is done about it.",
    (_VERDICT, _FORECAST, _WORLD),
)
