"""The calendar of Paris: what kind of day each date is, and who says so.
No forecasting here."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.french_calendar import french_calendar
from seongsu_assets.sources.school_breaks import DECREED, TOLD, _ruled, school_break


def day(text: str) -> dict[str, object]:
    when = date.fromisoformat(text)
    return french_calendar(Window(when, when)).iloc[0].to_dict()


@pytest.mark.parametrize(
    ("when", "day_type", "kind", "provenance"),
    [
        ("2024-06-12", "weekday", "ordinary", "rule"),
        ("2024-06-15", "saturday", "ordinary", "rule"),
        ("2024-06-16", "sunday", "ordinary", "rule"),
        ("2024-01-01", "holiday", "new_year", "library"),
        ("2024-04-01", "holiday", "holiday", "library"),  # Easter Monday
        ("2024-05-01", "holiday", "labour_day", "library"),
        ("2024-12-25", "holiday", "christmas", "library"),
        ("2024-07-14", "holiday", "holiday", "library"),  # a Sunday
        ("2023-05-19", "adjacent", "bridge", "rule"),  # the Friday after Ascension
        ("2023-05-20", "saturday", "long_weekend", "rule"),
        ("2023-05-29", "holiday", "holiday", "library"),  # Whit Monday
        ("2023-05-27", "saturday", "long_weekend", "rule"),
        ("2023-08-14", "adjacent", "bridge", "rule"),  # the Monday before Assumption
        ("2024-04-30", "adjacent", "eve", "rule"),
        ("2024-05-02", "adjacent", "day_after", "rule"),
        ("2024-12-24", "adjacent", "christmas_eve", "rule"),
        ("2024-12-26", "adjacent", "christmas_week", "rule"),
        ("2024-12-28", "saturday", "christmas_week", "rule"),
        ("2024-12-31", "adjacent", "year_end", "rule"),
        ("2023-12-24", "sunday", "christmas_eve", "rule"),
        ("2024-02-13", "weekday", "school_break", "official"),
        ("2024-02-17", "saturday", "ordinary", "rule"),
        ("2024-08-07", "weekday", "school_break", "official"),
        ("2030-08-07", "weekday", "school_break", "rule"),
        ("2030-02-13", "weekday", "ordinary", "rule"),
    ],
)
def test_each_date_has_its_kind(when: str, day_type: str, kind: str, provenance: str):
    entry = day(when)
    told = (entry["day_type"], entry["kind"], entry["provenance"])
    assert told == (day_type, kind, provenance)
    assert entry["off"] == (day_type in {"saturday", "sunday", "holiday"})


def test_names_are_those_of_holidays_and_of_school_holidays():
    assert day("2024-11-01")["name"] == "Toussaint"
    assert day("2024-10-29")["name"] == "Vacances de la Toussaint"
    assert day("2024-10-31")["name"] == ""  # it is the eve of a holiday before all else


def test_the_columns_are_those_of_the_korean_calendar():
    window = Window(date(2024, 1, 1), date(2024, 3, 1))
    french, korean = french_calendar(window), korean_calendar(window)
    assert list(french.columns) == list(korean.columns)
    assert list(french.dtypes) == list(korean.dtypes)


def test_ten_years_have_every_day_once_and_only_known_words():
    table = french_calendar(Window(date(2020, 1, 1), date(2029, 12, 31)))
    assert table["business_date"].diff().dropna().dt.days.eq(1).all()
    assert set(table["day_type"]) == {"weekday", "saturday", "sunday", "holiday", "adjacent"}
    assert set(table["provenance"]) == {"library", "official", "rule"}
    holidays = table[table["day_type"] == "holiday"].groupby(table["business_date"].dt.year).size()
    assert set(holidays) <= {10, 11}  # Ascension falls on another holiday now and then
    assert table.loc[~table["off"], "business_date"].dt.dayofweek.max() == 4


def test_a_day_is_the_same_in_a_short_window_and_in_a_long_one():
    long = french_calendar(Window(date(2024, 1, 1), date(2024, 12, 31))).set_index("business_date")
    for when in ("2024-01-01", "2024-05-10", "2024-10-21", "2024-12-31"):
        assert long.loc[when].to_dict() == {
            name: value for name, value in day(when).items() if name != "business_date"
        }


def test_decreed_breaks_follow_each_other_and_begin_again_on_a_school_day():
    for before, after in pairwise(DECREED):
        assert before.first < before.back < after.first
    assert all(each.back.weekday() < 5 for each in DECREED)
    assert all(each.back <= TOLD.last for each in DECREED)
    winters = [(each.back - each.first).days for each in DECREED if "hiver" in each.name]
    assert winters == [16] * 6


def test_by_rule_the_breaks_are_what_the_decrees_have_in_common_but_for_days():
    decreed = {(each.name, each.first.year): each for each in DECREED}
    for year in range(2022, 2027):
        for ruled in _ruled(year):
            told = decreed[ruled.name, year]
            assert abs((told.first - ruled.first).days) <= 1
            assert abs((told.back - ruled.back).days) <= 3


def test_the_last_decreed_day_and_the_first_ruled_one_meet():
    assert school_break(TOLD.last) == ("", "")
    assert school_break(date(2027, 7, 3)) == ("Vacances d'été", "rule")


def test_holidays_and_school_holidays_are_those_that_counts_of_2023_were_published_with(
    shared_data: Path,
):
    """Of days that are off anyway, or bridges, the two may think differently."""
    file = shared_data / "paris_bikes" / "paris_counters_hourly_2023.parquet"
    flags = ["vacances_scolaire", "jour_feriee"]
    theirs = pd.read_parquet(file, columns=["date", *flags]).groupby("date").max() > 0
    ours = french_calendar(Window(date(2023, 1, 1), date(2023, 12, 31))).set_index("business_date")
    assert (ours["day_type"].eq("holiday") == theirs["jour_feriee"]).all()
    weekdays = ours["day_type"].eq("weekday")
    breaks = ours.loc[weekdays, "kind"].eq("school_break")
    assert breaks.sum() > 50
    assert (breaks == theirs.loc[weekdays, "vacances_scolaire"]).all()
