"""The dynamic model follows level, weekday and shares by itself, and says how sure it is.
Its place in the combined forecast is tested with the model."""

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.forecasting.regressors import SATURDAY
from seongsu_assets_tests.ridership import HOURS, SERIES, station, table

ORIGIN = pd.Timestamp("2023-09-17")


def followed(history: pd.DataFrame, origin: pd.Timestamp = ORIGIN) -> pd.DataFrame:
    """Forecast, spread and truth of one origin's week, weekends last."""
    rows = table(history, [origin])
    truth = station()
    rows = rows[["series", "business_date", "hour", "horizon", "dynamic", "dynamic_spread"]]
    return rows.merge(truth, on=["series", "business_date", "hour"])


def error(rows: pd.DataFrame) -> float:
    return float((np.expm1(rows["dynamic"]) - rows["value"]).abs().sum() / rows["value"].sum())


def test_it_forecasts_a_week_within_the_noise():
    assert error(followed(station())) < 0.06


def test_a_hole_in_the_history_makes_it_less_sure_and_not_wrong():
    history = station()
    holed = history[~history["business_date"].between("2023-08-20", "2023-09-17")]
    rows, whole = followed(holed), followed(history)
    assert error(rows) < 0.10
    assert (rows["dynamic_spread"] > whole["dynamic_spread"]).all()


def test_a_level_that_jumps_is_followed_within_two_weeks():
    history = station()
    jumped = history.assign(
        value=history["value"].where(
            history["business_date"] < "2023-09-04", history["value"] * 1.3
        )
    )
    rows = followed(jumped)
    ratio = (np.expm1(rows["dynamic"]) / rows["value"]).median()
    assert ratio == pytest.approx(1.3, rel=0.06)


def test_one_strange_day_is_no_new_level():
    history = station()
    strange = history["business_date"] == ORIGIN
    halved = history.assign(value=history["value"].where(~strange, history["value"] * 0.5))
    ratio = np.expm1(followed(halved)["dynamic"]) / np.expm1(followed(history)["dynamic"])
    assert ratio.min() > 0.85


def test_a_weekend_is_less_sure_than_a_working_day():
    rows = followed(station())
    weekend = rows["business_date"].dt.dayofweek >= SATURDAY
    assert rows[weekend]["dynamic_spread"].min() > rows[~weekend]["dynamic_spread"].max()


def test_before_two_weeks_are_known_it_says_nothing():
    early = table(station(), [pd.Timestamp("2023-01-14")])
    assert early["dynamic"].isna().all()
    assert table(station(), [pd.Timestamp("2023-01-15")])["dynamic"].notna().all()


def test_a_slot_that_is_rarely_reported_does_not_stop_the_day():
    history = station()
    late = history[(history["hour"] == 23) & (history["business_date"].dt.day <= 5)]
    history = pd.concat([history, late.assign(hour=24, value=50.0)], ignore_index=True)
    rows = table(history, [pd.Timestamp("2023-09-06")], hours=(*HOURS, 24), series=SERIES)
    assert rows[rows["hour"] == 24]["dynamic"].between(np.log(20), np.log(120)).all()
    assert rows["dynamic"].notna().all()
