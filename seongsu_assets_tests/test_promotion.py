"""The promotion rule: who serves next, and why.
No training here; scored rows are invented."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting.promotion import Scores, Thresholds, decide

DAYS, HOURS = 56, 19
RULES = Thresholds()


def scored(name: str, error: float, *, seed: int = 0, busy: float = 1.0, width: float = 1.4):
    """Rows with errors of the given size, `busy` times as large in the busiest slots."""
    keys = pd.MultiIndex.from_product(
        [pd.date_range("2024-06-01", periods=DAYS), range(HOURS)], names=["business_date", "hour"]
    )
    rows = keys.to_frame(index=False)
    rows["origin"], rows["series"] = rows["business_date"] - pd.Timedelta(days=1), "total"
    rows["truth"] = 100.0 + 100.0 * rows["hour"]
    noise = np.random.default_rng(seed).normal(0, error, len(rows))
    noise *= np.where(rows["hour"] >= HOURS - 2, busy, 1.0)
    rows["q50"] = rows["truth"] + noise
    rows["q10"], rows["q90"] = rows["q50"] - width * error, rows["q50"] + width * error
    rows["seasonal_naive"] = rows["truth"] + 100.0
    return Scores(name, rows)


def test_the_first_model_that_beats_naive_serves():
    assert decide(scored("a", 50), None, RULES).outcome == "first"


def test_a_model_that_does_not_beat_naive_is_rejected_even_without_a_champion():
    decision = decide(scored("a", 200), None, RULES)
    assert decision.outcome == "reject"
    assert "seasonal naive" in decision.reason


def test_a_model_whose_intervals_are_too_narrow_is_rejected():
    assert decide(scored("a", 50, width=0.5), None, RULES).outcome == "reject"


def test_a_clearly_better_model_is_promoted():
    decision = decide(scored("new", 40, seed=1), scored("old", 50), RULES)
    assert decision.outcome == "promote"
    assert decision.inputs["recent_gain"] == pytest.approx(0.2, abs=0.05)


def test_an_identical_model_is_kept_out():
    assert decide(scored("new", 50), scored("old", 50), RULES).outcome == "keep"


def test_equal_models_rarely_replace_each_other():
    outcomes = [
        decide(scored("new", 50, seed=2 * n + 1), scored("old", 50, seed=2 * n), RULES).outcome
        for n in range(60)
    ]
    assert outcomes.count("promote") <= 6


def test_a_better_model_that_is_worse_on_the_busiest_hours_is_kept_out():
    decision = decide(scored("new", 40, busy=1.6, seed=1), scored("old", 50), RULES)
    assert decision.outcome == "keep"
    assert "busiest" in decision.reason


def test_models_scored_on_different_rows_are_not_compared():
    champion = scored("old", 50)
    shorter = Scores("old", champion.rows.iloc[:-1])
    with pytest.raises(ModelError, match="different rows"):
        decide(scored("new", 40), shorter, RULES)
    other_truth = Scores("old", champion.rows.assign(truth=champion.rows["truth"] + 1))
    with pytest.raises(ModelError, match="different rows"):
        decide(scored("new", 40), other_truth, RULES)
