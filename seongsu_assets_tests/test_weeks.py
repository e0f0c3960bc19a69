"""The arithmetic of weeks, the calendar of American shops, and what stands for a week's forecast.
The graph of a weekly domain is in `test_weekly_chain`."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Payload, Window, ranges
from seongsu_assets.domains.bitcoin import BITCOIN
from seongsu_assets.domains.weekly_sales import SALES, WEEKLY_SALES
from seongsu_assets.errors import SeongsuError
from seongsu_assets.forecasting import baselines, grown
from seongsu_assets.forecasting.panel import features
from seongsu_assets.plan import Plan
from seongsu_assets.replay import injected
from seongsu_assets.sources import long_table
from seongsu_assets.sources.us_calendar import us_calendar

CADENCE, PLAN = WEEKLY_SALES.cadence, WEEKLY_SALES.plan
SATURDAY = date(2012, 3, 31)


def week(first: str) -> pd.DataFrame:
    day = date.fromisoformat(first)
    return us_calendar(Window(day, CADENCE.ends(day)))


def test_a_week_is_named_by_its_first_day_and_over_after_its_last() -> None:
    assert CADENCE.begins(date(2012, 4, 6)) == SATURDAY
    assert CADENCE.ends(SATURDAY) == date(2012, 4, 6)
    friday = datetime(2012, 4, 7, 3, 59, tzinfo=UTC)  # a minute before midnight in New York
    assert CADENCE.newest(friday) == date(2012, 3, 24)
    assert CADENCE.newest(datetime(2012, 4, 7, 4, tzinfo=UTC)) == SATURDAY


def test_weeks_in_a_row_are_one_window_and_a_hole_parts_them() -> None:
    weeks = CADENCE.periods(Window(date(2012, 3, 4), date(2012, 4, 8)))
    assert weeks == [date(2012, 3, day) for day in (10, 17, 24, 31)] + [date(2012, 4, 7)]
    assert ranges(weeks, 7) == [Window(weeks[0], weeks[-1])]
    assert ranges([weeks[0], weeks[2]], 7) == [
        Window(weeks[0], weeks[0]),
        Window(weeks[2], weeks[2]),
    ]
    assert CADENCE.up_to(SATURDAY, 3) == Window(date(2012, 3, 17), SATURDAY)
    assert CADENCE.up_to(SATURDAY, 9_999) == Window(CADENCE.start, SATURDAY)


def test_a_plan_of_days_is_no_plan_for_weeks() -> None:
    with pytest.raises(AssertionError):
        replace(WEEKLY_SALES, plan=Plan(learner="panel"))


def test_the_file_names_the_friday_and_is_written_as_it_was_read() -> None:
    body = b"Store,Dept,Date,Weekly_Sales\n1,2,2012-04-06,-3.5\n1,7,2012-04-06,20\n"
    rows = long_table.read(Payload("files", "x.csv", body, datetime.now(UTC)), SALES).rows
    assert set(rows["business_date"]) == {pd.Timestamp(SATURDAY)}
    assert rows["value"].tolist() == [-3.5, 20]
    again = Payload("files", "y.csv", long_table.write(rows, SALES), datetime.now(UTC))
    pd.testing.assert_frame_equal(
        long_table.read(again, SALES).rows.drop(columns="place"), rows.drop(columns="place")
    )


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("2011-04-16", "easter"), ("2012-03-31", "easter"), ("2011-11-19", "thanksgiving"),
        ("2012-02-04", "super_bowl"), ("2022-02-12", "super_bowl"), ("2012-05-05", "mothers_day"),
    ],
)  # fmt: skip
def test_a_holiday_is_bought_for_in_the_week_up_to_it(first: str, kind: str) -> None:
    assert kind in week(first)["kind"].tolist()


def test_the_days_of_christmas_stand_in_every_year() -> None:
    for year in (2010, 2031):
        days = us_calendar(Window(date(year, 12, 1), date(year, 12, 31))).set_index("business_date")
        assert days.loc[f"{year}-12-24", "kind"] == "christmas"
        assert days.loc[f"{year}-12-25", "day_type"] == "holiday"
        assert days.loc[f"{year}-12-26", "kind"] == "year_end"


def history(weeks: int = 120) -> pd.DataFrame:
    """A series that grows a tenth a year, and sells half more in the week before Easter."""
    dates = pd.date_range("2010-01-30", periods=weeks, freq="7D")
    easter = np.isin(dates, pd.to_datetime(["2010-03-27", "2011-04-16", "2012-03-31"]))
    value = 1000 * 1.1 ** (np.arange(weeks) / 52) * np.where(easter, 1.5, 1.0)
    return pd.DataFrame({"series": "1-1", "business_date": dates, "hour": 0, "value": value})


def asked(origin: str, horizon: int) -> pd.DataFrame:
    target = pd.Timestamp(origin) + PLAN.span(horizon)
    return pd.DataFrame(
        {"origin": [pd.Timestamp(origin)], "series": "1-1", "business_date": target, "hour": 0}
    )


def test_seasonal_naive_is_the_same_week_a_year_ago_and_growth_goes_on_from_there() -> None:
    rows = history()
    before = rows.set_index("business_date")["value"]
    naive = baselines.seasonal_naive(rows, asked("2012-01-28", 12), PLAN, lag_days=1)
    assert naive[0] == before[pd.Timestamp("2012-01-28") + PLAN.span(12 - 52)]
    more = grown.seasonal_growth(rows, asked("2012-01-28", 12), PLAN, lag_days=1, part=1.0)
    assert more[0] == pytest.approx(1.1 * naive[0])


def test_a_week_before_easter_is_likened_to_the_one_before_the_last_easter() -> None:
    rows = history(112)  # up to 2012-03-17
    days = us_calendar(Window(date(2009, 12, 1), date(2012, 12, 31)))
    built = features.build(
        rows, days, PLAN, [rows["business_date"].max()], lag_days=1, hours=[0], series=["1-1"]
    ).set_index("business_date")
    level = np.expm1(built["level"])
    easter, after = pd.Timestamp("2012-03-31"), pd.Timestamp("2012-04-14")
    assert level[easter] / level[pd.Timestamp("2012-03-24")] == pytest.approx(1.5, rel=0.03)
    assert level[after] / level[pd.Timestamp("2012-03-24")] == pytest.approx(1.0, rel=0.03)
    assert built.loc[after, "same_1"] > 0.3  # a year ago it was the week before Easter


def test_an_origin_says_the_same_whatever_is_held_from_before_the_plans_reach() -> None:
    """The same week three and four years ago lies before it."""
    rows = history(5 * 52)
    days = us_calendar(Window(date(2009, 12, 1), date(2015, 12, 31)))
    origin, early = rows["business_date"].max(), rows["business_date"].max() - PLAN.span(60)

    def made(held: pd.DataFrame, *origins: pd.Timestamp) -> pd.DataFrame:
        built = features.build(held, days, PLAN, origins, lag_days=1, hours=[0], series=["1-1"])
        return built[built["origin"] == origin].reset_index(drop=True)

    reached = rows[rows["business_date"] >= origin - pd.Timedelta(days=PLAN.reach_days)]
    pd.testing.assert_frame_equal(made(reached, origin), made(rows, early, origin))


def test_a_late_week_leaves_the_forecast_to_the_one_before_it() -> None:
    rows = history(112)
    days = us_calendar(Window(date(2009, 12, 1), date(2012, 12, 31)))
    newest = rows["business_date"].max()

    def level_and_last(known: pd.DataFrame) -> pd.DataFrame:
        built = features.build(
            known, days, PLAN, [newest], lag_days=1, hours=[0], series=["1-1"]
        ).set_index("horizon")
        return built[["level", "last"]]

    whole, late = level_and_last(rows), level_and_last(rows[rows["business_date"] < newest])
    assert late["last"].notna().all()
    assert (late["level"] - whole["level"]).abs().max() < 0.01


def test_what_no_file_tells_of_cannot_be_injected(tmp_path: Path) -> None:
    sourceless = replace(BITCOIN, sources=BITCOIN.sources[1:])
    with pytest.raises(SeongsuError, match="no file in columns"):
        injected.withhold(tmp_path, sourceless, history(), 4)
