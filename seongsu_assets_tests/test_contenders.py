"""The contenders: each forecasts from what was known at the origin, on the rows that ours has.
How they are scored and compared is in `test_backtest` and `test_significance`."""

from dataclasses import replace
from functools import cache
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.assets import report as told
from seongsu_assets.domain import Plan
from seongsu_assets.forecasting import backtest, baselines, contenders, prior
from seongsu_assets.forecasting.contenders import Known
from seongsu_assets_tests.ridership import HOURS, PLAN, SERIES, calendar, days, station

ORIGINS = days("2023-09-03", "2023-09-17", 7)
LAG = 3
WEEK = np.array([100.0, 110.0, 120.0, 130.0, 140.0, 70.0, 50.0])


def daily() -> pd.DataFrame:
    whole = station().groupby(["series", "business_date"], as_index=False)["value"].sum()
    return whole.assign(hour=-1)


def run(observations: pd.DataFrame, hours: tuple[int, ...], **wanted: Any) -> pd.DataFrame:
    options: dict[str, Any] = {
        "plan": PLAN, "origins": ORIGINS, "lag_days": LAG, "hours": hours, "series": SERIES,
        "total": "total", "which": "all", "retrain_every": 2,
    }  # fmt: skip
    return backtest.backtest(observations, calendar(), **(options | wanted))


Everybody = tuple[pd.DataFrame, tuple[int, ...], pd.DataFrame]


@cache
def everybody(kind: str) -> Everybody:
    """Observations, their hours, and the rows of all contenders on them."""
    observations, hours = (station(), HOURS) if kind == "hourly" else (daily(), (-1,))
    return observations, hours, run(observations, hours)


@pytest.fixture(params=["hourly", "daily"])
def both(request: pytest.FixtureRequest) -> Everybody:
    return everybody(request.param)


def test_nothing_newer_than_the_issue_time_changes_any_contender(both):
    observations, hours, rows = both
    newest = ORIGINS[1] - pd.Timedelta(days=LAG - 1)
    late = observations["business_date"] > newest
    revised = observations.assign(value=observations["value"].mask(late, 7.0))
    early = rows["origin"] <= ORIGINS[1]
    names = [*contenders.present(rows), "q10", "q50", "q90", "level", "level_naive"]
    again = run(revised, hours)
    pd.testing.assert_frame_equal(
        rows.loc[early, names], again.loc[again["origin"] <= ORIGINS[1], names], check_exact=True
    )
    assert not rows.loc[~early, names].equals(again.loc[~early, names])


def test_a_contender_is_handed_nothing_newer_than_the_issue_time(monkeypatch):
    told: list[tuple[Known, pd.DataFrame]] = []

    def curious(known: Known) -> contenders.Forecast:
        def forecast(now: Known, rows: pd.DataFrame) -> np.ndarray:
            told.append((now, rows))
            return np.ones(len(rows))

        told.append((known, known.asked))
        return forecast

    monkeypatch.setitem(contenders.USUAL, "curious", curious)
    run(station(), HOURS, which="usual")
    assert len(told) == 2 + len(ORIGINS)
    for known, rows in told:
        newest = known.origin - pd.Timedelta(days=LAG - 1)
        assert known.observations["business_date"].max() == newest
        assert known.features["origin"].max() == known.origin
        assert "truth" not in rows.columns


def test_everybody_speaks_of_the_same_rows_of_the_total(both):
    _, hours, rows = both
    own = rows[rows["series"] == "total"]
    names = contenders.present(rows)
    assert {"seasonal_naive", "seasonal_mean", "smoothing", "lightgbm"} <= set(names)
    assert own[names].notna().all(axis=None)
    assert len(own) == len(ORIGINS) * PLAN.horizon * len(hours)
    assert ("prior_linear" in names) == (hours == (-1,))


def test_the_earlier_systems_know_the_total_alone_and_are_judged_by_nothing_else():
    report = backtest.report(everybody("daily")[2])
    for name in contenders.WHOLE_DAYS_ONLY:
        assert report[name]["wape"] > report["ours"]["wape"]
        assert all(name not in part for part in report["by_series"].values())


def test_costly_contenders_come_when_asked():
    table = pd.DataFrame(columns=["origin", "dynamic", "log_level"])
    usual = ["seasonal_naive", "seasonal_mean", "dynamic"]
    assert list(contenders.chosen("usual", table, [-1])) == usual
    assert list(contenders.chosen("usual", table[["origin"]], HOURS)) == usual[:2]
    assert list(contenders.chosen("all", table, HOURS)) == [*usual, "smoothing", "lightgbm"]
    dynamic = [n for n in contenders.NAMES if n not in {"last_value", "seasonal_growth"}]
    assert list(contenders.chosen("all", table, [-1])) == dynamic


def test_where_a_walk_learns_the_newest_value_stands_beside_it():
    table = pd.DataFrame(columns=["origin", "standing", "swing", "steps"])
    usual = ["seasonal_naive", "seasonal_mean", "last_value"]
    assert list(contenders.chosen("usual", table, HOURS)) == usual
    assert list(contenders.chosen("all", table, HOURS)) == [*usual, "smoothing"]


def known_of(observations: pd.DataFrame, origin: str = "2023-09-03") -> Known:
    everything = baselines.with_total(observations, SERIES, "total")
    at = pd.Timestamp(origin)
    seen = everything[everything["business_date"] <= at]
    return Known(at, seen, pd.DataFrame(), calendar(), PLAN, 1, "total")


