"""Features know nothing they could not have known, and miss nothing of what they look back on.
Accuracy is another test's business."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import features
from seongsu_assets_tests.ridership import HOURS, PLAN, SERIES, calendar, days, station, table

ORIGIN = pd.Timestamp("2023-06-18")
STATION = station()


#: Forgets all that was before January of the origin's year.
FORGETFUL = replace(PLAN, memory_years=0)


def changed(
    days_from_origin: int, lag_days: int, history: pd.DataFrame = STATION, plan: Plan = PLAN
) -> set[str]:
    """The features of ORIGIN that doubling one day's values changes."""
    revised = history.copy()
    day = revised["business_date"] == ORIGIN + pd.Timedelta(days=days_from_origin)
    assert day.any() or days_from_origin > 0
    revised.loc[day, "value"] *= 2
    before = table(history, [ORIGIN], lag_days=lag_days, plan=plan)
    after = table(revised, [ORIGIN], lag_days=lag_days, plan=plan)
    return {str(name) for name in before if not before[name].equals(after[name])}


@settings(max_examples=25, deadline=None)
@given(lag=st.integers(1, 5), later=st.integers(0, 30))
def test_nothing_newer_than_the_lag_allows_changes_a_feature(lag, later):
    assert not changed(2 - lag + later, lag)


@settings(max_examples=10, deadline=None)
@given(earlier=st.integers(1, 60))
def test_nothing_older_than_the_look_back_changes_a_level_or_a_shock(earlier):
    assert changed(-PLAN.look_back_days - earlier, 1) <= set(features.FOLLOWED)


@settings(max_examples=10, deadline=None)
@given(earlier=st.integers(1, 60))
def test_nothing_older_than_the_memory_changes_a_feature(earlier):
    new_year = (pd.Timestamp("2023-01-01") - ORIGIN).days
    longer = station(first="2022-09-01")
    assert not changed(new_year - earlier, 1, longer, FORGETFUL)
    assert changed(new_year - earlier, 1, longer)


@settings(max_examples=25, deadline=None)
@given(lag=st.integers(1, 5), back=st.integers(0, 60))
def test_a_revised_day_inside_the_look_back_changes_some_feature(lag, back):
    day = ORIGIN + pd.Timedelta(days=1 - lag - back)
    kinds = calendar().set_index("business_date")["kind"]
    moved = changed(1 - lag - back, lag)
    assert moved
    assert moved <= set(features.FOLLOWED) or kinds[day] == "ordinary"


def test_an_origin_has_the_same_features_alone_and_in_company():
    alone = table(STATION, [ORIGIN])
    for first in ("2023-05-01", "2023-01-05"):  # the days before the second are not held
        together = table(STATION, days(first, "2023-09-01"))
        same = together[together["origin"] == ORIGIN].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, same, check_exact=True)


def test_rows_are_the_hours_of_the_days_after_the_origin():
    rows = table(STATION, [ORIGIN])
    assert list(rows.columns[5:]) == list(features.names(PLAN))
    assert len(rows) == PLAN.horizon * len(HOURS) * len(SERIES)
    assert (rows["business_date"] - rows["origin"]).dt.days.equals(rows["horizon"])
    assert np.isfinite(rows[list(features.names(PLAN))].to_numpy()).all()


def test_the_features_are_those_that_stored_models_were_trained_on():
    learned = [name for name in features.names(PLAN) if name not in features.EXPLAINING]
    values = table(STATION, [ORIGIN])[learned].to_numpy()
    assert (values @ np.arange(1, 70)).sum() == pytest.approx(112769.36818655231, rel=1e-12)


def test_an_origin_in_a_new_year_has_the_same_features_alone_and_in_company():
    longer = station(first="2022-09-01")
    together = table(longer, days("2022-12-30", "2023-01-03"), plan=FORGETFUL)
    origin = pd.Timestamp("2023-01-02")
    same = together[together["origin"] == origin].reset_index(drop=True)
    pd.testing.assert_frame_equal(table(longer, [origin], plan=FORGETFUL), same, check_exact=True)


def test_missing_days_are_skipped_and_not_taken_for_zero():
    gone = ORIGIN - pd.Timedelta(days=7)
    holed = STATION[STATION["business_date"] != gone]
    zeroed = STATION.assign(value=STATION["value"].where(STATION["business_date"] != gone, 0.0))
    level = table(STATION, [ORIGIN])["log_level"]
    assert np.abs(table(holed, [ORIGIN])["log_level"] - level).max() < 0.05
    assert np.abs(table(zeroed, [ORIGIN])["log_level"] - level).max() > 0.5


def test_a_slot_never_seen_in_the_look_back_has_no_row():
    silent = STATION[(STATION["series"] != "boarding") | (STATION["hour"] != 23)]
    rows = table(silent, [ORIGIN])
    assert rows[(rows["series"] == "boarding") & (rows["hour"] == 23)].empty
    assert len(rows) == PLAN.horizon * (len(HOURS) * len(SERIES) - 1)


def test_unknown_weather_counts_as_the_weather_of_the_level():
    dates = calendar()["business_date"]
    rain = pd.DataFrame({"business_date": dates, "precipitation": 20.0})
    known = table(STATION, [ORIGIN], weather=rain)
    later = rain[rain["business_date"] <= ORIGIN]
    unknown = table(STATION, [ORIGIN], weather=later)
    assert list(known.columns[5:]) == list(features.names(PLAN, weather=True))
    assert known["rain_target"].min() > 3
    pd.testing.assert_frame_equal(known, unknown)


def test_a_calendar_that_ends_too_early_is_refused():
    short = calendar()[calendar()["business_date"] <= ORIGIN]
    with pytest.raises(NotEnoughHistory, match="calendar lacks"):
        features.build(STATION, short, PLAN, [ORIGIN], lag_days=1, hours=HOURS, series=SERIES)
