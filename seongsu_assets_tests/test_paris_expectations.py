"""Counts of bikes that cannot be are refused with their place, and honest ones are not.
How claims are examined, and how counts are fetched, is not asked here."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.domains.paris_bikes_expectations import EXPECTATIONS
from seongsu_assets.expectations import check
from seongsu_assets.forecasting.plausibility import Candidates
from seongsu_assets.forecasting.silence import silent_hours, silent_runs
from seongsu_assets.sources.paris.sample import Sample

DAY = pd.Timestamp("2026-03-24")
CLAIMS = {each.claim for each in EXPECTATIONS}


@cache
def weeks() -> pd.DataFrame:
    """Three months of generated counts, without a fault."""
    source = Sample(clock=lambda: datetime(2027, 1, 1, tzinfo=UTC))
    window = Window(date(2026, 2, 1), date(2026, 4, 30))
    return pd.concat([source.parse(each).rows for each in source.fetch(window)], ignore_index=True)


def judged(rows: pd.DataFrame, known: pd.DataFrame) -> dict[str, list[str]]:
    """The places that each claim refuses; those of a day by its date."""
    given = Candidates(
        rows, known, hours=range(24), series=sorted({*rows["series"], *known["series"]})
    )
    of_rows = given.told({each.arguments["column"] for each in EXPECTATIONS})
    of_days = given.days()
    of_days["place"] = of_days["business_date"].dt.strftime("%Y-%m-%d")
    frames = {"rows": of_rows, "days": of_days}
    results = [
        (each, frame)
        for name, frame in frames.items()
        for each in check(frame, [claim for claim in EXPECTATIONS if claim.frame == name])
    ]
    return {
        each.expectation.claim: frame["place"].iloc[list(each.rows)].tolist()
        for each, frame in results
        if not each.success
    }


def alone(rows: pd.DataFrame) -> dict[str, list[str]]:
    """The doctored day as it arrives one morning, beside what was accepted before."""
    known = weeks()
    return judged(rows[rows["business_date"] == DAY], known[known["business_date"] < DAY])


def whole(rows: pd.DataFrame) -> dict[str, list[str]]:
    """All weeks as one first import, with nothing accepted before."""
    return judged(rows, rows.iloc[:0])


arrivals = pytest.mark.parametrize("arrival", [alone, whole])
Arrival = Callable[[pd.DataFrame], dict[str, list[str]]]


def at(rows: pd.DataFrame, series: str, hour: int) -> pd.Series:
    return rows["business_date"].eq(DAY) & rows["series"].eq(series) & rows["hour"].eq(hour)


@arrivals
def test_honest_weeks_pass_every_claim(arrival: Arrival):
    assert arrival(weeks()) == {}
    assert len(CLAIMS) == len(EXPECTATIONS)


@arrivals
@pytest.mark.parametrize(
    ("value", "claims"),
    [
        (8190.0, {"counts_are_in_reach", "counts_are_plausible"}),
        (2900.0, {"counts_are_plausible"}),
        (-1.0, {"counts_are_not_negative"}),
        (7.5, {"counts_are_whole"}),
    ],
)
def test_a_count_that_cannot_be_is_refused_with_its_place(
    arrival: Arrival, value: float, claims: set[str]
):
    rows = weeks().copy()
    guilty = at(rows, "sample-08", 5)
    rows.loc[guilty, "value"] = value
    assert arrival(rows) == {claim: rows.loc[guilty, "place"].tolist() for claim in claims}


@arrivals
def test_an_hour_told_twice_is_refused_both_times(arrival: Arrival):
    rows = pd.concat([weeks(), weeks()[at(weeks(), "sample-08", 5)]], ignore_index=True)
    assert {claim: len(places) for claim, places in arrival(rows).items()} == {"rows_are_unique": 2}


@arrivals
def test_an_hour_that_no_day_has_is_refused(arrival: Arrival):
    rows = weeks().copy()
    rows.loc[at(rows, "sample-08", 5), "hour"] = 24
    assert "hours_are_of_the_day" in arrival(rows)


@arrivals
def test_a_silent_day_of_one_counter_is_refused_and_the_others_stay(arrival: Arrival):
    rows = weeks().copy()
    silent = rows["series"].eq("sample-08") & rows["business_date"].eq(DAY)
    rows.loc[silent, "value"] = 0.0
    found = arrival(rows)
    assert set(found) == {"counters_are_not_silent"}
    assert set(found["counters_are_not_silent"]) >= set(rows.loc[silent, "place"])


def test_a_day_told_under_another_date_is_refused():
    rows = weeks().copy()
    earlier = rows[rows["business_date"] == DAY - pd.Timedelta(days=7)]
    rows = pd.concat([rows[rows["business_date"] != DAY], earlier.assign(business_date=DAY)])
    assert alone(rows.reset_index(drop=True)) == {"day_is_not_a_copy": ["2026-03-24"]}


@pytest.mark.parametrize("times", [0.1, 4.0])
def test_a_day_of_many_times_or_a_fraction_of_all_bikes_is_refused(times: float):
    rows = weeks().copy()
    day = rows["business_date"] == DAY
    rows.loc[day, "value"] = (rows.loc[day, "value"] * times).round()
    assert "day_total_is_plausible" in alone(rows)


@pytest.fixture(scope="module")
def counted() -> pd.DataFrame:
    """The real counts of 2023; the test is skipped where they are absent."""
    folder = Path(__file__).parents[2] / "shared" / "data" / "paris_bikes"
    if not folder.is_dir():
        pytest.skip("the folder of real files (../shared/data) is absent")
    told = pd.read_parquet(folder / "paris_counters_hourly_2023.parquet")
    return pd.DataFrame(
        {
            "series": told["counter_id"],
            "business_date": told["date"].astype("datetime64[ns]"),
            "hour": told["hour"],
            "value": told["count"].astype(float),
            "place": [f"row {number}" for number in range(len(told))],
        }
    )


def test_the_real_count_of_8190_is_refused_as_a_row_and_its_day_is_not(counted: pd.DataFrame):
    (most,) = counted[counted["value"] == counted["value"].max()].to_dict("records")
    assert most["value"] == 8190
    near = counted["business_date"].between("2023-09-01", "2023-11-30")
    found = judged(counted[near & counted["series"].str.startswith("10005")], counted.iloc[:0])
    assert most["place"] in found["counts_are_in_reach"]
    assert most["place"] in found["counts_are_plausible"]
    assert not found.keys() & {"day_total_is_plausible", "day_is_not_a_copy"}


def test_real_days_pass_but_for_devices_that_fail(counted: pd.DataFrame):
    """A spring: hardly an hour beyond the silence of devices, and no day as a whole."""
    spring = counted[counted["business_date"].between("2023-03-01", "2023-05-31")]
    found = judged(spring, counted.iloc[:0])
    assert set(found) <= {"counts_are_plausible", "counters_are_not_silent"}
    assert len(found.get("counts_are_plausible", ())) <= 3


def test_real_runs_of_zeros_of_a_day_or_more_are_all_refused(counted: pd.DataFrame):
    hours = silent_hours(counted)
    refused = silent_runs(counted)
    assert hours.max() == 2499
    assert len(refused) == 9203
    assert (refused["value"] == 0).all()
    runs = refused.assign(hours=hours[refused.index]).drop_duplicates(["series", "hours"])
    assert len(runs) == 26
    kept = counted.drop(refused.index)
    assert silent_hours(kept).max() < 24
