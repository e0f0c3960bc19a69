"""The generated counters of Paris: repeatable, in the portal's shape, and shaped like a city.
No real data is needed or compared with here."""

import json
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.sources.french_calendar import french_calendar
from seongsu_assets.sources.paris.counts import FIELDS
from seongsu_assets.sources.paris.sample import Sample
from seongsu_assets.sources.paris.sample_day import COUNTERS

LATER = datetime(2031, 1, 1, tzinfo=UTC)
YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))


def sample(now: datetime = LATER, seed: int = 75) -> Sample:
    return Sample(clock=lambda: now, seed=seed)


@pytest.fixture(scope="module")
def year() -> pd.DataFrame:
    source = sample()
    found = [source.parse(each) for each in source.fetch(YEAR)]
    assert not any(each.rejects for each in found)
    return pd.concat([each.rows for each in found], ignore_index=True)


def daily(year: pd.DataFrame) -> pd.DataFrame:
    calendar = french_calendar(YEAR).set_index("business_date")[["day_type", "kind"]]
    steady = year[~year["series"].eq("sample-12")]
    return calendar.join(steady.groupby("business_date")["value"].sum().rename("total"))


def test_a_days_bytes_depend_on_the_seed_and_the_date_alone():
    march = {
        p.request: p.sha256 for p in sample().fetch(Window(date(2025, 3, 1), date(2025, 3, 31)))
    }
    (alone,) = sample().fetch(Window(date(2025, 3, 9), date(2025, 3, 9)))
    assert len(set(march.values())) == 31
    assert march[alone.request] == alone.sha256
    (other,) = sample(seed=1).fetch(Window(date(2025, 3, 9), date(2025, 3, 9)))
    assert other.sha256 != alone.sha256


def test_the_bytes_say_that_nothing_was_measured_and_have_the_portals_shape():
    (day,) = sample().fetch(Window(date(2025, 3, 9), date(2025, 3, 9)))
    tree = json.loads(day.body)
    assert tree["comment"] == "sample data, generated, not measured"
    assert len(tree["results"]) == tree["total_count"] == 12 * 24
    assert set(tree["results"][0]) == {name for told in FIELDS.needed.values() for name in told}
    names = sample().parse(day).names
    assert len(names) == 12
    assert all("example" in name for name in names.values())


@pytest.mark.parametrize(("hour", "newest"), [(22, "20250709"), (21, "20250708")])
def test_a_day_is_given_only_when_it_is_over_in_paris(hour: int, newest: str):
    now = datetime(2025, 7, 9, hour, 30, tzinfo=UTC)  # midnight in Paris is 22:00 UTC
    given = list(sample(now).fetch(Window(date(2025, 7, 1), date(2025, 7, 31))))
    assert given[-1].request == f"sample/{newest}"
    assert all(each.received_at == now for each in given)


def test_the_nights_of_the_clocks_have_their_hours(year: pd.DataFrame):
    hours = year[year["series"] == "sample-01"].groupby("business_date")["hour"].agg(list)
    assert hours[pd.Timestamp("2025-03-30")] == [0, 1, *range(3, 24)]
    assert all(sorted(each) == list(range(24)) for day, each in hours.items() if day.month != 3)
    twice = year[year["business_date"].eq("2025-10-26") & year["hour"].eq(2)]
    usual = year[year["business_date"].eq("2025-10-19") & year["hour"].eq(2)]
    assert twice["value"].sum() > 1.4 * usual["value"].sum()


def test_one_counter_starts_late_and_one_is_silent_for_some_days(year: pd.DataFrame):
    start = Window(date(2024, 4, 14), date(2024, 4, 15))
    before, first = (sample().parse(each).rows for each in sample().fetch(start))
    assert set(first["series"]) - set(before["series"]) == {"sample-11"}
    days = year.groupby("series")["business_date"].nunique()
    assert days["sample-01"] == 365
    assert 335 <= days["sample-12"] <= 350
    assert len(days) == len(COUNTERS) == 12


def test_days_differ_as_they_do_in_a_city(year: pd.DataFrame):
    days = daily(year)
    plain = days[days["kind"] == "ordinary"]
    means = plain.groupby("day_type")["total"].mean()
    assert 0.4 < means["sunday"] / means["weekday"] < 0.8
    months = plain[plain["day_type"] == "weekday"]["total"].groupby(lambda d: d.month).mean()
    assert months[6] > 1.3 * months[1]
    assert days.loc["2025-12-25", "total"] < 0.5 * means["sunday"]
    breaks = days[(days["kind"] == "school_break") & (days.index.month == 10)]["total"].mean()
    school = days[(days["kind"] == "ordinary") & (days.index.month == 10)]
    assert breaks < 0.95 * school[school["day_type"] == "weekday"]["total"].mean()


def test_the_morning_goes_to_work_and_the_evening_home(year: pd.DataFrame):
    tuesdays = year[year["business_date"].dt.dayofweek == 1].groupby(["series", "hour"])["value"]
    mean = tuesdays.mean()
    assert mean["sample-03", 8] > 1.5 * mean["sample-03", 18]
    assert mean["sample-04", 18] > 1.5 * mean["sample-04", 8]
    assert mean["sample-09"].idxmax() in range(14, 19)
