"""Level shifts: told from odd days, terms and weather; followed at once, and never looked up ahead.
What drift makes of one is in test_drift."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from seongsu_assets.forecasting import shift
from seongsu_assets.forecasting.shift import Shift
from seongsu_assets_tests.ridership import calendar, real_station, station, table

#: A Monday; the steady weeks before it are long enough to compare with.
START = pd.Timestamp("2024-05-13")
DAYS = pd.date_range("2024-02-05", "2024-06-30")


def week(seed: int = 0) -> NDArray[np.float64]:
    """Logs of totals with a calm weekend and some noise."""
    noise = np.random.default_rng(seed).normal(0, 0.03, len(DAYS))
    return np.log(np.where(DAYS.dayofweek >= 5, 60_000.0, 100_000.0)) + noise


def found(totals: NDArray[np.float64], ordinary: NDArray[np.bool_] | None = None) -> list[Shift]:
    every = np.ones(len(DAYS), dtype=bool)
    return shift.find(totals, DAYS.dayofweek.to_numpy(), every if ordinary is None else ordinary)


def scaled(factor: float, days: NDArray[np.bool_]) -> NDArray[np.float64]:
    return week() + np.log(factor) * days


@pytest.mark.parametrize("factor", [1.4, 0.6, 1.25])
def test_a_shift_is_known_within_a_week_with_its_day_and_its_size(factor: float) -> None:
    [told] = found(scaled(factor, DAYS >= START))
    assert DAYS[told.begins] == START
    assert DAYS[told.known] <= START + pd.Timedelta(days=6)
    assert told.by == pytest.approx(np.log(factor), abs=0.04)


def test_a_shift_before_a_weekend_is_known_after_four_days() -> None:
    friday = START - pd.Timedelta(days=3)
    [told] = found(scaled(1.4, friday <= DAYS))
    assert DAYS[told.known] == friday + pd.Timedelta(days=3)


def test_what_ends_is_a_shift_back() -> None:
    lasted = (DAYS >= START) & (START + pd.Timedelta(days=21) > DAYS)
    there, back = found(scaled(0.6, lasted))
    assert there.by == pytest.approx(-back.by, abs=0.06)


@pytest.mark.parametrize(
    "odd",
    [
        DAYS == START,
        (DAYS >= START) & (START + pd.Timedelta(days=3) > DAYS),
        (DAYS >= START) & (DAYS.dayofweek < 5),
        (DAYS >= START) & (DAYS.dayofweek >= 5),
    ],
    ids=["a day", "three days", "working days alone", "weekends alone"],
)
def test_odd_days_and_terms_are_no_shift(odd: NDArray[np.bool_]) -> None:
    assert found(scaled(1.5, odd)) == []


def test_holidays_and_unknown_days_say_nothing() -> None:
    totals = scaled(0.5, DAYS >= START)
    assert found(totals, DAYS < START) == []
    assert found(np.where(DAYS >= START, np.nan, totals)) == []


def test_a_slow_rise_and_a_noisy_series_have_no_shift() -> None:
    assert found(week() + np.linspace(0, 0.5, len(DAYS))) == []
    noise = np.random.default_rng(3).normal(0, 0.4, len(DAYS))
    assert found(week() + noise) == []


def test_what_is_known_of_a_day_depends_on_nothing_after_it() -> None:
    whole = scaled(1.4, DAYS >= START)
    for last in range(len(DAYS)):
        cut = np.where(np.arange(len(DAYS)) <= last, whole, np.nan)
        assert found(cut) == [each for each in found(whole) if each.known <= last]


def test_no_week_of_the_real_station_is_a_shift() -> None:
    totals = real_station().groupby("business_date")["value"].sum()
    days = pd.date_range(totals.index.min(), totals.index.max())
    kinds = calendar().set_index("business_date")["kind"].reindex(days)
    logs = np.log(totals.reindex(days).to_numpy())
    assert shift.find(logs, days.dayofweek.to_numpy(), kinds.eq("ordinary").to_numpy()) == []


def test_the_features_of_a_shifted_world_are_those_of_the_same_world_at_its_level() -> None:
    begins, origin = pd.Timestamp("2023-09-04"), pd.Timestamp("2023-09-17")
    before = station()
    late = before["business_date"] >= begins
    shifted = before.assign(value=before["value"].where(~late, before["value"] * 1.4))
    now = table(shifted, [origin])["dynamic"]
    then = table(before.assign(value=before["value"] * 1.4), [origin])["dynamic"]
    assert (now - then).median() == pytest.approx(0.0, abs=0.03)
    early = [pd.Timestamp("2023-09-05")]
    seen = shifted[shifted["business_date"] <= early[0]]
    pd.testing.assert_frame_equal(table(shifted, early), table(seen, early))
