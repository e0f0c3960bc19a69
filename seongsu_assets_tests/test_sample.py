"""The sample is a calibrated, repeatable stand-in for the official feed.
No real data is needed or compared with here."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.sample import Sample
from seongsu_assets_tests.official import SEONGSU

LATER = datetime(2031, 1, 1, tzinfo=UTC)


def sample(now: datetime = LATER, seed: int = 211) -> Sample:
    return Sample(SEONGSU, clock=lambda: now, seed=seed)


def totals(first: date, last: date) -> pd.DataFrame:
    """One row a day: total, day_type, kind."""
    source, window = sample(), Window(first, last)
    rows = pd.concat([source.parse(each).rows for each in source.fetch(window)])
    calendar = korean_calendar(window).set_index("business_date")[["day_type", "kind"]]
    return calendar.join(rows.groupby("business_date")["value"].sum().rename("total"))


def test_a_days_bytes_depend_on_the_seed_and_the_date_alone():
    year = {
        each.request: each.sha256
        for each in sample().fetch(Window(date(2024, 1, 1), date(2024, 12, 31)))
    }
    (alone,) = sample().fetch(Window(date(2024, 7, 9), date(2024, 7, 9)))
    assert len(year) == 366
    assert len(set(year.values())) == 366
    assert year[alone.request] == alone.sha256
    (other,) = sample(seed=1).fetch(Window(date(2024, 7, 9), date(2024, 7, 9)))
    assert other.sha256 != alone.sha256


def test_the_bytes_say_that_nothing_was_measured():
    (day,) = sample().fetch(Window(date(2024, 7, 9), date(2024, 7, 9)))
    assert day.body.decode().startswith("# sample data, generated, not measured\n")
    parsed = sample().parse(day)
    assert not parsed.rejects
    assert set(parsed.rows["hour"]) == {4, *range(6, 24)}
    assert parsed.rows["place"].iloc[0] == f"{day.request} row 3"


@pytest.mark.parametrize(("hour", "newest"), [(18, "2024-07-08"), (19, "2024-07-09")])
def test_a_day_is_given_only_when_its_operating_day_is_over(hour: int, newest: str):
    now = datetime(2024, 7, 9, hour, 30, tzinfo=UTC)  # 04:00 in Seoul is 19:00 UTC
    given = list(sample(now).fetch(Window(date(2024, 7, 1), date(2024, 7, 31))))
    assert given[-1].request == f"sample-{newest}.csv"
    assert all(each.received_at == now for each in given)


def test_the_means_of_2024_are_the_published_ones():
    year = totals(date(2024, 1, 1), date(2024, 12, 31))
    working = year["day_type"].isin(["weekday", "adjacent"])
    free = ~working & ~year["day_type"].isin(["saturday", "sunday"])
    published = {
        98_718: year[working],
        76_409: year[(year.index.dayofweek == 5) & ~free],
        58_122: year[(year.index.dayofweek == 6) & ~free],
        53_425: year[free],
    }
    for mean, days in published.items():
        assert days["total"].mean() == pytest.approx(mean, rel=0.06)


def test_it_grows_and_its_growth_fades():
    means = [totals(date(y, 4, 1), date(y, 5, 31))["total"].mean() for y in range(2023, 2031)]
    growth = [after / before for before, after in pairwise(means)]
    assert all(1.05 < each < 1.25 for each in growth[:3])
    assert growth[-1] < 1.03


def test_festivals_are_quiet_christmas_is_not_and_labour_day_has_no_rush():
    year = totals(date(2024, 1, 1), date(2024, 12, 31))
    sunday = year.loc[year["day_type"] == "sunday", "total"].mean()
    assert (year.loc[year["kind"].isin(["seollal", "chuseok"]), "total"] < 0.6 * sunday).all()
    assert (year.loc[year["kind"] == "christmas", "total"] > 1.2 * sunday).all()
    weekday = year.loc[year["day_type"] == "weekday", "total"].mean()
    assert (year.loc[year["kind"] == "labour_day", "total"] < 0.8 * weekday).all()
