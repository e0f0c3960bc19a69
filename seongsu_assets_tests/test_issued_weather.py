"""Weather enters as it was known at issue time, and can be missed without harm.
What weather does to ridership is the model's business."""

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seongsu_assets.domain import Cadence, Plan
from seongsu_assets.forecasting import backtest, features, issued, model, scores
from seongsu_assets.forecasting.days import READINGS
from seongsu_assets.sources.weather_files import read_weather
from seongsu_assets_tests.ridership import (
    HOURS,
    PLAN,
    SERIES,
    calendar,
    days,
    real_station,
    station,
    table,
)

SEOUL = Cadence("Asia/Seoul", date(2023, 1, 1), ())
ISSUE_HOUR = 7
ORIGIN = pd.Timestamp("2023-06-18")
STATION = station()


def issue(moment: str, day: str, **readings: float) -> dict[str, object]:
    """What was said at a moment of Seoul's clock about a day."""
    told = pd.Timestamp(moment, tz="Asia/Seoul").tz_convert("UTC")
    return {"issued_at": told, "business_date": pd.Timestamp(day), **readings}


@cache
def issues() -> pd.DataFrame:
    """Two issues a day, each about that day and the eight after it, rarely the same twice."""
    random = np.random.default_rng(11)
    moments = pd.date_range("2023-01-01 05:10", "2023-11-09", freq="12h", tz="Asia/Seoul")
    told = pd.DataFrame({"issued_at": moments.tz_convert("UTC"), "day": moments.tz_localize(None)})
    told = told.merge(pd.DataFrame({"ahead": range(9)}), how="cross")
    wet = random.random(len(told)) < 0.3
    return pd.DataFrame(
        {
            "issued_at": told["issued_at"],
            "business_date": told["day"].dt.normalize() + pd.to_timedelta(told["ahead"], unit="D"),
            "temperature": random.normal(12, 12, len(told)),
            "precipitation": np.where(wet, random.exponential(15, len(told)), 0.0),
            "snowfall": np.where(wet, random.exponential(1, len(told)), 0.0),
        }
    )


def known(
    told: pd.DataFrame, origins: list[pd.Timestamp], issue_hour: int = ISSUE_HOUR
) -> dict[str, object]:
    """Weather as `features.build` and the backtest want it."""
    return {
        "weather": issued.look_back(told, SEOUL),
        "ahead": issued.ahead(told, SEOUL, origins, horizon=PLAN.horizon, issue_hour=issue_hour),
    }


def ahead(rows: list[dict[str, object]], cadence: Cadence = SEOUL) -> pd.DataFrame:
    told = issued.ahead(pd.DataFrame(rows), cadence, [ORIGIN], horizon=2, issue_hour=ISSUE_HOUR)
    return told.set_index("business_date")


def until(moment: str) -> pd.DataFrame:
    return issues()[issues()["issued_at"] < pd.Timestamp(moment, tz="Asia/Seoul")]


def wape(rows: pd.DataFrame) -> float:
    return scores.wape(rows[rows["series"] == "total"], "q50")


def test_a_target_has_what_was_last_said_by_the_moment_of_issue():
    rows = [
        issue("2023-06-19 07:00", "2023-06-20", precipitation=3.0),
        issue("2023-06-19 07:01", "2023-06-20", precipitation=9.0),
        issue("2023-06-18 23:00", "2023-06-20", precipitation=1.0),
    ]
    assert ahead(rows)["precipitation"].tolist() == pytest.approx([np.nan, 3.0], nan_ok=True)


def test_the_moment_of_issue_is_one_of_the_domain_s_clock():
    paris = Cadence("Europe/Paris", date(2023, 1, 1), ())
    rows = [issue("2023-06-19 13:59", "2023-06-20", snowfall=1.0)]  # 06:59 in Paris
    assert ahead(rows, paris)["snowfall"]["2023-06-20"] == 1.0
    assert np.isnan(ahead(rows)["snowfall"]["2023-06-20"])


