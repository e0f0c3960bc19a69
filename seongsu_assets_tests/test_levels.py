"""Levels of crowding: cut-offs, and the chance of each level.
No forecasting here."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Levels
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import levels


def observed(values: list[float], first: str = "2024-01-01") -> pd.DataFrame:
    days = pd.date_range(first, periods=len(values), freq="D")
    return pd.DataFrame({"business_date": days, "hour": 8, "value": values})


STIFF = Levels(give=0.0)
CUTOFFS = levels.derive(observed([float(n) for n in range(1, 101)]), STIFF)


def forecast(*rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["q10", "q50", "q90"])


def test_cutoffs_stand_at_the_shares():
    assert CUTOFFS.values == pytest.approx((50.5, 75.2, 90.1), abs=0.1)  # noqa: PD011 - not a frame


def test_a_cutoff_gives_way_to_where_slots_are_few_but_not_further_than_it_may():
    crowd = [100.0 + n / 10 for n in range(48)] + [300.0] * 4 + [500.0 + n for n in range(48)]
    inside = levels.derive(observed(crowd), Levels(shares=(0.49,), give=0.05)).values[0]  # noqa: PD011 - not a frame
    held = levels.derive(observed(crowd), Levels(shares=(0.30,), give=0.05)).values[0]  # noqa: PD011 - not a frame
    assert 110 < inside < 290 or 310 < inside < 480
    assert held < 105


def test_the_version_changes_only_with_the_cutoffs():
    same = levels.derive(observed([float(n) for n in range(1, 101)]), STIFF)
    other = levels.derive(observed([float(n) for n in range(2, 102)]), STIFF)
    assert same.version == CUTOFFS.version != other.version


def test_days_before_the_window_do_not_count():
    values = [9999.0] * 50 + [float(n) for n in range(1, 101)]
    recent = levels.derive(observed(values), Levels(window_days=100, give=0.0))
    assert recent.values == CUTOFFS.values  # noqa: PD011 - not a frame
    assert len(recent.window.days()) == 100


def test_no_observation_gives_no_cutoffs():
    with pytest.raises(NotEnoughHistory):
        levels.derive(observed([]), Levels())


def test_a_value_at_a_cutoff_has_reached_the_level():
    values = [0, CUTOFFS.values[0] - 1, *CUTOFFS.values, 1e9]  # noqa: PD011 - not a frame
    assert levels.level(np.array(values), CUTOFFS).tolist() == [0, 0, 1, 2, 3, 3]


def test_probabilities_sum_to_one_and_favour_the_level_of_the_median():
    rows = forecast((10, 20, 30), (55, 60, 65), (70, 80, 95), (200, 300, 400), (0, 0, 0))
    chances = levels.probabilities(rows, CUTOFFS)
    assert list(chances.columns) == ["p0", "p1", "p2", "p3"]
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)
    assert (chances.to_numpy() >= 0).all()
    expected = levels.level(rows["q50"], CUTOFFS)
    assert (chances.to_numpy().argmax(axis=1) == expected).all()


def test_the_chance_below_a_quantile_is_that_of_the_quantile():
    low, middle, _ = CUTOFFS.values  # noqa: PD011 - not a frame
    chances = levels.probabilities(forecast((low, middle, 120.0)), CUTOFFS).iloc[0]
    assert chances["p0"] == pytest.approx(0.1, abs=0.001)
    assert chances["p0"] + chances["p1"] == pytest.approx(0.5, abs=0.001)


def test_a_certain_forecast_has_one_certain_level():
    chances = levels.probabilities(forecast((60.0, 60.0, 60.0)), CUTOFFS).iloc[0]
    assert chances["p1"] == pytest.approx(1.0)
