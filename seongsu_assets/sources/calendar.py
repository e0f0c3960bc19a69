"""The Korean calendar as a table: what kind of day each date is, and who says so.
No forecasting, no files, no network; which days are holidays `holiday_list` knows."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.sources.days_off import ONE_DAY, Day, DaysOff, calendar_of
from seongsu_assets.sources.holiday_list import Holiday, holiday_list

FESTIVALS = {"설날": "seollal", "추석": "chuseok"}
#: Beyond this many days from the festival a day of the run is like any other day of it.
FAR_FROM_FESTIVAL = 4
NO_HOLIDAY = Holiday("", "", "rule")


def korean_calendar(window: Window, official: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a day of `window`: business_date, day_type (weekday, saturday, sunday, holiday,
    festival or adjacent), kind, off, name and provenance (override, official, library or rule).

    `official`: the newest readings of KASI, where there are any."""
    years = range(window.first.year - 1, window.last.year + 2)
    known = DaysOff(holiday_list(years, official))
    return calendar_of(window, lambda day: _day(day, known))


def _day(day: date, known: DaysOff[Holiday]) -> Day:
    holiday = known.holidays.get(day, NO_HOLIDAY)
    name, provenance = holiday.name, holiday.provenance
    if known.off(day):
        run = known.run(day)
        if festival := _festival(day, run, known):
            return Day("festival", festival, True, name, provenance)
        if holiday.kind:
            return Day("holiday", holiday.kind, True, name, provenance)
        weekend = "saturday" if day.weekday() == 5 else "sunday"  # noqa: PLR2004 - ISO weekday
        return Day(weekend, _weekend_kind(day, run, known), True, name, provenance)
    kind = _working_kind(day, known)
    return Day("weekday" if kind == "ordinary" else "adjacent", kind, False, name, provenance)


def _festival(day: date, run: list[date], known: DaysOff[Holiday]) -> str | None:
    """`seollal`, `chuseok+1`, ...: the festival of the run and the distance from its day."""
    for feast in run:
        festival = FESTIVALS.get(known.holidays.get(feast, NO_HOLIDAY).name)
        if festival:
            far = max(-FAR_FROM_FESTIVAL, min(FAR_FROM_FESTIVAL, (day - feast).days))
            return f"{festival}{far:+d}" if far else festival
    return None


def _weekend_kind(day: date, run: list[date], known: DaysOff[Holiday]) -> str:
    if (day.month, day.day) == (12, 24):
        return "christmas_eve"
    if known.is_long(run):
        return "long_weekend"
    return "year_end" if (day.month, day.day) == (12, 31) else "ordinary"


def _working_kind(day: date, known: DaysOff[Holiday]) -> str:
    before, after = known.run(day - ONE_DAY), known.run(day + ONE_DAY)
    festival_before = bool(before and _festival(before[0], before, known))
    festival_after = bool(after and _festival(after[0], after, known))
    claims = {
        # Most firms close, though it was no public holiday before 2026.
        "labour_day": (day.month, day.day) == (5, 1),
        "festival_eve": festival_after,
        "festival_bridge": festival_before and bool(after),
        "festival_after": festival_before,
        "christmas_eve": (day.month, day.day) == (12, 24),
        "year_end": known.is_last_of_year(day),
        "bridge": known.bridges(day),
        "eve": known.before_holiday(day),
        "day_after": known.after_holiday(day),
    }
    return next((kind for kind, true in claims.items() if true), "ordinary")
