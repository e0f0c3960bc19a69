"""The promotion rule: who serves next, and why.
No training here; scored rows are invented. Real candidates stand in `test_poisoned`."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting.promotion import Decision, Scores, alone, decide
from seongsu_assets.forecasting.thresholds import Promotion

DAYS, HOURS = 56, 19
RULES = Promotion()
LAST = pd.Timestamp("2024-07-26")


def scored(
    name: str,
    error: float,
    *,
    seed: int = 0,
    busy: float = 1.0,
    before: float = 1.0,
    width: float = 1.4,
    trained: int = 0,
) -> Scores:
    """Rows with errors of the given size, `busy` times as large in the busiest slots and `before`
    times as large on all but the recent days; the model learned up to `trained` days later."""
    keys = pd.MultiIndex.from_product(
        [pd.date_range("2024-06-01", periods=DAYS), range(HOURS)], names=["business_date", "hour"]
    )
    rows = keys.to_frame(index=False)
    rows["origin"], rows["series"] = rows["business_date"] - pd.Timedelta(days=1), "total"
    rows["truth"] = 100.0 + 100.0 * rows["hour"]
    noise = np.random.default_rng(seed).normal(0, error, len(rows))
    noise *= np.where(rows["hour"] >= HOURS - 2, busy, 1.0)
    noise *= np.where(rows["business_date"] <= LAST - pd.Timedelta(days=28), before, 1.0)
    rows["q50"] = rows["truth"] + noise
    rows["q10"], rows["q90"] = rows["q50"] - width * error, rows["q50"] + width * error
    rows["seasonal_naive"] = rows["truth"] + 100.0
    return Scores(name, rows, LAST + pd.Timedelta(days=trained))


def outcome(challenger: Scores, champion: Scores) -> Decision:
    return decide(challenger, champion, RULES)


def last_days(scores: Scores, days: int) -> Scores:
    rows = scores.rows
    late = rows["business_date"] > rows["business_date"].max() - pd.Timedelta(days=days)
    return Scores(scores.model, rows[late], scores.trained_to)


def test_the_first_model_that_beats_naive_serves():
    assert alone(scored("a", 50), RULES).outcome == "first"


def test_a_model_that_does_not_beat_naive_is_rejected():
    decision = alone(scored("a", 200), RULES)
    assert decision.outcome == "reject"
    assert "seasonal naive" in decision.reason


def test_a_model_whose_intervals_are_too_narrow_or_too_wide_is_rejected():
    for width in (0.5, 3.0):
        decision = alone(scored("a", 50, width=width), RULES)
        assert decision.outcome == "reject"
        assert "intervals" in decision.reason


def test_a_clearly_better_model_is_promoted():
    decision = outcome(scored("new", 40, seed=1), scored("old", 50))
    assert decision.outcome == "promote"
    assert decision.inputs["gain"] == pytest.approx(0.2, abs=0.06)
    assert decision.inputs["recent_days"] == decision.inputs["reference_days"] == 28


def test_an_identical_model_is_kept_out_however_much_more_it_learned_from():
    for trained in (0, 7, 400):
        decision = outcome(scored("new", 50, trained=trained), scored("old", 50))
        assert decision.outcome == "keep"
        assert "the same" in decision.reason


def test_equal_models_of_the_same_days_rarely_replace_each_other():
    outcomes = [
        outcome(scored("new", 50, seed=2 * n + 1), scored("old", 50, seed=2 * n)).outcome
        for n in range(60)
    ]
    assert outcomes.count("promote") <= 6


def test_an_old_champion_gives_way_to_a_model_that_is_not_worse():
    old = scored("old", 50)
    new, young = (scored("new", 50.2, trained=days) for days in (28, 27))
    assert "refresh" in outcome(new, old).reason
    assert outcome(new, old).outcome == "promote"
    assert outcome(young, old).outcome == "keep"


def test_a_refresh_that_is_worse_is_kept_out():
    old = scored("old", 50)
    for new in (
        scored("new", 51, trained=100),
        scored("new", 50, before=1.3, trained=100),
        scored("new", 50, busy=1.6, trained=100),
    ):
        decision = outcome(new, old)
        assert decision.outcome == "keep"
        assert "worse" in decision.reason


def test_a_model_that_is_better_lately_and_worse_before_is_kept_out():
    decision = outcome(scored("new", 40, before=1.6, seed=1), scored("old", 50))
    assert decision.outcome == "keep"
    assert "days before" in decision.reason


def test_a_better_model_that_is_worse_on_the_busiest_hours_is_kept_out():
    decision = outcome(scored("new", 40, busy=1.6, seed=1), scored("old", 50))
    assert decision.outcome == "keep"
    assert "busiest" in decision.reason


def test_too_few_days_that_the_champion_has_not_seen_keep_it():
    new, old = (last_days(scores, 13) for scores in (scored("new", 20, seed=1), scored("old", 50)))
    decision = outcome(new, old)
    assert decision.outcome == "keep"
    assert "13 days" in decision.reason
    nothing = outcome(last_days(new, 0), last_days(old, 0))
    assert nothing.outcome == "keep"


def test_without_days_before_the_recent_ones_only_these_count():
    new, old = (last_days(scores, 21) for scores in (scored("new", 40, seed=1), scored("old", 50)))
    decision = outcome(new, old)
    assert decision.outcome == "promote"
    assert decision.inputs["reference_gain"] is None


def test_models_scored_on_different_rows_are_not_compared():
    champion = scored("old", 50)
    shorter = Scores("old", champion.rows.iloc[:-1], LAST)
    with pytest.raises(ModelError, match="different rows"):
        outcome(scored("new", 40), shorter)
    other_truth = Scores("old", champion.rows.assign(truth=champion.rows["truth"] + 1), LAST)
    with pytest.raises(ModelError, match="different rows"):
        outcome(scored("new", 40), other_truth)
