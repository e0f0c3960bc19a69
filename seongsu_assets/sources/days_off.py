"""Days off, the runs that they make, and the days beside them: what every calendar asks.
No country's holidays here, and no names of kinds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

import pandas as pd

from seongsu_assets.domain import Window

ONE_DAY = timedelta(days=1)
SATURDAY = 5

Holiday = TypeVar("Holiday")


@dataclass(frozen=True)
class Day:
    """One date's entry. `off` days have no commuting crowd."""

    day_type: str
    kind: str
    off: bool
    name: str
    provenance: str


@dataclass(frozen=True)
class DaysOff(Generic[Holiday]):
    """Weekends and `holidays`, which must reach a week beyond the days that are asked about."""

    holidays: Mapping[date, Holiday]

    def off(self, day: date) -> bool:
        return day.weekday() >= SATURDAY or day in self.holidays

    def run(self, day: date) -> list[date]:
        """The unbroken run of off days around `day`; empty when `day` is a working day."""
        if not self.off(day):
            return []
        first = last = day
        while self.off(first - ONE_DAY):
            first -= ONE_DAY
        while self.off(last + ONE_DAY):
            last += ONE_DAY
        return Window(first, last).days()

    def bridges(self, day: date) -> bool:
        """A single working day between two off days, as many take it off."""
        return not self.off(day) and self.off(day - ONE_DAY) and self.off(day + ONE_DAY)

    def is_long(self, run: list[date]) -> bool:
        """Longer than a weekend, or tied by a bridge day to a neighbouring holiday."""
        longer = len(run) > 2  # noqa: PLR2004 - Saturday and Sunday
        return longer or self.bridges(run[0] - ONE_DAY) or self.bridges(run[-1] + ONE_DAY)

    def before_holiday(self, day: date) -> bool:
        """Whether the days off from tomorrow on take a working day of the week."""
        return _takes_a_working_day(self.run(day + ONE_DAY))

    def after_holiday(self, day: date) -> bool:
        return _takes_a_working_day(self.run(day - ONE_DAY))

    def is_last_of_year(self, day: date) -> bool:
        """Whether the next working day is of another year."""
        following = day + ONE_DAY
        while self.off(following):
            following += ONE_DAY
        return following.year > day.year


def calendar_of(window: Window, entry: Callable[[date], Day]) -> pd.DataFrame:
    """One row a day of `window`: business_date and the fields of `Day`."""
    days = window.days()
    frame = pd.DataFrame([entry(day) for day in days])
    frame.insert(0, "business_date", pd.to_datetime(pd.Series(days)).astype("datetime64[ns]"))
    return frame


def _takes_a_working_day(run: list[date]) -> bool:
    return any(day.weekday() < SATURDAY for day in run)