def test_a_day_of_the_look_back_has_what_was_last_said_before_it_ended():
    told = pd.DataFrame(
        [
            issue("2023-06-18 23:59", "2023-06-18", temperature=20.0),
            issue("2023-06-19 00:00", "2023-06-18", temperature=25.0),
            issue("2023-06-20 12:00", "2023-06-17", temperature=30.0),
        ]
    )
    back = issued.look_back(told, SEOUL).set_index("business_date")["temperature"]
    assert back["2023-06-18"] == 20.0
    assert np.isnan(back["2023-06-17"])


def test_a_reading_left_open_is_that_of_the_issue_before():
    rows = [
        issue("2023-06-18 23:00", "2023-06-19", precipitation=np.nan, temperature=21.0),
        issue("2023-06-18 17:00", "2023-06-19", precipitation=4.0, temperature=18.0),
    ]
    day = ahead(rows).loc["2023-06-19"]
    assert (day["precipitation"], day["temperature"]) == (4.0, 21.0)
    assert np.isnan(day["snowfall"])


def test_the_order_of_the_rows_decides_nothing():
    doubled = pd.concat([issues(), issues().assign(temperature=5.0)])
    shuffled = doubled.sample(frac=1, random_state=3)
    origins = days("2023-05-01", "2023-05-20")
    for name, told in known(doubled, origins).items():
        again = known(shuffled, origins)[name]
        pd.testing.assert_frame_equal(told, again, check_exact=True)


@settings(max_examples=25, deadline=None)
@given(
    day=st.dates(date(2023, 4, 15), date(2023, 10, 20)),
    hour=st.integers(0, 23),
    lag=st.integers(1, 3),
    spoilt=st.sampled_from([0.0, 90.0, np.nan]),
)
def test_nothing_said_or_seen_after_the_moment_of_issue_changes_a_feature(day, hour, lag, spoilt):
    origin = pd.Timestamp(day)
    moment = SEOUL.at(day, 24 + hour)
    later = issues().copy()
    later.loc[later["issued_at"] > moment, list(READINGS)] = spoilt
    seen = STATION.copy()
    seen.loc[seen["business_date"] > origin, "value"] *= 3
    before = table(STATION, [origin], lag_days=lag, **known(issues(), [origin], hour))
    after = table(seen, [origin], lag_days=lag, **known(later, [origin], hour))
    pd.testing.assert_frame_equal(before, after, check_exact=True)


@settings(max_examples=15, deadline=None)
@given(day=st.dates(date(2023, 4, 15), date(2023, 10, 20)))
def test_the_newest_issue_by_then_changes_the_targets(day):
    origin = pd.Timestamp(day)
    newest = issues()["issued_at"][issues()["issued_at"] <= SEOUL.at(day, 24 + ISSUE_HOUR)].max()
    other = issues().copy()
    other.loc[other["issued_at"] == newest, "temperature"] = 40.0
    rows = table(STATION, [origin], **known(other, [origin]))
    assert np.allclose(rows["heat_target"], 1.7)


def test_an_origin_has_the_same_weather_alone_and_in_company():
    many = days("2023-05-01", "2023-09-01")
    together = table(STATION, many, **known(issues(), many))
    alone = table(STATION, [ORIGIN], **known(issues(), [ORIGIN]))
    same = together[together["origin"] == ORIGIN].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, same, check_exact=True)


def test_weather_leaves_levels_shocks_and_kinds_alone():
    origins = days("2023-05-01", "2023-06-01")
    dry = table(STATION, origins)
    wet = table(STATION, origins, **known(issues(), origins))
    assert set(wet) - set(dry) == set(features.names(PLAN, weather=True)[-8:])
    others = [name for name in dry.columns if name not in features.FOLLOWED]
    pd.testing.assert_frame_equal(dry[others], wet[others], check_exact=True)
    assert not dry["dynamic"].equals(wet["dynamic"])


