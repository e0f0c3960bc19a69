"""Which days are off: the library, KASI's official list and the reviewed overrides.
What the days around them are is tested in test_calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from seongsu_assets.domain import READING_COLUMNS, Window
from seongsu_assets.sources import holiday_list
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.holiday_list import Holiday, differences

KST = ZoneInfo("Asia/Seoul")
#: Days off by law or by the Cabinet's word that no fixed date gives: elections, temporary holidays,
#: substitutes, and what became a holiday in 2026. Versions of `holidays` before 0.108 miss some.
OFFICIAL = """
2022-03-09 2022-06-01 2022-09-12 2022-10-10
2023-01-24 2023-05-29 2023-10-02
2024-02-12 2024-04-10 2024-05-06 2024-10-01
2025-01-27 2025-03-03 2025-05-06 2025-06-03 2025-10-08
2026-03-02 2026-05-01 2026-05-25 2026-06-03 2026-07-17 2026-08-17 2026-10-05
2027-02-09 2027-07-17 2027-08-16 2027-10-04 2027-10-11 2027-12-27
""".split()  # noqa: SIM905 - a table by year is easier to compare


def day(text: str, official: pd.DataFrame | None = None) -> dict[str, object]:
    when = date.fromisoformat(text)
    return korean_calendar(Window(when, when), official).iloc[0].to_dict()


def told(*days: tuple[str, str], issued: str = "2026-03-02", off: bool = True) -> pd.DataFrame:
    """KASI's readings of these days and names."""
    at = [datetime.fromisoformat(when).replace(tzinfo=KST) for when, _ in days]
    said = [{"holiday": off, "name": name} for _, name in days]
    rows = {
        "key": [name for _, name in days],
        "issued_at": [datetime.fromisoformat(issued).replace(tzinfo=KST)] * len(days),
        "at": at,
        "attributes": said,
    }
    return pd.DataFrame(rows, columns=list(READING_COLUMNS))


def all_of(year: int, *without: str, **more: str) -> pd.DataFrame:
    """KASI's whole year as the library has it, in KASI's words, `without` days and with `more`."""
    listed = holiday_list.holiday_list(range(year, year + 1))
    names = {str(day): entry.name.split(" ")[0] for day, entry in listed.items()}
    kept = {day: name for day, name in names.items() if day not in without}
    return told(*(kept | {key.replace("_", "-")[1:]: name for key, name in more.items()}).items())


@pytest.mark.parametrize("when", OFFICIAL)
def test_the_installed_list_knows_every_official_day(when):
    """Where this fails, `holidays` is too old for the days it is asked about: update it."""
    asked = date.fromisoformat(when)
    assert asked in holiday_list._library(range(asked.year, asked.year + 1))


def test_the_list_has_as_many_days_off_as_the_law():
    listed = holiday_list.holiday_list(range(2022, 2028))
    years = [entry.year for entry in listed]
    assert [years.count(year) for year in range(2022, 2028)] == [19, 18, 19, 19, 22, 24]


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("2022-03-09", "election"),
        ("2022-06-01", "election"),
        ("2024-04-10", "election"),
        ("2025-06-03", "election"),
        ("2026-06-03", "election"),
        ("2024-10-01", "temporary"),
        ("2023-05-29", "substitute"),
        ("2026-08-17", "substitute"),
        ("2026-05-01", "labour_day"),
        ("2026-07-17", "holiday"),
        ("2026-12-25", "christmas"),
        ("2025-05-01", "labour_day"),
        ("2023-06-05", "bridge"),
        ("2023-08-14", "bridge"),
        ("2024-08-16", "bridge"),
        ("2024-10-04", "bridge"),
        ("2025-10-10", "festival_bridge"),
    ],
)
def test_days_that_ridership_tells_apart_have_kinds_of_their_own(when, kind):
    assert day(when)["kind"] == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("임시공휴일", "temporary"),
        ("제22대 대통령선거", "election"),
        ("국회의원선거", "election"),
        ("대체공휴일(개천절)", "substitute"),
        ("제헌절", "holiday"),
    ],
)
def test_what_the_official_list_adds_is_a_holiday_of_the_kind_its_name_says(name, kind):
    added = day("2026-11-11", told(("2026-11-11", name)))
    assert (added["off"], added["day_type"], added["kind"]) == (True, "holiday", kind)
    assert (added["name"], added["provenance"]) == (name, "official")


