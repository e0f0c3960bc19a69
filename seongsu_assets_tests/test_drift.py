"""Drift: what is measured of each kind of change, against which season.
No training here; scored rows are invented. What is decided on it stands in `test_retraining`."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.forecasting import baselines, psi, season
from seongsu_assets.forecasting.drift import Measured, measure
from seongsu_assets.forecasting.retraining import TRAIN, Standing, decide
from seongsu_assets.forecasting.thresholds import Drift, Retraining
from seongsu_assets_tests.ridership import SERIES, calendar, real_station

ORIGIN = pd.Timestamp("2024-06-30")
HOURS = np.arange(6, 24)
LIMITS = Drift()
EVERY_DAY = [day.date() for day in pd.date_range(end=ORIGIN, periods=600)]
Change = Callable[[pd.DataFrame], pd.DataFrame]


def observed(
    *, recent: float = 1.0, turned: bool = False, days: int = 500, year: float = 1.2
) -> pd.DataFrame:
    """Totals up to ORIGIN with a summer and yearly growth; the last 14 days may be scaled, or their
    hours turned around."""
    dates = pd.date_range(end=ORIGIN, periods=days)
    rows = pd.MultiIndex.from_product([dates, HOURS], names=["business_date", "hour"])
    frame = rows.to_frame(index=False)
    late = frame["business_date"] > ORIGIN - pd.Timedelta(days=14)
    hour = frame["hour"].where(~(late & turned), HOURS[0] + HOURS[-1] - frame["hour"])
    age = (ORIGIN - frame["business_date"]).dt.days
    summer = 1 + 0.5 * np.sin(2 * np.pi * (age % 364) / 364)
    growth = np.where(age < 300, year, 1.0)
    frame["value"] = 100.0 * hour * summer * growth * np.where(late, recent, 1.0)
    return frame


def scored(error: float = 0.05, *, days: int = 14, within: float = 0.8) -> pd.DataFrame:
    """Forecasts that miss by `error`; the given share of truths lies inside the interval."""
    dates = pd.date_range(end=ORIGIN, periods=days)
    rows = pd.MultiIndex.from_product([dates, HOURS], names=["business_date", "hour"])
    frame = rows.to_frame(index=False)
    frame["origin"] = frame["business_date"] - pd.Timedelta(days=1)
    frame["truth"] = 1000.0
    frame["q50"] = 1000.0 * (1 + error)
    inside = np.arange(len(frame)) % 10 < 10 * within
    frame["q10"] = np.where(inside, 0.0, 1100.0)
    frame["q90"] = 5000.0
    return frame


PROMISED = scored(days=90)


def measured(
    live: pd.DataFrame | None = None,
    counts: pd.DataFrame | None = None,
    promised: pd.DataFrame = PROMISED,
    ordinary: list[date] = EVERY_DAY,
) -> Measured:
    return measure(
        scored() if live is None else live,
        promised,
        observed() if counts is None else counts,
        ordinary,
        ORIGIN,
        LIMITS,
    )


def test_a_steady_world_is_as_the_year_before_grown() -> None:
    answer = measured()
    assert answer.unknown == ""
    assert answer.inputs["error"] == 1.0
    assert answer.inputs["season"] == "a year before"
    assert answer.inputs["shift"] == pytest.approx(0, abs=0.01)
    assert answer.inputs["psi_shape"] < 0.001


def test_a_season_that_comes_every_year_is_no_drift_but_is_against_the_weeks_before() -> None:
    young = measured(counts=observed(days=300))
    assert young.inputs["season"] == "the weeks before"
    assert young.inputs["shift"] < -0.1
    assert abs(measured().inputs["shift"]) < 0.01


def test_error_and_coverage_are_those_of_the_newest_days() -> None:
    old = scored(0.5, days=60, within=0.1)
    before = old["business_date"] <= ORIGIN - pd.Timedelta(days=14)
    answer = measured(live=pd.concat([old[before], scored(0.1, within=0.5)]))
    assert answer.inputs["error"] == pytest.approx(2.0)
    assert answer.inputs["coverage80"] == pytest.approx(0.5, abs=0.01)


def test_a_moved_level_and_a_moved_shape_are_told_apart() -> None:
    jumped = measured(counts=observed(recent=1.25)).inputs
    assert jumped["shift"] == pytest.approx(np.log(1.25), abs=0.01)
    assert jumped["psi_level"] > LIMITS.psi_level
    assert jumped["psi_shape"] < 0.001
    assert measured(counts=observed(turned=True)).inputs["psi_shape"] > LIMITS.psi_shape


def test_days_that_are_not_ordinary_count_for_nothing() -> None:
    holidays = pd.date_range(end=ORIGIN, periods=4)
    live, counts = scored(), observed()
    live.loc[live["business_date"].isin(holidays), "q50"] = 9e9
    counts.loc[counts["business_date"].isin(holidays), "value"] *= 0.2
    plain = [day for day in EVERY_DAY if pd.Timestamp(day) not in holidays]
    calm = measured(live, counts, ordinary=plain).inputs
    assert calm["days"] == calm["observed_days"] == 10
    assert calm["error"] == pytest.approx(1.0)
    assert calm["shift"] == pytest.approx(0, abs=0.05)


def test_missing_data_gives_its_reason_and_no_number() -> None:
    late = scored().assign(business_date=ORIGIN - pd.Timedelta(days=30))
    for live, promised, counts in (
        (scored(days=3), PROMISED, observed()),
        (late, PROMISED, observed()),
        (scored(), PROMISED.iloc[:0], observed()),
    ):
        answer = measured(live, counts, promised)
        assert answer.unknown
        assert "error" not in answer.inputs
    young = measured(counts=observed(days=14))
    assert young.unknown
    assert not {"shift", "season", "psi_level", "psi_shape"} & set(young.inputs)


def test_the_index_is_zero_for_equals_and_grows_with_the_difference() -> None:
    shares = pd.Series([1.0, 2.0, 3.0])
    assert psi.of_shares(shares, shares * 7) == pytest.approx(0)
    assert psi.of_shares(pd.Series([0.6, 0.4]), pd.Series([0.5, 0.5])) == pytest.approx(
        0.1 * np.log(1.2) - 0.1 * np.log(0.8)
    )
    numbers = pd.Series(np.arange(100.0))
    near, far = (psi.of_samples(numbers + step, numbers) for step in (10, 1000))
    assert 0 < near < far


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    """The real station's hourly total."""
    whole = baselines.with_total(real_station(), SERIES, "total")
    return whole[whole["series"] == "total"]


