"""The decision whether to train again: force, reactive, proactive, wait or all good, and why.
Pure: nothing is measured here (`drift`) and nothing is trained."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from seongsu_assets.forecasting.drift import Measured
from seongsu_assets.forecasting.thresholds import Drift, Retraining

Verdict = Literal["force", "reactive", "proactive", "wait", "all good"]
#: The verdicts upon which a challenger is trained.
TRAIN: tuple[Verdict, ...] = get_args(Verdict)[:3]


#: What a verdict that waits for more data would be otherwise, where the forecast is worse for it.
GROUND = "ground"


@dataclass(frozen=True)
class Standing:
    """`age_days`: since the newest day that the champion learned from; None when no champion can
    be loaded. `tried_days`: the same of the newest model trained, champion or not."""

    age_days: int | None
    tried_days: int | None


@dataclass(frozen=True)
class Decided:
    verdict: Verdict
    reason: str
    inputs: dict[str, Any]


def decide(
    measured: Measured,
    standing: Standing,
    limits: Drift,
    rules: Retraining,
) -> Decided:
    """force: nothing serves, or far worse than promised. reactive: worse than promised. proactive:
    the forecast holds, but the world moved or the champion is old. wait: too little is known, or
    what could be learned has been tried. all good: as promised."""
    inputs = measured.inputs | {"age_days": standing.age_days, "tried_days": standing.tried_days}
    tried = standing.tried_days
    for verdict, reason, rest in _grounds(inputs, limits, rules):
        if tried is not None and tried < rest:
            told = f"{reason}, but a model has learned up to {tried} days ago"
            return Decided(
                "wait", told, inputs | ({} if verdict == "proactive" else {GROUND: verdict})
            )
        return Decided(verdict, reason, inputs)
    if measured.unknown:
        return Decided("wait", measured.unknown, inputs)
    return Decided("all good", "error, coverage, level and shape are as promised", inputs)


def _grounds(
    inputs: dict[str, Any], limits: Drift, rules: Retraining
) -> Iterator[tuple[Verdict, str, int]]:
    """Every ground to train, the gravest first: the verdict, the reason, and how many days of new
    data it takes to try again."""
    age, error, coverage = inputs["age_days"], inputs.get("error"), inputs.get("coverage80")
    if age is None:
        yield "force", "no champion can be loaded", 1
    if error is not None and error >= limits.error_force:
        yield "force", f"the error is {error:.1f} times what was promised", 1
    if (moved := inputs.get("moved")) is not None and not _since(inputs):
        yield "reactive", f"everything moved by {np.expm1(moved):+.0%}", 1
    if error is not None and error >= limits.error_reactive:
        yield "reactive", f"the error is {error:.1f} times what was promised", rules.rest_days
    if coverage is not None and coverage < limits.coverage:
        yield "reactive", f"80 % intervals cover {coverage:.0%}", rules.rest_days
    if moved := _moved(inputs, limits):  # a model that learned those days knows it already
        yield "proactive", moved, max(rules.rest_days, limits.recent_days)
    if age is not None and age >= rules.old_days:
        yield "proactive", f"the champion learned {age} days ago", rules.rest_days


def _since(inputs: dict[str, Any]) -> bool:
    """Whether a model has learned from the day on which the level shift became known."""
    tried = inputs["tried_days"]
    return tried is not None and tried <= inputs["moved_days"]


def _moved(inputs: dict[str, Any], limits: Drift) -> str:
    """How the world moved, or nothing."""
    if "season" not in inputs:
        return ""
    against = f"against {inputs['season']}"
    if abs(inputs["shift"]) >= limits.shift:
        return f"the level moved by {np.expm1(inputs['shift']):+.0%} {against}"
    if inputs["psi_level"] >= limits.psi_level:
        return f"the levels spread otherwise (PSI {inputs['psi_level']:.1f}) {against}"
    if inputs["psi_shape"] >= limits.psi_shape:
        return f"the shape of the day moved (PSI {inputs['psi_shape']:.2f}) {against}"
    return ""