def test_weather_says_nothing_until_most_days_of_the_level_have_it():
    origins = days("2023-05-01", "2023-07-30")
    young = issues()[issues()["issued_at"] >= pd.Timestamp("2023-05-20", tz="UTC")]
    rows = table(STATION, origins, **known(young, origins)).set_index("origin")
    change = rows["heat_change"].abs() + rows["cold_change"].abs() + rows["rain_change"].abs()
    assert (change[:"2023-06-03"] == 0).all()
    assert (change["2023-07-15":] > 0).mean() > 0.9


def scored(observations: pd.DataFrame, told: pd.DataFrame | None, plan: Plan, **wanted) -> float:
    """WAPE of a model fitted once, on rolling origins."""
    first = observations["business_date"].min()
    origins = list(pd.date_range(first, wanted["origins"][-1]))
    weather = {} if told is None else known(told, origins)
    hours = sorted(int(hour) for hour in observations["hour"].unique())
    rows = backtest.backtest(
        observations, calendar(), plan=plan, lag_days=1, hours=hours, series=SERIES,
        total="total", retrain_every=99, **weather, **wanted,
    )  # fmt: skip
    assert np.isfinite(rows[["q10", "q50", "q90"]]).all(axis=None)
    return wape(rows)


def test_f13_without_the_weather_source_the_forecast_is_that_without_weather():
    wanted = {"origins": days("2023-09-03", "2023-10-15", 7)}
    without = scored(STATION, None, PLAN, **wanted)
    blank = issues().assign(**dict.fromkeys(READINGS, np.nan))
    for missing in (pd.DataFrame(columns=issues().columns), blank):
        assert scored(STATION, missing, PLAN, **wanted) == pytest.approx(without, abs=1e-6)


def test_f13_a_source_that_falls_silent_after_training_costs_less_than_a_point():
    wanted = {"origins": days("2023-09-03", "2023-10-15", 7)}
    without = scored(STATION, None, PLAN, **wanted)
    assert abs(scored(STATION, until("2023-09-03"), PLAN, **wanted) - without) < 0.01


def test_f13_on_real_months_a_missing_source_costs_less_than_a_point():
    observations = real_station()
    told = real_weather()
    wanted = {"origins": days("2024-03-03", "2024-08-18", 28)}
    plan = Plan(train_days=300)
    without = scored(observations, None, plan, **wanted)
    silent = told[told["issued_at"] < pd.Timestamp("2024-03-03", tz="UTC")]
    for missing in (told.iloc[:0], silent):
        assert abs(scored(observations, missing, plan, **wanted) - without) < 0.01


def real_weather() -> pd.DataFrame:
    """The weather of Seongsu as if it had been foretold rightly, eight days ahead."""
    folder = Path(__file__).parents[2] / "shared" / "data" / "seoul" / "weather"
    files = sorted(folder.glob("open_meteo_*.csv"))
    if not files:
        pytest.skip(f"the shared data is absent: {folder}")
    weather = read_weather(files)
    told = weather["business_date"] - pd.Timedelta(days=8)
    return weather.assign(issued_at=told.dt.tz_localize("UTC"))


def test_a_model_trained_before_there_was_weather_forecasts_when_it_comes():
    origins = days("2023-02-01", "2023-10-08")
    blank = table(STATION, origins, **known(issues().iloc[:0], origins))
    fitted = model.fit(blank, STATION, PLAN)
    asked = days("2023-10-01", "2023-10-08")
    wet = fitted.predict(table(STATION, asked, **known(issues(), asked)))
    dry = fitted.predict(blank[blank["origin"].isin(asked)])
    assert len(wet) == len(asked) * PLAN.horizon * len(HOURS) * (len(SERIES) + 1)
    # the trees and the linear part know of no weather yet; the dynamic model's priors do
    np.testing.assert_allclose(wet["q50"], dry["q50"], rtol=0.01)
    assert not np.allclose(wet["q50"], dry["q50"], rtol=1e-9)
