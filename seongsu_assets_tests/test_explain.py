"""An explanation adds up to its forecast, and blames each thing for its own.
What a part ought to be worth is not known; only what it must not be."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import explain, model
from seongsu_assets.forecasting.explain import PARTS
from seongsu_assets_tests.ridership import HOURS, PLAN, SERIES, calendar, days, station, table

KEYS = ["origin", "series", "business_date", "hour", "horizon"]
CHUSEOK = pd.Timestamp("2023-09-29")
LEARNED = days("2023-02-01", "2023-10-08")
#: A Wednesday in front of an ordinary week.
ORIGIN = pd.Timestamp("2023-06-21")
TARGET = pd.Timestamp("2023-06-22")


def rain(seed: int = 5) -> pd.DataFrame:
    """Millimetres of every day of the calendar."""
    random = np.random.default_rng(seed)
    dates = calendar()["business_date"]
    wet = random.random(len(dates)) < 0.3
    return pd.DataFrame({"business_date": dates, "precipitation": wet * 20.0})


def rained_on() -> pd.DataFrame:
    """The invented station, a fifth emptier on wet days."""
    rows = station().merge(rain(), on="business_date")
    kept = np.where(rows["precipitation"] > 0, 0.8, 1.0)
    return station().assign(value=rows["value"] * kept)


@pytest.fixture(scope="module")
def dry():
    return model.fit(table(station(), LEARNED), station(), PLAN)


@pytest.fixture(scope="module")
def wet():
    return model.fit(table(rained_on(), LEARNED, weather=rain()), rained_on(), PLAN)


def told(fitted: model.Model, rows: pd.DataFrame) -> pd.DataFrame:
    """Forecast and parts of each row."""
    parts = explain.explain(fitted, rows)
    answer = fitted.predict(rows)[[*KEYS, "q50"]]
    assert len(parts) == len(answer)
    return answer.merge(parts, on=KEYS, validate="one_to_one")


def in_rain(fitted: model.Model, millimetres: float) -> pd.DataFrame:
    """The target's rows if so much rain were to fall on it."""
    weather = rain()
    weather.loc[weather["business_date"] == TARGET, "precipitation"] = millimetres
    rows = told(fitted, table(rained_on(), [ORIGIN], weather=weather))
    return rows[rows["business_date"] == TARGET].reset_index(drop=True)


def assert_adds_up(rows: pd.DataFrame) -> None:
    assert np.isfinite(rows[list(PARTS)].to_numpy()).all()
    assert (rows[list(PARTS)].sum(axis=1) - rows["q50"]).abs().max() < 1e-6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_parts_add_up_to_the_median_of_every_row_and_of_the_total(dry, seed):
    random = np.random.default_rng(seed)
    origins = sorted(random.choice(np.array(days("2023-01-10", "2023-10-24")), 25, replace=False))
    rows = told(dry, table(station(), [pd.Timestamp(origin) for origin in origins]))
    assert_adds_up(rows)
    assert set(rows["series"]) == {*SERIES, "total"}


def test_parts_add_up_with_weather_too(wet):
    assert_adds_up(
        told(wet, table(rained_on(), days("2023-03-01", "2023-10-20", 9), weather=rain()))
    )


def test_parts_add_up_before_the_dynamic_model_says_anything(dry):
    rows = table(station(), [pd.Timestamp("2023-01-12")])
    assert rows["dynamic"].isna().all()
    assert_adds_up(told(dry, rows))


def test_parts_of_the_total_are_the_sums_of_the_parts_of_the_directions(dry):
    rows = explain.explain(dry, table(station(), [ORIGIN]))
    keys = ["business_date", "hour"]
    total = rows[rows["series"] == "total"].set_index(keys)[list(PARTS)]
    summed = rows[rows["series"] != "total"].groupby(keys)[list(PARTS)].sum()
    pd.testing.assert_frame_equal(total.sort_index(), summed.sort_index())


def test_a_slot_has_one_level_on_all_days_ahead(dry):
    rows = explain.explain(dry, table(station(), [ORIGIN, pd.Timestamp("2023-09-24")]))
    assert (rows.groupby(["origin", "series", "hour"])["level"].agg(np.ptp) == 0).all()


def test_an_explanation_does_not_depend_on_the_rows_beside_it(dry):
    rows = table(station(), [ORIGIN])
    day = rows[rows["business_date"] == TARGET]
    whole = explain.explain(dry, rows)
    same = whole[whole["business_date"] == TARGET].reset_index(drop=True)
    pd.testing.assert_frame_equal(explain.explain(dry, day), same)


