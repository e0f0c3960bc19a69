"""The total of a panel whose series come and go."""

import pandas as pd
import pytest

from seongsu_assets.forecasting import sums
from seongsu_assets.forecasting.baselines import with_total

SIZES = {"a": 90.0, "b": 9.0, "c": 1.0}
DAYS = pd.date_range("2023-03-01", periods=30)


def rows(**silent: tuple[int, int]) -> pd.DataFrame:
    """Each series has its size every day, but on the days (places) of which it is silent."""
    told = [
        (name, day, 8, size)
        for name, size in SIZES.items()
        for place, day in enumerate(DAYS)
        if not (name in silent and silent[name][0] <= place < silent[name][1])
    ]
    return pd.DataFrame(told, columns=["series", "business_date", "hour", "value"])


def total(table: pd.DataFrame) -> dict[int, float]:
    found = sums.total(table, "total")
    return dict(zip((found.business_date - DAYS[0]).dt.days, found.value, strict=True))


def test_where_all_are_counted_it_is_their_sum() -> None:
    assert total(rows()) == dict.fromkeys(range(30), 100.0)


def test_a_silent_one_that_hardly_counts_is_made_up_for_by_the_others() -> None:
    found = total(rows(c=(10, 12)))
    assert found[10] == pytest.approx(100.0)  # 99 of the 100 that are usual were counted
    assert len(found) == 30


def test_a_silent_one_that_counts_leaves_the_total_unknown_not_small() -> None:
    assert sorted(set(range(30)) - set(total(rows(b=(10, 12))))) == [10, 11]


def test_one_that_was_taken_away_is_missed_for_two_weeks_and_then_no_more() -> None:
    found = total(rows(b=(10, 30)))
    assert sorted(set(range(30)) - set(found)) == list(range(10, 10 + sums.PERIODS - 1))
    assert found[29] == pytest.approx(91.0)


def test_one_that_comes_new_belongs_to_it_from_its_first_day() -> None:
    found = total(rows(b=(0, 10)))
    assert (found[9], found[10]) == (pytest.approx(91.0), pytest.approx(100.0))


def test_an_open_panel_has_its_rows_and_their_total() -> None:
    table = rows()
    both = with_total(table, (), "total")
    assert len(both) == len(table) + 30
    assert both[both.series == "total"].value.unique().tolist() == [100.0]


def test_a_series_that_is_the_total_is_not_summed_with_itself() -> None:
    table = rows().query("series == 'a'")
    assert len(with_total(table, ("a",), "a")) == len(table)
