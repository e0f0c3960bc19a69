"""Drift: what is said about each kind of change.
No training here; scored rows are invented."""

import numpy as np
import pandas as pd

from seongsu_assets.forecasting.drift import drift

ORIGIN = pd.Timestamp("2024-06-30")
HOURS = np.arange(6, 24)


def observed(*, recent: float = 1.0, turned: bool = False, days: int = 98) -> pd.DataFrame:
    """Totals up to ORIGIN; the last 14 days may be scaled, or their hours turned around."""
    dates = pd.date_range(end=ORIGIN, periods=days)
    rows = pd.MultiIndex.from_product([dates, HOURS], names=["business_date", "hour"])
    frame = rows.to_frame(index=False)
    late = frame["business_date"] > ORIGIN - pd.Timedelta(days=14)
    hour = frame["hour"].where(~(late & turned), HOURS[0] + HOURS[-1] - frame["hour"])
    frame["value"] = 100.0 * hour * np.where(late, recent, 1.0)
    return frame


def scored(error: float = 0.05, *, days: int = 14, within: float = 0.8) -> pd.DataFrame:
    """Forecasts that miss by `error`; the given share of truths lies inside the interval."""
    dates = pd.date_range(end=ORIGIN, periods=days)
    rows = pd.MultiIndex.from_product([dates, HOURS], names=["business_date", "hour"])
    frame = rows.to_frame(index=False)
    frame["truth"] = 1000.0
    frame["q50"] = 1000.0 * (1 + error)
    inside = np.arange(len(frame)) % 10 < 10 * within
    frame["q10"] = np.where(inside, 0.0, 1100.0)
    frame["q90"] = 5000.0
    return frame


REFERENCE = scored(days=90)


def verdict(recent: pd.DataFrame, observations: pd.DataFrame) -> str:
    return drift(recent, REFERENCE, observations, ORIGIN).verdict


def test_a_steady_world_is_all_good():
    answer = drift(scored(), REFERENCE, observed(), ORIGIN)
    assert answer.verdict == "all good"
    assert answer.inputs["error"] == 1.0
    assert answer.inputs["psi"] < 0.001


def test_an_error_twice_as_large_forces_training():
    assert verdict(scored(0.11), observed()) == "force"


def test_a_larger_error_or_failing_intervals_ask_for_training():
    assert verdict(scored(0.07), observed()) == "reactive"
    assert verdict(scored(within=0.5), observed()) == "reactive"


def test_a_moved_level_or_shape_asks_before_the_error_shows_it():
    assert verdict(scored(), observed(recent=1.3)) == "proactive"
    answer = drift(scored(), REFERENCE, observed(turned=True), ORIGIN)
    assert answer.verdict == "proactive"
    assert answer.inputs["psi"] > 0.1


def test_missing_data_waits_with_its_reason_and_gives_no_number():
    for recent, reference, known in (
        (scored(days=3), REFERENCE, observed()),
        (scored(), REFERENCE.iloc[:0], observed()),
        (scored(), REFERENCE, observed(days=14)),
        (scored().assign(business_date=ORIGIN - pd.Timedelta(days=30)), REFERENCE, observed()),
    ):
        answer = drift(recent, reference, known, ORIGIN)
        assert answer.verdict == "wait"
        assert answer.reason
        assert set(answer.inputs) == {"days"}
