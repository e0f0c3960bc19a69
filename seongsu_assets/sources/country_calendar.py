"""The calendar of a country as a table: what kind of day each date is, and who says so.
No forecasting, no files, no network; the lunar festivals of Korea have a calendar of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.days_off import SATURDAY, Day, DaysOff, calendar_of

#: The public holidays that are unlike the others, which are all of one kind.
KINDS = {(1, 1): "new_year", (5, 1): "labour_day", (12, 25): "christmas"}
PLAIN = "holiday"


def no_break(day: date) -> tuple[str, str]:
    """Where nothing is known of school holidays."""
    del day
    return "", ""


@dataclass(frozen=True)
class CountryCalendar:
    """`country` is a code of two letters. `breaks` gives a day's school holiday and who says so."""

    country: str
    language: str | None = None
    breaks: Callable[[date], tuple[str, str]] = no_break

    def __call__(self, window: Window) -> pd.DataFrame:
        """One row a day of `window`: business_date, day_type (weekday, saturday, sunday, holiday or
        adjacent), kind, off, name and provenance (library for public holidays, rule for everything
        else, or what `breaks` says). SourceError for a country that the library does not know."""
        import holidays

        years = range(window.first.year - 1, window.last.year + 2)
        try:
            listed = holidays.country_holidays(self.country, years=years, language=self.language)
        except NotImplementedError as error:
            raise SourceError(
                f"nobody here knows the holidays of {self.country!r}",
                remedy="name a country by its code of two letters, such as US, DE or JP",
            ) from error
        known = DaysOff[str](dict(listed.items()))
        return calendar_of(window, lambda day: self._day(day, known))

    def _day(self, day: date, known: DaysOff[str]) -> Day:
        if name := known.holidays.get(day):
            return Day("holiday", KINDS.get((day.month, day.day), PLAIN), True, name, "library")
        if known.off(day):
            weekend = "saturday" if day.weekday() == SATURDAY else "sunday"
            return Day(weekend, _weekend_kind(day, known), True, "", "rule")
        if kind := _working_kind(day, known):
            return Day("adjacent", kind, False, "", "rule")
        # A day of school holidays is a weekday like others, only calmer: it is beside no day off.
        name, provenance = self.breaks(day)
        kind = "school_break" if name else "ordinary"
        return Day("weekday", kind, False, name, provenance or "rule")


def _weekend_kind(day: date, known: DaysOff[str]) -> str:
    if kind := _christmas(day):
        return kind
    return "long_weekend" if known.is_long(known.run(day)) else "ordinary"


def _working_kind(day: date, known: DaysOff[str]) -> str:
    """Empty for a working day that is beside no day off but a weekend."""
    if kind := _christmas(day):
        return kind
    if known.bridges(day):
        return "bridge"
    if known.before_holiday(day):
        return "eve"
    return "day_after" if known.after_holiday(day) else ""


def _christmas(day: date) -> str:
    """The week from Christmas Eve to New Year's Eve, in which many are away."""
    if day.month != 12 or day.day < 24:  # noqa: PLR2004 - 24 December
        return ""
    return {24: "christmas_eve", 31: "year_end"}.get(day.day, "christmas_week")
