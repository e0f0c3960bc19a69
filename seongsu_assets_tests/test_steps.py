"""How a value goes on from the hour before.
No claim is made here: which step is too far is the domain's to say."""

import numpy as np
import pandas as pd

from seongsu_assets.forecasting.steps import steps


def rows(*values: float | None, day: str = "2026-03-01", series: str = "close") -> pd.DataFrame:
    """One value an hour from midnight; None has no row."""
    known = [(hour, value) for hour, value in enumerate(values) if value is not None]
    return pd.DataFrame(
        {
            "series": series,
            "business_date": pd.Timestamp(day),
            "hour": [hour for hour, _ in known],
            "value": [value for _, value in known],
        }
    )


NOTHING = rows().astype({"business_date": "datetime64[ns]"})


def told(found: pd.Series) -> list[float | None]:
    return [None if np.isnan(each) else round(float(each), 6) for each in found]


def test_a_step_is_as_large_up_as_down() -> None:
    found = steps(rows(100, 110, 100, 100), NOTHING)
    assert told(found["step"]) == [None, 1.1, 1.1, 1.0]


def test_a_step_over_a_gap_is_not_known() -> None:
    found = steps(rows(100, None, 300, 330), NOTHING)
    assert told(found["step"]) == [None, None, 1.1]


def test_the_hour_before_midnight_is_of_the_day_before() -> None:
    before = rows(*[None] * 23, 200.0, day="2026-02-28")
    assert told(steps(rows(100), before)["step"]) == [2.0]
    assert (
        told(steps(rows(100), before.assign(business_date=pd.Timestamp("2026-02-27")))["step"])[0]
        is None
    )


def test_what_is_told_now_counts_and_not_what_was_accepted_of_the_same_hour() -> None:
    found = steps(rows(100, 110), rows(500, 500, 121))
    assert told(found["step"]) == [None, 1.1]


def test_a_value_that_stands_still_is_counted_from_the_hour_it_moved_last() -> None:
    before = rows(*[None] * 22, 7.0, 7.0, day="2026-02-28")
    found = steps(rows(7, 7, 8, 8, None, 8), before)
    assert told(found["standing"]) == [2, 3, 0, 1, None]


def test_each_series_goes_on_by_itself_and_the_order_of_rows_stays() -> None:
    both = pd.concat([rows(10, 20, series="a"), rows(100, 100, series="b")]).iloc[[3, 0, 2, 1]]
    found = steps(both.reset_index(drop=True), NOTHING)
    assert told(found["step"]) == [1.0, None, None, 2.0]
    assert told(found["standing"]) == [1, None, None, 0]


def test_nothing_and_less_have_no_ratio() -> None:
    assert told(steps(rows(100, 0, -5, 100), NOTHING)["step"]) == [None] * 4
