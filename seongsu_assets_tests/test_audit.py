"""Doctored days are refused with the row and the reason, and honest days are not.
How a file is read, and how claims are examined, is not asked here."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domains.seongsu_expectations import EXPECTATIONS
from seongsu_assets.expectations import FAILURE_COLUMNS, Audit, audit
from seongsu_assets.sources.files import Files
from seongsu_assets.sources.folder import read_payload
from seongsu_assets_tests.audited import DAY, DOMAIN, alone, at, weeks, whole
from seongsu_assets_tests.official import NOW, SEONGSU, shared_data


def judge(rows: pd.DataFrame, arrival: Callable[..., tuple[pd.DataFrame, pd.DataFrame]]) -> Audit:
    return audit(*arrival(rows), DOMAIN)


def reasons(found: Audit, claim: str) -> pd.DataFrame:
    assert found.refused_days() == {DAY.date()}
    return found.failures[found.failures["claim"] == claim]


arrivals = pytest.mark.parametrize("arrival", [alone, whole])


@arrivals
def test_honest_days_pass_every_claim(arrival: Callable):
    found = judge(weeks(), arrival)
    assert found.failures.empty
    assert list(found.failures.columns) == list(FAILURE_COLUMNS)
    assert found.refused_days() == set()
    assert {each.expectation.claim for each in found.results} == {
        e.claim for e in EXPECTATIONS if e.frame in {"rows", "days"}
    }
    assert all(each.success is True and each.examined > 0 for each in found.results)


@arrivals
def test_an_hour_missing_is_named(arrival: Callable):
    rows = weeks()
    (failure,) = reasons(
        judge(rows[~at(rows, "boarding", 18)], arrival), "hours_are_complete"
    ).itertuples()
    assert "2024-03-19" in failure.reason
    assert "boarding at 18" in failure.reason
    assert failure.place == "sample-2024-03-19.csv row 3 and sample-2024-03-19.csv row 4"


@arrivals
def test_a_negative_count_is_named(arrival: Callable):
    rows = weeks()
    rows.loc[at(rows, "alighting", 12), "value"] = -7
    (failure,) = reasons(judge(rows, arrival), "counts_are_not_negative").itertuples()
    assert (failure.series, failure.hour, failure.observed) == ("alighting", 12, -7)
    assert failure.place == "sample-2024-03-19.csv row 4"


@arrivals
@pytest.mark.parametrize("times", [100, 10])
def test_a_count_with_a_slipped_decimal_point_is_named(arrival: Callable, times: int):
    rows = weeks()
    rows.loc[at(rows, "boarding", 12), "value"] *= times
    found = judge(rows, arrival)
    (failure,) = reasons(found, "ordinary_hours_are_near_their_usual").itertuples()
    assert failure.observed == pytest.approx(times, rel=0.25)
    assert (failure.series, failure.hour) == ("boarding", 12)
    assert "boarding at 12" in failure.reason


@arrivals
def test_a_day_of_zeros_is_unknown_not_empty(arrival: Callable):
    rows = weeks()
    rows.loc[rows["business_date"] == DAY, "value"] = 0
    found = judge(rows, arrival)
    assert len(reasons(found, "no_hour_is_zero_while_trains_run")) == 1
    assert len(reasons(found, "day_total_is_plausible")) == 1


@arrivals
def test_a_single_zero_while_trains_run_is_named(arrival: Callable):
    rows = weeks()
    rows.loc[at(rows, "boarding", 4), "value"] = 0
    (failure,) = reasons(judge(rows, arrival), "no_hour_is_zero_while_trains_run").itertuples()
    assert "boarding at 4" in failure.reason


@arrivals
def test_exchanged_directions_are_noticed(arrival: Callable):
    rows = weeks()
    day = rows["business_date"] == DAY
    rows.loc[day, "series"] = rows.loc[day, "series"].map(
        {"boarding": "alighting", "alighting": "boarding"}
    )
    (failure,) = reasons(judge(rows, arrival), "directions_are_not_swapped").itertuples()
    assert failure.observed > 0


@arrivals
def test_a_copy_of_yesterday_is_noticed_and_the_original_stays(arrival: Callable):
    rows = weeks()
    before = rows["business_date"] == DAY - timedelta(days=1)
    rows.loc[rows["business_date"] == DAY, "value"] = rows.loc[before, "value"].to_numpy()
    (failure,) = reasons(judge(rows, arrival), "day_is_not_a_copy").itertuples()
    assert "2024-03-18" in failure.reason


@arrivals
def test_a_residential_stations_values_are_not_seongsus(arrival: Callable):
    """People leave in the morning and come home in the evening."""
    rows = weeks()
    hour = rows["hour"].to_numpy()
    leave = 600 + 3_000 * np.exp(-((hour - 7.5) ** 2) / 2)
    come = 600 + 2_000 * np.exp(-((hour - 19) ** 2) / 4)
    values = np.where(rows["series"] == "boarding", leave, come).round()
    day = rows["business_date"] == DAY
    rows.loc[day, "value"] = values[day]
    assert len(reasons(judge(rows, arrival), "day_has_its_own_profile")) == 1


@arrivals
def test_a_row_twice_is_noticed(arrival: Callable):
    rows = weeks()
    rows = pd.concat([rows, rows[at(rows, "boarding", 9)]])
    assert len(reasons(judge(rows, arrival), "rows_are_unique")) == 2


def test_growth_of_forty_percent_is_no_error():
    rows = weeks()
    rows["value"] = (rows["value"] * 1.4).round()
    assert audit(*alone(rows), DOMAIN).refused_days() == set()


def test_a_holiday_that_the_calendar_does_not_know_is_no_error():
    rows = weeks()
    sunday = rows["business_date"] == pd.Timestamp("2024-03-10")
    generator = np.random.default_rng(0)
    values = generator.poisson(rows.loc[sunday, "value"] * 1.1).astype(float)
    rows.loc[rows["business_date"] == DAY, "value"] = values
    assert audit(*alone(rows), DOMAIN).failures.empty


def test_a_first_day_without_any_reference_is_judged_on_its_own():
    rows = weeks()
    first = rows[rows["business_date"] == DAY]
    assert audit(first, rows.iloc[:0], DOMAIN).failures.empty
    torn = first[first["hour"] != 8]
    assert audit(torn, rows.iloc[:0], DOMAIN).refused_days() == {DAY.date()}


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    folder = shared_data()
    if folder is None:
        pytest.skip("the folder ../shared/data is absent")
    files = Files(folder, SEONGSU)
    paths = sorted((folder / "seoul" / "hourly").glob("*_seongsu.csv"))
    return pd.concat([files.parse(read_payload(path, NOW)).rows for path in paths])


def test_no_real_day_is_refused_in_one_import(real: pd.DataFrame):
    found = audit(real, real.iloc[:0], DOMAIN)
    assert real["business_date"].nunique() == 609
    assert found.failures.empty


def test_no_real_day_is_refused_month_by_month(real: pd.DataFrame):
    month = real["business_date"].dt.to_period("M")
    for each in month.unique()[1:]:
        first = each.start_time
        before = real["business_date"].between(
            first - timedelta(days=70), first - timedelta(days=1)
        )
        assert audit(real[month == each], real[before], DOMAIN).failures.empty


def test_other_real_stations_are_mostly_noticed(real: pd.DataFrame):
    """Each of many stations stands in for one weekday; neighbours of the same kind may pass."""
    folder = shared_data()
    assert folder is not None
    table = pd.read_csv(
        folder / "seoul" / "hourly" / "OA-12921_2023_all_stations.csv.gz", encoding="cp949"
    )
    table = table[table["수송일자"] == "2023-06-14"]
    caught = list[bool]()
    for code in table["역번호"].unique()[::11]:
        station = table[table["역번호"] == code].sort_values("승하차구분")
        if code == SEONGSU.code or len(station) != 2:
            continue
        rows = real[real["business_date"] == "2023-06-14"].sort_values(
            ["series", "hour"], ascending=[False, True]
        )
        rows = rows.assign(value=station.iloc[:, 6:25].to_numpy(dtype=float).ravel())
        around = real["business_date"].between("2023-04-01", "2023-06-13")
        caught.append(bool(audit(rows, real[around], DOMAIN).refused_days()))
    assert len(caught) > 15
    assert np.mean(caught) > 0.85
