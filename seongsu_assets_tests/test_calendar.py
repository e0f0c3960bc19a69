"""The Korean calendar: what kind of day each date is.
No forecasting here."""

import time
from datetime import date

import pytest

from seongsu_assets.domain import Window
from seongsu_assets.sources.calendar import korean_calendar


def day(text: str) -> dict[str, object]:
    when = date.fromisoformat(text)
    return korean_calendar(Window(when, when)).iloc[0].to_dict()


@pytest.mark.parametrize(
    ("when", "day_type", "kind"),
    [
        ("2024-06-12", "weekday", "ordinary"),
        ("2024-06-15", "saturday", "ordinary"),
        ("2024-06-16", "sunday", "ordinary"),
        ("2024-06-06", "holiday", "holiday"),
        ("2024-06-05", "adjacent", "eve"),
        ("2024-06-07", "adjacent", "bridge"),
        ("2024-06-08", "saturday", "long_weekend"),
        ("2024-05-16", "adjacent", "day_after"),
        ("2024-05-06", "holiday", "substitute"),
        ("2024-04-10", "holiday", "election"),
        ("2024-12-25", "holiday", "christmas"),
        ("2024-12-24", "adjacent", "christmas_eve"),
        ("2023-12-24", "sunday", "christmas_eve"),
        ("2024-12-31", "adjacent", "year_end"),
        ("2023-12-29", "adjacent", "year_end"),
        ("2025-01-01", "holiday", "new_year"),
        ("2025-01-28", "festival", "seollal-1"),
        ("2025-01-29", "festival", "seollal"),
        ("2025-01-25", "festival", "seollal-4"),
        ("2025-01-24", "adjacent", "festival_eve"),
        ("2025-01-31", "adjacent", "festival_bridge"),
        ("2024-09-14", "festival", "chuseok-3"),
        ("2024-09-19", "adjacent", "festival_after"),
    ],
)
def test_each_date_has_its_kind(when, day_type, kind):
    entry = day(when)
    assert (entry["day_type"], entry["kind"]) == (day_type, kind)


def test_labour_day_is_a_working_day_by_law_until_it_became_a_holiday():
    before, since = day("2024-05-01"), day("2026-05-01")
    assert (before["kind"], before["day_type"], before["off"]) == ("labour_day", "adjacent", False)
    assert (since["kind"], since["day_type"], since["off"]) == ("labour_day", "holiday", True)


def test_a_holiday_announced_for_one_year_is_temporary():
    listed, reviewed = day("2025-01-27"), day("2024-10-01")
    assert (listed["kind"], listed["provenance"]) == ("seollal-2", "library")
    assert (reviewed["kind"], reviewed["provenance"]) == ("temporary", "override")


def test_every_day_of_a_run_around_a_festival_is_off_and_named_by_its_distance():
    run = korean_calendar(Window(date(2023, 9, 28), date(2023, 10, 3)))
    assert run["off"].all()
    assert list(run["kind"]) == [
        "chuseok-1", "chuseok", "chuseok+1", "chuseok+2", "chuseok+3", "chuseok+4",
    ]  # fmt: skip


def test_ten_years_have_every_day_once_and_are_built_quickly():
    began = time.process_time()
    table = korean_calendar(Window(date(2018, 1, 1), date(2027, 12, 31)))
    assert time.process_time() - began < 5
    assert table["business_date"].diff().dropna().dt.days.eq(1).all()
    assert str(table["business_date"].dtype) == "datetime64[ns]"
    assert set(table["provenance"]) == {"library", "rule", "override"}
    assert table.equals(korean_calendar(Window(date(2018, 1, 1), date(2027, 12, 31))))


def test_a_day_is_the_same_in_a_short_window_and_in_a_long_one():
    long = korean_calendar(Window(date(2024, 1, 1), date(2024, 12, 31))).set_index("business_date")
    for when in ("2024-01-01", "2024-02-08", "2024-09-18", "2024-12-31"):
        assert long.loc[when].to_dict() == {
            name: value for name, value in day(when).items() if name != "business_date"
        }