def test_a_festival_takes_people_away_and_a_day_of_no_kind_has_no_holiday(dry):
    rows = explain.explain(dry, table(station(), [CHUSEOK - pd.Timedelta(days=5), ORIGIN]))
    feast = rows[rows["business_date"] == CHUSEOK]
    assert (feast["holiday"] < -0.4 * feast["level"]).all()
    ordinary = rows[rows["origin"] == ORIGIN]
    assert (ordinary["holiday"] == 0).all()


def test_a_weekend_is_the_weekdays_doing_and_a_holiday_in_the_week_is_not(dry):
    rows = explain.explain(dry, table(station(), [ORIGIN, pd.Timestamp("2023-06-04")]))
    sunday = rows[rows["business_date"] == "2023-06-25"]
    tuesday = rows[rows["business_date"] == "2023-06-06"]  # Memorial Day
    assert (sunday["weekday"] < -0.2 * sunday["level"]).all()
    assert (tuesday["weekday"] > 0).all()
    assert (tuesday["holiday"] < -0.2 * tuesday["level"]).all()


def test_recent_growth_is_not_the_weekdays_doing(dry):
    history = station()
    newest = history["business_date"] > ORIGIN - pd.Timedelta(days=7)
    grown = history.assign(value=history["value"].where(~newest, history["value"] * 1.1))
    before, after = (told(dry, table(rows, [ORIGIN])) for rows in (history, grown))
    change = after[["q50", *PARTS]].sum() - before[["q50", *PARTS]].sum()
    assert change["level"] > 0
    assert change["trend"] > 0
    assert change["holiday"] == 0
    assert abs(change["weekday"]) < 0.05 * change["q50"]


def test_a_level_that_has_shifted_is_the_levels_doing(dry):
    history = station()
    newest = history["business_date"] > ORIGIN - pd.Timedelta(days=7)
    risen = history.assign(value=history["value"].where(~newest, history["value"] * 1.4))
    before, after = (told(dry, table(rows, [ORIGIN])) for rows in (history, risen))
    change = after[["q50", *PARTS]].sum() - before[["q50", *PARTS]].sum()
    assert change["level"] > 0.8 * change["q50"]
    assert abs(change["trend"]) < 0.1 * change["q50"]


def test_the_more_rain_the_fewer_people_and_that_is_the_weathers_doing(wet):
    falling = [in_rain(wet, millimetres)["weather"] for millimetres in (0.0, 5.0, 20.0, 60.0)]
    assert all((more < less).all() for less, more in pairwise(falling))
    assert (falling[0] > 0).all()  # drier than lately


def test_rain_leaves_the_level_and_the_proportions_of_the_other_parts(wet):
    before, after = in_rain(wet, 0.0), in_rain(wet, 20.0)
    pd.testing.assert_series_equal(before["level"], after["level"])
    lost = after["q50"] - before["q50"]
    drawn = (after["weather"] - before["weather"]) / lost
    assert drawn.between(0.85, 1.02).all()


def test_without_weather_nothing_is_the_weathers_doing(dry):
    assert (explain.explain(dry, table(station(), [ORIGIN]))["weather"] == 0).all()


def test_a_handful_of_people_explodes_nothing():
    few = station().assign(value=np.floor(station()["value"] / 600))
    few.loc[few["hour"] == 6, "value"] = 0.0
    assert (few["value"] <= 6).all()
    rows = told(
        model.fit(table(few, LEARNED), few, PLAN), table(few, days("2023-02-01", "2023-10-20", 5))
    )
    assert_adds_up(rows)
    assert rows[list(PARTS)].abs().to_numpy().max() < 12
    assert rows[rows["hour"] == 6][list(PARTS)].abs().to_numpy().max() < 0.1


def test_what_the_model_does_not_know_is_not_explained(dry):
    rows = table(station(), [ORIGIN])
    with pytest.raises(ModelError, match="transfer"):
        explain.explain(dry, rows.assign(series="transfer"))
    strange = rows.assign(hour=rows["hour"].replace(23, 24))
    assert set(explain.explain(dry, strange)["hour"]) == set(HOURS) - {23}
    lone = rows[(rows["series"] == "boarding") | (rows["hour"] != 8)]
    total = explain.explain(dry, lone).query("series == 'total'")
    assert set(total["hour"]) == set(HOURS) - {8}
