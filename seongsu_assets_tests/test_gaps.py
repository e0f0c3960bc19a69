"""Gaps: missing and partial days as ranges.
No fetching here."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.forecasting.gaps import gaps

JUNE = Window(date(2024, 6, 1), date(2024, 6, 10))


def counts(**days: int) -> pd.Series:
    return pd.Series({date(2024, 6, int(day[1:])): rows for day, rows in days.items()})


def test_missing_and_partial_days_join_into_ranges():
    known = counts(d1=38, d2=38, d3=20, d5=38, d6=38, d7=38, d8=38, d9=38)
    assert gaps(known, 38, JUNE) == [
        Window(date(2024, 6, 3), date(2024, 6, 4)),
        Window(date(2024, 6, 10), date(2024, 6, 10)),
    ]


def test_a_complete_window_has_no_gap_and_an_empty_one_is_a_single_gap():
    complete = pd.Series(38, index=pd.date_range(JUNE.first, JUNE.last))
    assert gaps(complete, 38, JUNE) == []
    assert gaps(pd.Series(dtype=float), 38, JUNE) == [JUNE]


def test_days_outside_the_window_are_not_asked_for():
    assert gaps(counts(d1=0), 1, Window(date(2024, 6, 2), date(2024, 6, 2))) == [
        Window(date(2024, 6, 2), date(2024, 6, 2))
    ]
