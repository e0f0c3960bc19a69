"""The Korean calendar as a table: what kind of day each date is, and who says so.
No forecasting, no files, no network; which days are holidays `holiday_list` knows."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.sources.holiday_list import Holiday, holiday_list

ONE_DAY = timedelta(days=1)
FESTIVALS = {"설날": "seollal", "추석": "chuseok"}
#: Beyond this many days from the festival a day of the run is like any other day of it.
FAR_FROM_FESTIVAL = 4
NO_HOLIDAY = Holiday("", "", "rule")


@dataclass(frozen=True)
class Day:
    """One date's entry. `off` days have no commuting crowd."""

    day_type: str
    kind: str
    off: bool
    name: str
    provenance: str


def korean_calendar(window: Window, official: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a day of `window`: business_date, day_type (weekday, saturday, sunday, holiday,
    festival or adjacent), kind, off, name and provenance (override, official, library or rule).

    `official`: the newest readings of KASI, where there are any."""
    holidays = holiday_list(range(window.first.year - 1, window.last.year + 2), official)
    days = window.days()
    frame = pd.DataFrame([_day(day, holidays) for day in days])
    frame.insert(0, "business_date", pd.to_datetime(pd.Series(days)).astype("datetime64[ns]"))
    return frame


def _day(day: date, holidays: dict[date, Holiday]) -> Day:
    holiday = holidays.get(day, NO_HOLIDAY)
    name, provenance = holiday.name, holiday.provenance
    if _off(day, holidays):
        run = _run(day, holidays)
        if festival := _festival(day, run, holidays):
            return Day("festival", festival, True, name, provenance)
        if holiday.kind:
            return Day("holiday", holiday.kind, True, name, provenance)
        weekend = "saturday" if day.weekday() == 5 else "sunday"  # noqa: PLR2004 - ISO weekday
        return Day(weekend, _weekend_kind(day, run, holidays), True, name, provenance)
    kind = _working_kind(day, holidays)
    return Day("weekday" if kind == "ordinary" else "adjacent", kind, False, name, provenance)


def _off(day: date, holidays: dict[date, Holiday]) -> bool:
    return day.weekday() >= 5 or day in holidays  # noqa: PLR2004 - Saturday is 5


def _run(day: date, holidays: dict[date, Holiday]) -> list[date]:
    """The unbroken run of off days around `day`; empty when `day` is a working day."""
    if not _off(day, holidays):
        return []
    first = last = day
    while _off(first - ONE_DAY, holidays):
        first -= ONE_DAY
    while _off(last + ONE_DAY, holidays):
        last += ONE_DAY
    return Window(first, last).days()


def _festival(day: date, run: list[date], holidays: dict[date, Holiday]) -> str | None:
    """`seollal`, `chuseok+1`, ...: the festival of the run and the distance from its day."""
    for feast in run:
        festival = FESTIVALS.get(holidays.get(feast, NO_HOLIDAY).name)
        if festival:
            far = max(-FAR_FROM_FESTIVAL, min(FAR_FROM_FESTIVAL, (day - feast).days))
            return f"{festival}{far:+d}" if far else festival
    return None


def _weekend_kind(day: date, run: list[date], holidays: dict[date, Holiday]) -> str:
    if (day.month, day.day) == (12, 24):
        return "christmas_eve"
    if len(run) > 2 or _extended(run, holidays):  # noqa: PLR2004 - longer than a weekend
        return "long_weekend"
    return "year_end" if (day.month, day.day) == (12, 31) else "ordinary"


def _extended(run: list[date], holidays: dict[date, Holiday]) -> bool:
    """Whether a bridge day ties the run to a neighbouring holiday."""
    return _bridges(run[0] - ONE_DAY, holidays) or _bridges(run[-1] + ONE_DAY, holidays)


def _bridges(day: date, holidays: dict[date, Holiday]) -> bool:
    """A single working day between two off days, as many take it off."""
    return (
        not _off(day, holidays) and _off(day - ONE_DAY, holidays) and _off(day + ONE_DAY, holidays)
    )


def _working_kind(day: date, holidays: dict[date, Holiday]) -> str:
    before, after = _run(day - ONE_DAY, holidays), _run(day + ONE_DAY, holidays)
    festival_before = bool(before and _festival(before[0], before, holidays))
    festival_after = bool(after and _festival(after[0], after, holidays))
    last_of_year = _first_working_day(day + ONE_DAY, holidays).year > day.year
    claims = {
        # Most firms close, though it was no public holiday before 2026.
        "labour_day": (day.month, day.day) == (5, 1),
        "festival_eve": festival_after,
        "festival_bridge": festival_before and bool(after),
        "festival_after": festival_before,
        "christmas_eve": (day.month, day.day) == (12, 24),
        "year_end": last_of_year,
        "bridge": _bridges(day, holidays),
        "eve": _has_holiday_on_working_day(after),
        "day_after": _has_holiday_on_working_day(before),
    }
    return next((kind for kind, true in claims.items() if true), "ordinary")


def _has_holiday_on_working_day(run: list[date]) -> bool:
    return any(day.weekday() < 5 for day in run)  # noqa: PLR2004 - Saturday is 5


def _first_working_day(day: date, holidays: dict[date, Holiday]) -> date:
    while _off(day, holidays):
        day += ONE_DAY
    return day
