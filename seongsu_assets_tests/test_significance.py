"""Whether a difference between two forecasts is more than chance.
The forecasts here are drawn, not made."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.forecasting import significance

HORIZON, HOURS = 7, 4


def drawn(origins: int, worse: float = 0.0, seed: int = 0, step: int = 7) -> pd.DataFrame:
    """Rows of two forecasts whose errors share what happened; `other`'s are larger by `worse`."""
    random = np.random.default_rng(seed)
    shape = (origins, HORIZON, HOURS)
    starts = pd.date_range("2024-01-07", periods=origins, freq=f"{step}D")
    index = pd.MultiIndex.from_product(
        [starts, range(1, HORIZON + 1), range(HOURS)], names=["origin", "horizon", "hour"]
    )
    shared = random.normal(0, 50, shape) + random.normal(0, 50, (origins, 1, 1))
    rows = index.to_frame(index=False).assign(truth=1000.0)
    rows["q50"] = 1000.0 + (shared + random.normal(0, 30, shape)).ravel()
    rows["other"] = 1000.0 + (shared + random.normal(0, 30, shape)).ravel() * (1 + worse)
    return rows


def test_the_same_forecast_twice_is_no_difference_at_all():
    rows = drawn(12)
    answer = significance.paired(rows.assign(other=rows["q50"]), "other")
    assert answer.difference == answer.low == answer.high == 0
    assert answer.p == 1


def test_a_clearly_better_forecast_is_beyond_chance_and_the_interval_says_by_how_much():
    rows = drawn(12, worse=0.5)
    answer = significance.paired(rows, "other")
    truly = (rows["other"] - 1000).abs().mean() - (rows["q50"] - 1000).abs().mean()
    assert answer.p < 0.001
    assert 0 < answer.low < answer.difference < answer.high
    assert answer.difference == pytest.approx(truly)
    assert answer.origins == 12


def test_a_worse_forecast_is_told_by_the_sign():
    rows = drawn(12, worse=0.5).rename(columns={"q50": "other", "other": "q50"})
    answer = significance.paired(rows, "other")
    assert answer.high < 0
    assert answer.p < 0.001


def test_equals_are_told_apart_about_one_time_in_twenty():
    false = [significance.paired(drawn(10, seed=seed), "other").p < 0.05 for seed in range(600)]
    assert 0.03 < np.mean(false) < 0.07


def test_overlapping_origins_are_not_counted_as_so_many_witnesses():
    random = np.random.default_rng(3)
    noise = random.normal(size=(800, 41))
    related = noise[:, 1:] + noise[:, :-1]  # neighbours share half of what they saw
    alarms = {
        overlap: np.mean([significance.compare(one, overlap).p < 0.05 for one in related])
        for overlap in (1, 2)
    }
    assert alarms[1] > 0.12
    assert alarms[2] < 0.09


def test_how_far_origins_overlap_is_read_off_the_rows():
    apart, daily = drawn(30, worse=0.05, step=7), drawn(30, worse=0.05, step=1)
    assert significance.paired(apart, "other").p < significance.paired(daily, "other").p


def test_more_hours_of_the_same_days_are_no_more_evidence():
    rows = drawn(8, worse=0.1)
    often = pd.concat([rows] * 50, ignore_index=True)
    once, again = (significance.paired(part, "other") for part in (rows, often))
    assert again.p == pytest.approx(once.p)
    assert again.low == pytest.approx(once.low)


def test_two_origins_say_nothing_about_chance():
    answer = significance.paired(drawn(2, worse=0.5), "other")
    assert answer.difference > 0
    assert np.isnan([answer.low, answer.high, answer.p]).all()