def test_the_dynamic_model_is_read_off_its_feature_and_the_total_is_the_sum_of_its_parts():
    origin = pd.Timestamp("2023-09-03")
    rows = pd.DataFrame({
        "origin": origin, "series": [*SERIES, "total"], "hour": 8, "horizon": 1,
        "business_date": origin + pd.Timedelta(days=1),
    })  # fmt: skip
    table = rows.iloc[:2].assign(dynamic=np.log1p([300.0, 200.0]))
    known = replace(known_of(station()), features=table)
    assert contenders.dynamic(known)(known, rows).tolist() == pytest.approx([300, 200, 500])
    holed = replace(known, features=table.iloc[:1])
    np.testing.assert_allclose(contenders.dynamic(known)(holed, rows), [300, np.nan, np.nan])


@pytest.mark.parametrize(("growth", "weeks"), [(1.0, 8), (1.02, 3)])
def test_the_mean_is_of_as_many_weeks_as_served_best_before(growth: float, weeks: int):
    observations = station()
    day = (observations["business_date"] - observations["business_date"].min()).dt.days
    noise = np.random.default_rng(1).normal(0, 0.1, len(observations))
    observations["value"] = 1000 * np.exp(noise) * growth**day
    known = known_of(observations)
    rows = pd.DataFrame({
        "origin": known.origin, "series": "total", "hour": 8,
        "business_date": [known.origin + pd.Timedelta(days=n) for n in range(1, 8)],
    })  # fmt: skip
    fixed = baselines.seasonal_mean(known.observations, calendar(), rows, lag_days=1, of=weeks)
    np.testing.assert_allclose(contenders.mean(known)(known, rows), fixed)


def test_smoothing_follows_the_newest_day_by_its_share():
    known = known_of(station())
    rows = pd.DataFrame({
        "origin": known.origin, "series": "total", "hour": 8,
        "business_date": [pd.Timestamp("2023-09-06")],
    })  # fmt: skip

    def smoothed(newest: float) -> float:
        table = known.observations.copy()
        wednesday = table["business_date"].eq(pd.Timestamp("2023-08-30"))
        table.loc[wednesday, "value"] = newest
        return baselines.smoothed(table, calendar(), rows, lag_days=1, alpha=0.3)[0]

    assert smoothed(2000) - smoothed(1000) == pytest.approx(300, rel=0.01)


def test_the_earlier_systems_models_see_a_week_repeat_itself():
    for fit in (prior.linear, prior.forest, prior.boosting):
        ahead = fit(np.tile(WEEK, 30)).ahead(np.tile(WEEK, 30), 9)
        np.testing.assert_allclose(ahead, [*WEEK, *WEEK[:2]], rtol=0.06)


class Week:
    """A regressor that says what its second feature does: the value seven rows before."""

    def predict(self, table: np.ndarray) -> np.ndarray:
        return table[:, 1]


def test_a_missing_day_puts_the_earlier_systems_a_weekday_off():
    whole, model = np.tile(WEEK, 4), prior.Prior(Week())
    np.testing.assert_array_equal(model.ahead(whole, 9), [*WEEK, *WEEK[:2]])
    holed = np.delete(whole, -4)  # a Thursday never came: the next row stands in its place
    np.testing.assert_array_equal(model.ahead(holed, 3), [WEEK[6], *WEEK[:2]])


def test_what_the_earlier_systems_do_not_know_is_zero_to_them():
    assert prior.Prior(Week()).ahead(WEEK[:3], 1) == [0]
    np.testing.assert_array_equal(prior.Prior(Week()).ahead(WEEK[:6], 2), [0, WEEK[0]])


def test_whoever_is_silent_on_a_row_is_not_judged_at_all(both):
    rows = both[2].copy()
    rows.loc[rows["series"].eq("total").idxmax(), "lightgbm"] = np.nan
    report = backtest.report(rows)
    assert "lightgbm" not in report
    assert "lightgbm" not in report["significance"]
    assert "ratio_vs_smoothing" in report


def test_rows_that_a_usual_contender_does_not_know_are_scored_for_nobody(monkeypatch):
    def halting(known: Known) -> contenders.Forecast:
        del known
        return lambda now, rows: np.where(rows["horizon"] == 2, np.nan, 1.0)  # noqa: ARG005

    monkeypatch.setitem(contenders.USUAL, "seasonal_mean", halting)
    rows = run(station(), HOURS, which="usual", plan=Plan(train_days=240, horizon=3))
    assert set(rows["horizon"]) == {1, 3}


def test_what_is_told_of_a_report_has_everybody_and_is_small_enough(both):
    report = backtest.report(both[2])
    shown, texts, numbers = told.metadata(report), told.texts(report), told.metrics(report)
    names = ["ours", *contenders.present(both[2])]
    for name in names:
        assert f"| {name} |" in str(shown["contenders, same rows"].value)
        assert f"| {name} |" in texts["report.md"]
        assert numbers[f"{name}.wape"] == pytest.approx(report[name]["wape"])
    table = pd.read_csv(StringIO(texts["contenders.csv"]))
    assert set(table["by"]) == {"all", "horizon", "hour", "day_type", "band", "series"}
    sunday = table[(table["by"] == "day_type") & (table["value"] == "sunday")]
    assert sunday["contender"].tolist() == names
    assert set(sunday["rows"]) == {report["by_day_type"]["sunday"]["rows"]}
    assert len(numbers) < 1000
    assert (
        numbers["by_day_type.sunday.ours.wape"] == report["by_day_type"]["sunday"]["ours"]["wape"]
    )
    assert all(np.isfinite(list(numbers.values())))
