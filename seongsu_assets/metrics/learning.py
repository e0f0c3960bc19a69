"""The verdict on drift with its inputs, the models in question, and the decisions about them.
Nothing is measured anew: what was kept is told."""

from collections.abc import Iterator
from typing import Any, get_args

from seongsu_assets.forecasting.retraining import Verdict
from seongsu_assets.forecasting.thresholds import Drift
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Family, Sample
from seongsu_assets.metrics.reading import Reading

VERDICTS: tuple[str, ...] = get_args(Verdict)
OUTCOMES = ("first", "promote", "keep", "reject")
#: Numbers among the inputs of a verdict; `season` is a word.
INPUTS = (
    "days", "live_wape", "promised_wape", "error", "coverage80", "observed_days", "shift",
    "psi_level", "psi_shape", "age_days", "tried_days",
)  # fmt: skip
#: Days of a decision's comparison -> the name of its gain there.
GAINS = {"all": "gain", "recent": "recent_gain", "reference": "reference_gain",
         "busiest": "busiest_gain"}  # fmt: skip


def limits() -> Iterator[Sample]:
    """The thresholds of drift, which all domains share."""
    rules = Drift()
    known = {
        "error": rules.error_reactive, "coverage80": rules.coverage, "shift": rules.shift,
        "psi_level": rules.psi_level, "psi_shape": rules.psi_shape,
    }  # fmt: skip
    for name, value in known.items():
        yield Sample(f.DRIFT_LIMIT, (name,), value)


def learning(at: Reading) -> Iterator[Sample]:
    """Everything about drift, models and decisions of one domain."""
    yield from _verdict(at)
    yield from _counters(at)
    yield from _models(at)


def _verdict(at: Reading) -> Iterator[Sample]:
    name = at.domain.name
    newest = """select verdict, inputs, judged_at from warehouse.drift
                where dataset = %(dataset)s order by origin desc, id desc limit 1"""
    for verdict, inputs, judged_at in at.rows(newest):
        yield Sample(f.DRIFT_AGE, (name,), at.since(judged_at))
        for each in VERDICTS:
            yield Sample(f.DRIFT_VERDICT, (name, each), each == verdict)
        for each in INPUTS:
            yield from _known(f.DRIFT_INPUT, (name, each), inputs.get(each))


def _counters(at: Reading) -> Iterator[Sample]:
    """What never happened was counted: it has happened 0 times."""
    name = at.domain.name
    given = "select verdict, count(*) from warehouse.drift where dataset = %(dataset)s group by 1"
    for verdict, count in (dict.fromkeys(VERDICTS, 0) | dict(at.rows(given))).items():
        yield Sample(f.DRIFT_VERDICTS, (name, verdict), count)
    made = "select outcome, count(*) from warehouse.decision where dataset = %(dataset)s group by 1"
    for outcome, count in (dict.fromkeys(OUTCOMES, 0) | dict(at.rows(made))).items():
        yield Sample(f.DECISIONS, (name, outcome), count)
    trained = "select count(*) from warehouse.model where dataset = %(dataset)s"
    yield Sample(f.MODELS, (name,), at.rows(trained)[0][0])


def _models(at: Reading) -> Iterator[Sample]:
    """The champion, and the newest model as challenger, by their own evaluations; and how the
    challenger did against the champion on the same rows, where the two were compared."""
    name = at.domain.name
    for role, learned_to, wape, naive, coverage in at.rows(_MODELS):
        yield Sample(f.MODEL_AGE, (name, role), at.since(at.end(learned_to)))
        yield from _known(f.MODEL_WAPE, (name, role), wape)
        yield from _known(f.MODEL_NAIVE, (name, role), naive)
        yield from _known(f.MODEL_COVERAGE, (name, role), coverage)
    newest = """select inputs from warehouse.decision
                where dataset = %(dataset)s order by id desc limit 1"""
    for (inputs,) in at.rows(newest):
        for days, gain in GAINS.items():
            yield from _known(f.DECISION_GAIN, (name, days), inputs.get(gain))


def _known(family: Family, labels: tuple[str, ...], value: Any) -> Iterator[Sample]:
    """The sample, unless nothing is known."""
    if value is not None:
        yield Sample(family, labels, float(value))


_MODELS = """
with asked as (
    select 'champion' as role, model_id from warehouse.champion where dataset = %(dataset)s
    union all
    (select 'challenger', model_id from warehouse.model
     where dataset = %(dataset)s order by number desc limit 1))
select a.role, m.trained_to, m.metrics->'ours'->>'wape', m.metrics->>'ratio_vs_seasonal_naive',
       m.metrics->'ours'->>'coverage80'
from asked a join warehouse.model m using (model_id)
"""
