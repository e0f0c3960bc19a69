"""The parts of the dynamic model in logs: nothing is left over by scaling to the day's total.
Parts in people are tested in test_explain."""

import numpy as np
import pytest

from seongsu_assets.forecasting.attribution import PARTS, coherent, log_mean
from seongsu_assets_tests.ridership import days, station, table

SLOTS = 6


def parts(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Random parts of the total and of the shares, one origin and step."""
    random = np.random.default_rng(seed)
    whole = random.normal(0, 0.3, (1, 1, len(PARTS), 1))
    share = random.normal(0, 0.3, (1, 1, len(PARTS), SLOTS))
    return whole, share


def test_scaling_leaves_nothing_over():
    whole, share = parts(1)
    counted = np.ones((1, 1, SLOTS), dtype=bool)
    told = coherent(whole, share, share.sum(axis=2), counted)
    assert np.exp(told.sum(axis=2)).sum() == pytest.approx(np.exp(whole.sum()), rel=1e-12)


def test_what_shifts_all_shares_alike_shifts_no_slot():
    whole, share = parts(2)
    holiday = PARTS.index("holiday")
    share[:, :, holiday] = -0.7
    counted = np.ones((1, 1, SLOTS), dtype=bool)
    told = coherent(whole, share, share.sum(axis=2), counted)
    np.testing.assert_allclose(told[:, :, holiday], whole[:, :, holiday].repeat(SLOTS, -1))


def test_a_slot_that_is_not_counted_changes_no_other():
    whole, share = parts(3)
    counted = np.arange(SLOTS)[None, None] != 2
    before = coherent(whole, share, share.sum(axis=2), counted)
    share[..., 2] += 1.0
    after = coherent(whole, share, share.sum(axis=2), counted)
    np.testing.assert_array_equal(before[..., counted[0, 0]], after[..., counted[0, 0]])


def test_the_logarithmic_mean_lies_between_and_is_smooth_where_both_are_the_same():
    one, other = np.array([2.0, 5.0, 5.0, 1.0]), np.array([8.0, 5.0, 5.0 + 1e-7, 1e-300])
    mean = log_mean(one, other)
    assert ((np.minimum(one, other) <= mean) & (mean <= np.maximum(one, other))).all()


def test_what_no_part_of_the_dynamic_model_explains_is_the_weekdays():
    rows = table(station(), days("2023-05-01", "2023-07-01", 5))
    rest = rows["dynamic"] - rows[[f"dynamic_{name}" for name in PARTS]].sum(axis=1)
    weekend = rows["business_date"].dt.dayofweek >= 5
    plain = rows["is_holiday"].eq(0)
    assert rest[weekend].max() < -0.2
    assert rest[~weekend & plain].mean() > 0.1
