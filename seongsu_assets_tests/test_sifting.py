"""One counter's fault leaves the day of the others standing; one hour a year is not there."""

from datetime import date

import pandas as pd

from seongsu_assets.assets.issuing import placed
from seongsu_assets.domain import Parsed
from seongsu_assets.domains.paris_bikes import PARIS_BIKES
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.sifting import sift


def told(**values: float) -> Parsed:
    rows = [
        (series, pd.Timestamp("2024-05-14"), 8, value, f"a.csv row {number}")
        for number, (series, value) in enumerate(values.items(), start=2)
    ]
    columns = ["series", "business_date", "hour", "value", "place"]
    return Parsed(pd.DataFrame(rows, columns=columns))


def test_a_row_that_breaks_a_claim_leaves_with_its_place_and_reason() -> None:
    nothing = told().rows
    found = sift(PARIS_BIKES, told(a=120.0, b=8190.0, c=-1.0), nothing, None)
    assert found.rows["series"].tolist() == ["a"]
    assert {reject.place: reject.claim for reject in found.rejects} == {
        "a.csv row 3": "counts_are_in_reach",
        "a.csv row 4": "counts_are_not_negative",
    }
    assert all(reject.business_date == date(2024, 5, 14) for reject in found.rejects)


def test_where_nothing_is_wrong_nothing_is_changed() -> None:
    given = told(a=120.0, b=80.0)
    assert sift(PARIS_BIKES, given, told().rows, None) is given


def test_the_hour_that_clocks_leave_out_is_not_forecast() -> None:
    days = [pd.Timestamp("2024-03-31"), pd.Timestamp("2024-04-01")]
    slots = [(day, hour) for day in days for hour in (1, 2, 3)]
    rows = placed(Recipe.of(PARIS_BIKES), pd.DataFrame(slots, columns=["business_date", "hour"]))
    assert rows["hour"].tolist() == [1, 3, 1, 2, 3]
    assert rows["at"].iloc[1] == "2024-03-31T03:00:00+02:00"
