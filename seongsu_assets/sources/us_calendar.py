"""The calendar of American shops as a table: what people buy for on each day, and who says so.
No forecasting, no files, no network; by rules, for any year."""

from datetime import date, timedelta

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.sources.days_off import ONE_DAY, SATURDAY, Day, DaysOff, calendar_of

SUNDAY, MONDAY, THURSDAY = 6, 0, 3
#: People buy for a holiday in the week up to it.
WEEK = 7
#: From here on it is played a week later, as the season has a game more.
LONGER_SEASON = 2022


def us_calendar(window: Window) -> pd.DataFrame:
    """One row a day of `window`: business_date, day_type (weekday, saturday, sunday, holiday, or
    adjacent for a weekday of which something is bought for), kind, off (of federal holidays, on
    which most shops are open), name and provenance (library for federal holidays, else rule)."""
    import holidays

    years = range(window.first.year - 1, window.last.year + 2)
    listed = holidays.country_holidays("US", years=years)
    known = DaysOff[str](dict(listed.items()))
    kinds = {day: kind for year in years for day, kind in _bought_for(year).items()}
    return calendar_of(window, lambda day: _day(day, known, kinds))


def _day(day: date, known: DaysOff[str], kinds: dict[date, str]) -> Day:
    kind = kinds.get(day, "ordinary")
    if name := known.holidays.get(day):
        return Day("holiday", kind, True, name, "library")
    if known.off(day):
        return Day("saturday" if day.weekday() == SATURDAY else "sunday", kind, True, "", "rule")
    return Day("weekday" if kind == "ordinary" else "adjacent", kind, False, "", "rule")


def _bought_for(year: int) -> dict[date, str]:
    """The days of a year on which people buy for something, and for what. Of two things in one
    week the later named counts."""
    from dateutil.easter import easter

    thanksgiving = _nth(year, 11, THURSDAY, 4)
    weeks = {
        "halloween": date(year, 10, 31),
        "school_start": date(year, 8, 25),
        "valentine": date(year, 2, 14),
        "independence_day": date(year, 7, 4),
        "super_bowl": _nth(year, 2, SUNDAY, 2 if year >= LONGER_SEASON else 1),
        "easter": easter(year) - ONE_DAY,  # most shops are shut on the day itself
        "mothers_day": _nth(year, 5, SUNDAY, 2) - ONE_DAY,
        "memorial_day": _last_monday_of_may(year),
        "fathers_day": _nth(year, 6, SUNDAY, 3) - ONE_DAY,
        "labour_day": _nth(year, 9, MONDAY, 1),
        "thanksgiving": thanksgiving + ONE_DAY,  # Black Friday
    }
    days = {
        last - timedelta(days=back): kind for kind, last in weeks.items() for back in range(WEEK)
    }
    spans = {
        "new_year": (date(year, 1, 1), date(year, 1, 1)),
        "before_christmas": (date(year, 12, 1), date(year, 12, 14)),
        "christmas": (date(year, 12, 15), date(year, 12, 24)),
        "year_end": (date(year, 12, 25), date(year, 12, 31)),
    }
    for kind, (first, last) in spans.items():
        days |= dict.fromkeys(Window(first, last).days(), kind)
    return days


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
