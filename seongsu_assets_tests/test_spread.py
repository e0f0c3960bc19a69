"""A daily total spread over its hours: whole, exact, and learned from measured days before it.
How sources take turns is another test's business."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seongsu_assets.domain import Cadence, Slot
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting.spread import LEARNED_FROM_DAYS, spread
from seongsu_assets_tests.ridership import HOURS, SERIES, calendar, real_station, station

KEYS = ["series", "business_date"]
CADENCE = Cadence(
    "Asia/Seoul",
    date(2023, 1, 1),
    (*(Slot(hour) for hour in HOURS), Slot(24, hours=4, open=True, optional=True)),
)
STATION = station("2023-03-01", "2023-07-31")


def totals(day: str, value: float = 10_007.0) -> pd.DataFrame:
    """The same total of both series on one day."""
    return pd.DataFrame({"series": SERIES, "business_date": pd.Timestamp(day), "value": value})


def shaped(days: list[str], *shape: float) -> pd.DataFrame:
    """Measured days with the given value in each of HOURS, both series alike."""
    rows = [
        {"series": name, "business_date": pd.Timestamp(day), "hour": hour, "value": value}
        for name in SERIES
        for day in days
        for hour, value in zip((*HOURS, 24), shape, strict=False)
    ]
    return pd.DataFrame(rows)


def hours(day: str, observations: pd.DataFrame, value: float = 1000.0) -> list[float]:
    """The boardings of one day by hour."""
    rows = spread(totals(day, value), observations, calendar(), CADENCE)
    return rows.loc[rows["series"] == "boarding", "value"].tolist()


@settings(max_examples=40, deadline=None)
@given(value=st.integers(0, 300_000), day=st.dates(date(2023, 3, 2), date(2023, 8, 31)))
def test_the_hours_are_whole_and_sum_to_the_total(value, day):
    rows = spread(totals(str(day), float(value)), STATION, calendar(), CADENCE)
    assert len(rows) == len(SERIES) * len(HOURS)
    assert (rows["value"] % 1 == 0).all()
    assert (rows["value"] >= 0).all()
    assert (rows.groupby(KEYS)["value"].sum() == value).all()


@settings(max_examples=25, deadline=None)
@given(day=st.dates(date(2023, 6, 1), date(2023, 7, 31)), factor=st.floats(0.1, 9.0))
def test_only_measured_days_before_and_not_too_far_back_matter(day, factor):
    asked = totals(str(day))
    away = (pd.Timestamp(day) - STATION["business_date"]).dt.days
    outside = (away <= 0) | (away > LEARNED_FROM_DAYS)
    other = STATION.copy()
    other.loc[outside & (other["hour"] == 8), "value"] *= factor
    before = spread(asked, STATION, calendar(), CADENCE)
    pd.testing.assert_frame_equal(before, spread(asked, other, calendar(), CADENCE))
    shuffled = other.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(before, spread(asked, shuffled, calendar(), CADENCE))
    other.loc[~outside & (other["hour"] == 8), "value"] *= 2
    assert not before.equals(spread(asked, other, calendar(), CADENCE))


def test_a_total_without_a_measured_day_before_it_gives_no_rows():
    measured = STATION[STATION["business_date"] >= "2023-06-12"]
    asked = pd.concat([totals("2023-06-12"), totals("2023-06-13")])
    rows = spread(asked, measured, calendar(), CADENCE)
    assert set(rows["business_date"]) == {pd.Timestamp("2023-06-13")}
    nothing = spread(asked, measured.iloc[:0], calendar(), CADENCE)
    assert nothing.empty
    assert list(nothing.columns) == list(rows.columns)
    far = pd.Timestamp("2023-07-31") + timedelta(days=LEARNED_FROM_DAYS + 1)
    assert spread(totals(str(far.date())), STATION, calendar(), CADENCE).empty


def test_a_series_that_was_not_measured_gives_no_rows():
    measured = STATION[STATION["series"] == "boarding"]
    rows = spread(totals("2023-06-13"), measured, calendar(), CADENCE)
    assert set(rows["series"]) == {"boarding"}


def test_a_day_learns_from_its_own_type_then_from_its_class_then_from_any():
    monday = shaped(["2023-06-05"], 6, 1, 1, 1, 1)
    friday = shaped(["2023-06-16"], 1, 6, 1, 1, 1)
    sunday = shaped(["2023-06-18"], 1, 1, 6, 1, 1)
    everything = pd.concat([monday, friday, sunday])
    assert hours("2023-06-19", everything) == [600, 100, 100, 100, 100]  # a Monday
    assert hours("2023-06-20", everything)[0] < hours("2023-06-20", everything)[1]
    assert hours("2023-06-20", everything)[2] == 100  # a Tuesday learns nothing from a Sunday
    assert hours("2023-06-24", everything) == [100, 100, 600, 100, 100]  # a Saturday
    assert hours("2023-06-24", monday) == [600, 100, 100, 100, 100]


def test_holidays_and_labour_day_have_the_shape_of_a_sunday():
    sunday = shaped(["2023-04-23"], 1, 1, 6, 1, 1)
    monday = shaped(["2023-04-24"], 6, 1, 1, 1, 1)
    both = pd.concat([sunday, monday])
    assert hours("2023-05-01", both) == [100, 100, 600, 100, 100]  # Labour Day, a Monday
    assert hours("2023-05-05", both) == [100, 100, 600, 100, 100]  # Children's Day
    assert hours("2023-05-08", both) == [600, 100, 100, 100, 100]


def test_an_ordinary_day_does_not_learn_from_a_special_one_while_it_can():
    bridge = shaped(["2023-06-05"], 1, 6, 1, 1, 1)  # between a Sunday and Memorial Day
    ordinary = shaped(["2023-05-22"], 6, 1, 1, 1, 1)
    assert hours("2023-06-12", pd.concat([bridge, ordinary])) == [600, 100, 100, 100, 100]
    assert hours("2023-06-12", bridge) == [100, 600, 100, 100, 100]


def test_newer_days_say_more():
    old, new = shaped(["2023-05-22"], 2, 1, 1, 1, 1), shaped(["2023-06-12"], 1, 2, 1, 1, 1)
    values = hours("2023-06-19", pd.concat([old, new]))
    assert values[1] > values[0] > values[2]


def test_a_day_with_a_missing_required_hour_teaches_nothing():
    torn = shaped(["2023-06-12"], 6, 1, 1, 1)  # the last hour is missing
    whole = shaped(["2023-06-05"], 1, 1, 1, 1, 1)
    assert hours("2023-06-19", pd.concat([torn, whole])) == [200] * 5
    assert hours("2023-06-19", torn) == []


def test_after_midnight_is_spread_over_only_where_most_learned_days_have_it():
    closed = shaped(["2023-05-15"], 1, 1, 1, 1, 1)
    late = shaped(["2023-06-05", "2023-06-12"], 18, 18, 18, 18, 18, 10)
    assert hours("2023-06-19", pd.concat([closed, late])) == [180, 180, 180, 180, 180, 100]
    assert hours("2023-06-19", pd.concat([closed, late.head(0)])) == [200] * 5
    older = pd.concat([closed.assign(business_date=day) for day in pd.to_datetime(
        ["2023-06-05", "2023-06-12"])])  # fmt: skip
    latest = shaped(["2023-05-15"], 18, 18, 18, 18, 18, 10)
    assert len(hours("2023-06-19", pd.concat([older, latest]))) == len(HOURS)


def test_a_calendar_without_the_day_is_refused():
    short = calendar()[calendar()["business_date"] < "2023-06-01"]
    with pytest.raises(NotEnoughHistory, match="calendar lacks"):
        spread(totals("2023-06-13"), STATION, short, CADENCE)


def test_on_real_days_the_spread_is_within_six_percent_of_the_truth():
    truth = real_station()
    cadence = Cadence(
        "Asia/Seoul", date(2023, 1, 1), tuple(Slot(hour) for hour in sorted(set(truth["hour"])))
    )
    asked = truth.groupby(KEYS, as_index=False)["value"].sum()
    asked = asked[asked["business_date"] >= "2023-10-01"]
    rows = spread(asked, truth, calendar(), cadence)
    both = rows.merge(truth, on=[*KEYS, "hour"], suffixes=("", "_true"), validate="1:1")
    assert len(both) == len(asked) * len(cadence.slots)
    error = (both["value"] - both["value_true"]).abs().sum() / both["value_true"].sum()
    assert error < 0.06
    naive = spread_evenly(both)
    assert error < naive / 5


def spread_evenly(rows: pd.DataFrame) -> float:
    even = rows.groupby(KEYS)["value"].transform("mean")
    return float(np.abs(even - rows["value_true"]).sum() / rows["value_true"].sum())