def of_the_world(counts: pd.DataFrame, origin: pd.Timestamp) -> str:
    """The verdict of level and shape alone, on a champion that rests long enough."""
    columns = ["origin", "business_date", "truth", "q10", "q50", "q90"]
    nothing = pd.DataFrame(columns=columns).astype(
        {"origin": "datetime64[ns]", "business_date": "datetime64[ns]"}
    )
    known = counts[counts["business_date"] <= origin]
    answer = measure(nothing, nothing, known, season.ordinary(calendar()), origin, LIMITS)
    return decide(answer, Standing(20, 20), LIMITS, Retraining()).verdict


def jumped(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(value=rows["value"] * 1.25)


def sunk(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(value=rows["value"] * 0.75)


def later(rows: pd.DataFrame) -> pd.DataFrame:
    """Everything comes an hour later."""
    return rows[rows["hour"] < 23].assign(hour=rows["hour"] + 1)


def test_no_ordinary_week_of_the_real_station_counts_as_a_moved_world(real: pd.DataFrame) -> None:
    weeks = pd.date_range("2024-01-15", "2024-08-26", freq="7D")
    moved = [str(day.date()) for day in weeks if of_the_world(real, day) in TRAIN]
    assert moved == []


@pytest.mark.parametrize("change", [jumped, sunk, later])
def test_a_moved_world_is_seen_within_fourteen_days(real: pd.DataFrame, change: Change) -> None:
    for start in pd.to_datetime(["2024-03-17", "2024-05-26", "2024-07-07"]):
        late = real["business_date"] > start
        counts = pd.concat([real[~late], change(real[late])], ignore_index=True)
        fortnight = pd.date_range(start, periods=14) + pd.Timedelta(days=1)
        assert {of_the_world(counts, day) for day in fortnight} & set(TRAIN), start
