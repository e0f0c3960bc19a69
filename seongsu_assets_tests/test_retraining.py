"""The decision matrix of retraining: what is decided on which ground, and what is not tried again.
Nothing is measured here; see `test_drift`."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from seongsu_assets.forecasting.drift import Measured
from seongsu_assets.forecasting.retraining import TRAIN, Decided, Standing, decide
from seongsu_assets.forecasting.thresholds import Drift, Retraining
from seongsu_assets.warehouse import drift as verdicts
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.world import World

LIMITS, RULES = Drift(), Retraining()
CALM: dict[str, Any] = {
    "days": 14, "error": 1.0, "coverage80": 0.8, "season": "a year before",
    "shift": 0.0, "psi_level": 0.5, "psi_shape": 0.001,
}  # fmt: skip
GRAVE = LIMITS.error_force
WORSE = LIMITS.error_reactive


def decided(
    age: int | None = 20, tried: int | None = 20, unknown: str = "", **changed: Any
) -> Decided:
    measured = Measured({**CALM, **changed}, unknown)
    return decide(measured, Standing(age, tried), LIMITS, RULES)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, "all good"),
        ({"error": GRAVE}, "force"),
        ({"error": GRAVE - 0.01}, "reactive"),
        ({"error": WORSE}, "reactive"),
        ({"error": WORSE - 0.01}, "all good"),
        ({"coverage80": LIMITS.coverage - 0.01}, "reactive"),
        ({"coverage80": LIMITS.coverage}, "all good"),
        ({"shift": LIMITS.shift}, "proactive"),
        ({"shift": -LIMITS.shift}, "proactive"),
        ({"psi_level": LIMITS.psi_level}, "proactive"),
        ({"psi_shape": LIMITS.psi_shape}, "proactive"),
        ({"shift": 0.9, "error": GRAVE}, "force"),
        ({"shift": 0.9, "error": WORSE}, "reactive"),
        ({"moved": 0.3, "moved_days": 0}, "reactive"),
        ({"moved": -0.3, "moved_days": 5, "tried": 6}, "reactive"),
        ({"moved": -0.3, "moved_days": 5, "tried": 5}, "all good"),
        ({"moved": 0.3, "moved_days": 3, "error": GRAVE}, "force"),
        ({"age": RULES.old_days}, "proactive"),
        ({"age": RULES.old_days - 1}, "all good"),
        ({"age": None}, "force"),
        ({"unknown": "3 scored days"}, "wait"),
        ({"unknown": "3 scored days", "age": RULES.old_days}, "proactive"),
        ({"unknown": "too few observed days", "error": GRAVE}, "force"),
    ],
)
def test_each_ground_has_its_verdict(changed: dict[str, Any], verdict: str) -> None:
    answer = decided(**changed)
    assert answer.verdict == verdict
    assert answer.reason


@pytest.mark.parametrize(
    ("changed", "rest"),
    [
        ({"error": GRAVE}, 1),
        ({"age": None}, 1),
        ({"error": WORSE}, RULES.rest_days),
        ({"coverage80": 0.3}, RULES.rest_days),
        ({"age": RULES.old_days}, RULES.rest_days),
        ({"shift": 0.9}, LIMITS.recent_days),
    ],
)
def test_what_was_tried_on_nearly_the_same_data_waits(changed: dict[str, Any], rest: int) -> None:
    waits = decided(tried=rest - 1, **changed)
    assert waits.verdict == "wait"
    assert "has learned up to" in waits.reason
    assert decided(tried=rest, **changed).verdict in TRAIN
    assert decided(tried=None, **changed).verdict in TRAIN


def test_what_is_not_known_is_no_ground() -> None:
    nothing = Measured({"days": 2, "observed_days": 2}, "2 scored days, 7 are needed")
    answer = decide(nothing, Standing(5, 5), LIMITS, RULES)
    assert answer.verdict == "wait"
    assert answer.reason == nothing.unknown


def test_the_inputs_of_a_decision_are_all_there() -> None:
    answer = decided(age=3, tried=2)
    assert answer.inputs == {**CALM, "age_days": 3, "tried_days": 2}


def test_other_thresholds_decide_otherwise() -> None:
    measured = Measured({**CALM, "error": 1.2}, "")
    strict = replace(LIMITS, error_force=1.1)
    assert decide(measured, Standing(5, 5), strict, RULES).verdict == "force"


def test_the_verdict_that_stands_is_that_of_the_newest_origin(world: World) -> None:
    now = datetime(2025, 6, 16, 7, tzinfo=ZoneInfo("Asia/Seoul"))
    with connect(world.url) as conn:
        assert verdicts.newest(conn, "elsewhere") is None
        for origin, verdict in ((date(2025, 7, 2), "wait"), (date(2025, 7, 1), "force")):
            verdicts.keep(conn, "elsewhere", origin, verdict, "because", {}, now)
        standing = verdicts.newest(conn, "elsewhere")
    assert standing == verdicts.Kept(date(2025, 7, 2), "wait", "because")
