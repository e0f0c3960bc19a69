"""The trial of a challenger: can it be believed, is it any good, is it better than the champion.
Nothing is loaded, made or written here; the rules are in `evidence` and `promotion`."""

from dataclasses import dataclass, replace

import pandas as pd

from seongsu_assets.forecasting import evidence, promotion
from seongsu_assets.forecasting.evidence import Held
from seongsu_assets.forecasting.learners import Model
from seongsu_assets.forecasting.promotion import Decision, Scores
from seongsu_assets.forecasting.thresholds import Belief, Promotion
from seongsu_assets.plan import DAYS, Plan


@dataclass(frozen=True)
class Champion:
    """Who serves: its name and its model."""

    name: str
    model: Model


def hold(
    name: str,
    claimed: pd.DataFrame,
    held: Held,
    champion: Champion | None,
    plan: Plan = DAYS,
    *,
    lag_days: int,
) -> Decision:
    """`claimed`: the challenger's evaluation of the total. Raises ModelError when the champion
    cannot answer."""
    judged = evidence.judge(claimed, held, plan, lag_days=lag_days, rules=Belief())
    if judged.doubt:
        return Decision("reject", judged.doubt, judged.inputs)
    rules = Promotion.of(plan)
    ours = Scores(name, judged.rows, held.trained_to)
    decision = promotion.alone(ours, rules)
    if decision.outcome != "reject" and champion is not None:
        compared = _compare(ours, champion, held, rules)
        decision = replace(compared, inputs=decision.inputs | compared.inputs)
    return replace(decision, inputs=judged.inputs | decision.inputs)


def _compare(ours: Scores, champion: Champion, held: Held, rules: Promotion) -> Decision:
    """On rolling origins that the champion never learned from."""
    answers = champion.model.predict(held.features)
    if evidence.same(held.served, answers):
        return Decision("keep", "forecasts the same as the champion", {"same": True})
    trained_to = champion.model.trained_to
    unseen = ours.rows[ours.rows["origin"] >= trained_to]
    theirs = _answered(unseen, answers)
    if len(theirs) >= Belief().complete * len(unseen):  # but for an hour that is new to it
        unseen = unseen.merge(theirs[evidence.KEYS], on=evidence.KEYS)
    before = Scores(champion.name, theirs, trained_to)
    return promotion.decide(replace(ours, rows=unseen), before, rules)


def _answered(rows: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the quantiles of `answers`, where there is an answer."""
    bare = rows.drop(columns=evidence.quantiles(rows))
    names = [*evidence.KEYS, *evidence.quantiles(answers)]
    return bare.merge(answers[names], on=evidence.KEYS, validate="one_to_one")