def test_a_holiday_announced_weeks_before_changes_the_days_around_it():
    plain, announced = day("2026-10-02"), told(("2026-10-02", "임시공휴일"))
    assert plain["kind"] != "temporary"
    assert day("2026-10-02", announced)["kind"] == "temporary"
    assert day("2026-10-01", announced)["kind"] == "eve"
    assert day("2026-10-03", announced)["kind"] == day("2026-10-03")["kind"] == "holiday"


def test_a_day_in_both_lists_keeps_the_entry_that_tells_the_days_of_a_festival_apart():
    seollal = told(("2026-02-16", "설날"), ("2026-02-17", "설날"), ("2026-02-18", "설날"))
    window = Window(date(2026, 2, 14), date(2026, 2, 20))
    assert korean_calendar(window, seollal).equals(korean_calendar(window))


def test_a_name_of_the_official_list_tells_a_kind_that_the_library_does_not_know():
    once = day("2026-07-17", told(("2026-07-17", "임시공휴일")))
    assert (once["kind"], once["provenance"]) == ("temporary", "official")


def test_an_override_wins_over_the_official_list():
    reviewed = day("2024-10-01", told(("2024-10-01", "국군의 날")))
    assert (reviewed["kind"], reviewed["provenance"]) == ("temporary", "override")


def test_a_day_that_the_official_list_calls_no_holiday_is_not_added():
    assert not day("2026-11-11", told(("2026-11-11", "기념일"), off=False))["off"]


def test_a_holiday_that_the_official_list_lacks_stays_and_is_reported():
    without = all_of(2026, "2026-07-17")
    assert day("2026-07-17", without)["off"]
    (row,) = differences(without).to_dict("records")
    assert (row["business_date"], row["name"]) == (pd.Timestamp("2026-07-17"), "제헌절")
    assert (row["library"], row["official"]) == (True, False)
    assert "stays" in row["note"]


def test_a_holiday_that_only_the_official_list_has_is_reported():
    (row,) = differences(all_of(2026, _2026_11_11="임시공휴일")).to_dict("records")
    assert (row["library"], row["official"], row["name"]) == (False, True, "임시공휴일")
    assert "KASI adds it" in row["note"]


def test_years_that_the_official_list_was_not_asked_about_differ_in_nothing():
    assert differences(all_of(2026)).empty
    assert differences(pd.concat([all_of(2024), all_of(2026)])).empty


@pytest.mark.parametrize("nothing", [None, told()])
def test_without_an_official_list_the_library_stands_alone(nothing):
    assert day("2026-06-03", nothing)["provenance"] == "library"
    assert list(differences(nothing).columns) == [
        "business_date", "name", "library", "official", "note",
    ]  # fmt: skip
    assert differences(nothing).empty


def test_what_a_newer_answer_about_the_year_does_not_have_was_withdrawn():
    older = told(("2026-11-11", "임시공휴일"), ("2027-11-11", "임시공휴일"), issued="2026-03-01")
    both = pd.concat([older, told(("2026-10-03", "개천절"))])
    assert not day("2026-11-11", both)["off"]
    assert day("2027-11-11", both)["off"]  # of that year nothing newer was said


def test_two_official_names_of_a_day_are_both_told():
    both = told(("2026-11-11", "임시공휴일"), ("2026-11-11", "국회의원선거"))
    assert day("2026-11-11", both)["name"] == "임시공휴일; 국회의원선거"


def test_every_override_names_its_kind():
    known = {*holiday_list.KINDS_BY_WORD.values(), holiday_list.PLAIN}
    assert {kind for kind, _ in holiday_list.OVERRIDES.values()} <= known
    chosen = holiday_list.holiday_list(range(2024, 2025))[date(2024, 10, 1)]
    assert chosen == Holiday("temporary", "국군의 날 임시공휴일", "override")


def test_an_official_day_reaches_over_the_turn_of_the_year():
    eve = told(("2027-01-04", "임시공휴일"))
    table = korean_calendar(Window(date(2026, 12, 28), date(2026, 12, 31)), eve)
    assert len(table) == 4
    sunday = date(2027, 1, 4) - timedelta(1)
    assert day(str(sunday), eve)["kind"] == "long_weekend"
