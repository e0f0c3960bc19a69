"""The backtest: rolling origins on the same rows for everybody, and how accurate we are.
The contenders are tested in `test_contenders`; the two oldest of them here."""

import json

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import backtest, baselines, scores
from seongsu_assets_tests.ridership import (
    HOURS,
    PLAN,
    SERIES,
    calendar,
    days,
    real_station,
    station,
)

ORIGINS = days("2023-09-03", "2023-10-15", 14)


def run(observations: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    options: dict[str, object] = {
        "plan": PLAN, "origins": ORIGINS, "lag_days": 1, "hours": HOURS, "series": SERIES,
        "total": "total",
    }  # fmt: skip
    return backtest.backtest(observations, calendar(), **(options | wanted))


@pytest.fixture(scope="module")
def rows():
    return run(station())


def test_every_contender_is_scored_on_the_same_complete_rows(rows):
    needed = ["truth", "q10", "q50", "q90", "seasonal_naive", "seasonal_mean", "scale"]
    assert rows[needed].notna().all(axis=None)
    assert not rows.duplicated(["origin", "series", "business_date", "hour"]).any()
    assert len(rows) == len(ORIGINS) * PLAN.horizon * len(HOURS) * (len(SERIES) + 1)


def test_nothing_after_an_origin_changes_its_forecast(rows):
    revised = station()
    late = revised["business_date"] > ORIGINS[1]
    revised.loc[late, "value"] *= 3
    forecast = ["q10", "q50", "q90", "seasonal_naive", "seasonal_mean", "scale", "level"]
    early = rows["origin"] <= ORIGINS[1]
    again = run(revised)
    pd.testing.assert_frame_equal(
        rows.loc[early, forecast], again.loc[early, forecast], check_exact=True
    )


def test_a_longer_lag_withholds_the_newest_days():
    revised = station()
    revised.loc[revised["business_date"].isin([ORIGINS[0], ORIGINS[0] - pd.Timedelta(days=1)]),
                "value"] *= 3  # fmt: skip
    first = {"origins": ORIGINS[:1], "lag_days": 3}
    same = ["q50", "seasonal_naive", "seasonal_mean"]
    pd.testing.assert_frame_equal(run(revised, **first)[same], run(station(), **first)[same])


def test_days_without_truth_are_not_scored(rows):
    hole = pd.Timestamp("2023-09-06")
    holed = station()
    holed = holed[holed["business_date"] != hole]
    scored = run(holed)
    assert hole in set(rows["business_date"])
    assert hole not in set(scored["business_date"])


def test_the_report_has_every_model_by_horizon_day_type_and_series(rows):
    report = backtest.report(rows)
    assert report["rows"] == (rows["series"] == "total").sum()
    assert set(report["by_horizon"]) == {str(n) for n in range(1, 8)}
    assert {"weekday", "saturday", "sunday"} <= set(report["by_day_type"])
    assert set(report["by_series"]) == set(SERIES)
    for part in (report, *report["by_horizon"].values(), *report["by_day_type"].values()):
        assert {"wape", "mae", "rmse", "mase", "coverage80", "pinball"} <= set(part["ours"])
        assert {"level_exact", "level_within_one", "top_recall"} <= set(part["ours"])
        assert set(part["seasonal_naive"]) >= {"level_exact", "level_within_one", "top_precision"}
        assert part["ratio_vs_seasonal_naive"] == pytest.approx(
            part["ours"]["mae"] / part["seasonal_naive"]["mae"]
        )


def test_the_report_tells_hours_and_bands_apart_and_loses_no_row(rows):
    report = backtest.report(rows)
    assert set(report["by_hour"]) == {str(hour) for hour in HOURS}
    assert set(report["by_band"]) == {
        "morning_peak", "midday", "evening_peak", "night",
    }  # fmt: skip
    for group in ("by_hour", "by_band", "by_day_type", "by_horizon"):
        assert sum(part["rows"] for part in report[group].values()) == report["rows"]
        assert all(0 <= part["ours"]["coverage80"] <= 1 for part in report[group].values())


def test_the_report_says_how_sure_each_difference_is_and_is_plain_json(rows):
    report = backtest.report(rows)
    naive = report["significance"]["seasonal_naive"]
    assert naive["low"] < naive["difference"] < naive["high"]
    assert 0 < naive["p"] == report["p_vs_seasonal_naive"] < 1
    alone = backtest.report(rows[rows["origin"] == ORIGINS[0]])
    assert alone["p_vs_seasonal_naive"] is None
    for told in (report, alone):
        assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_levels_of_naive_are_those_of_its_own_values(rows):
    better = rows.assign(level_naive=rows["level_truth"])
    figures = backtest.report(better)
    assert figures["seasonal_naive"]["level_exact"] == figures["seasonal_naive"]["top_recall"] == 1
    assert figures["ours"] == backtest.report(rows)["ours"]


def test_it_beats_both_contenders_on_the_invented_station(rows):
    report = backtest.report(rows)
    assert report["ratio_vs_seasonal_naive"] < 0.8
    assert report["ratio_vs_seasonal_mean"] < 1.0


def test_whole_days_are_forecast_like_hours():
    whole = station().groupby(["series", "business_date"], as_index=False)["value"].sum()
    plan = Plan(horizon=14, train_days=240)
    scored = run(whole.assign(hour=-1), plan=plan, hours=[-1], origins=ORIGINS[:2], lag_days=3)
    assert set(scored["horizon"]) == set(range(1, 15))
    assert backtest.report(scored)["ratio_vs_seasonal_naive"] < 1


def test_an_origin_without_a_past_is_refused():
    with pytest.raises(NotEnoughHistory):
        run(station(), origins=days("2023-02-20", "2023-02-20"))


def test_seasonal_naive_goes_back_a_week_further_where_the_lag_or_a_hole_demands_it():
    known = baselines.with_total(station(), SERIES, "total")
    origin = pd.Timestamp("2023-06-18")
    asked = pd.DataFrame({
        "origin": origin, "series": "total", "hour": 8,
        "business_date": [origin + pd.Timedelta(days=n) for n in (1, 7)],
    })  # fmt: skip
    at = known[(known["series"] == "total") & (known["hour"] == 8)].set_index("business_date")
    value = at["value"]

    def naive(observations: pd.DataFrame, lag: int) -> list[float]:
        return baselines.seasonal_naive(observations, asked, lag_days=lag).tolist()

    assert naive(known, 1) == [value["2023-06-12"], value["2023-06-18"]]
    assert naive(known, 3) == [value["2023-06-12"], value["2023-06-11"]]
    holed = known[known["business_date"] != "2023-06-12"]
    assert naive(holed, 1) == [value["2023-06-05"], value["2023-06-18"]]


def test_seasonal_mean_is_of_the_last_four_days_of_the_type():
    known = baselines.with_total(station(), SERIES, "total")
    asked = pd.DataFrame({
        "origin": pd.Timestamp("2023-06-18"), "series": "total", "hour": 8,
        "business_date": pd.to_datetime(["2023-06-19", "2023-06-24"]),
    })  # fmt: skip
    answer = baselines.seasonal_mean(known, calendar(), asked, lag_days=1)
    value = known[(known["series"] == "total") & (known["hour"] == 8)].set_index("business_date")
    # 2023-05-29 was a holiday
    mondays = value.loc[["2023-06-12", "2023-06-05", "2023-05-22", "2023-05-15"], "value"]
    saturdays = value.loc[["2023-06-17", "2023-06-10", "2023-06-03"], "value"]
    fourth = value.loc["2023-05-20", "value"]  # 2023-05-27 was a holiday
    assert answer[0] == pytest.approx(mondays.mean())
    assert answer[1] == pytest.approx((saturdays.sum() + fourth) / 4)


def test_a_perfect_forecast_scores_perfectly():
    truth = pd.DataFrame({"truth": [1.0, 2.0], "q10": [1.0, 2.0], "q50": [1.0, 2.0],
                          "q90": [1.0, 2.0], "scale": [1.0, 1.0]})  # fmt: skip
    assert scores.wape(truth, "q50") == scores.rmse(truth, "q50") == scores.mase(truth, "q50") == 0
    assert scores.pinball(truth, (0.1, 0.5, 0.9)) == 0
    assert scores.coverage(truth) == 1


def test_on_real_months_the_error_is_far_below_seasonal_naive():
    observations = real_station()
    hours = sorted(int(hour) for hour in observations["hour"].unique())
    weeks = days("2024-03-01", "2024-08-24", 7)
    scored = run(observations, plan=Plan(), hours=hours, origins=weeks, retrain_every=13)
    report = backtest.report(scored)
    assert report["ratio_vs_seasonal_naive"] < 0.60
    assert 0.70 < report["ours"]["coverage80"] < 0.92
    assert np.isfinite(report["ours"]["mase"])
