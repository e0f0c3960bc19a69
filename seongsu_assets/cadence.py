"""Time as a domain cuts it: slots, days or weeks, and windows of them.
No clock, no calendar of any country, and nothing of what happens in a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Slot:
    """One row's place in the day: `hours` hours from `hour`. An open slot has no sharp edge;
    an optional one may be unknown."""

    hour: int
    hours: int = 1
    open: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Window:
    """Business dates from `first` to `last`, both included."""

    first: date
    last: date

    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


def ranges(days: Collection[date], step: int = 1) -> list[Window]:
    """The days, or the periods of `step` days, as contiguous windows, oldest first."""
    found: list[Window] = []
    for day in sorted(days):
        if found and found[-1].last + timedelta(days=step) == day:
            found[-1] = Window(found[-1].first, day)
        else:
            found.append(Window(day, day))
    return found


@dataclass(frozen=True)
class Cadence:
    """How time is cut: a partition is a period of `step` days of `timezone`, named by the first of
    them; a row is one slot of it. Periods begin a whole number of steps after `start`."""

    timezone: str
    start: date
    slots: tuple[Slot, ...]
    step: Literal[1, 7] = 1

    @property
    def period(self) -> str:
        """What a period is called."""
        return "day" if self.step == 1 else "week"

    def begins(self, day: date) -> date:
        """The period that the day is in."""
        return day - timedelta(days=(day - self.start).days % self.step)

    def ends(self, period: date) -> date:
        """The last day of the period."""
        return period + timedelta(days=self.step - 1)

    def later(self, period: date, many: int) -> date:
        """The period so many after it; before it where `many` is below zero."""
        return period + timedelta(days=many * self.step)

    def before(self, day: date) -> date:
        """The newest period whose days are all before this one."""
        return self.later(self.begins(day), -1)

    def newest(self, now: datetime) -> date:
        """The newest period whose last slot is over; a day may end after its midnight."""
        last = self.before(now.astimezone(ZoneInfo(self.timezone)).date())
        end = max(slot.hour + slot.hours for slot in self.slots)
        return last if self.at(last, end) <= now else self.later(last, -1)

    def up_to(self, last: date, many: int) -> Window:
        """So many periods, `last` the newest of them; none is before the first there is."""
        return Window(max(self.later(last, 1 - many), self.start), last)

    def periods(self, window: Window) -> list[date]:
        """Those that begin in the window."""
        return [day for day in window.days() if self.begins(day) == day]

    def at(self, business_date: date, hour: int) -> datetime:
        """The instant at which the slot starts; hour 24 and later fall on the next calendar day."""
        zone = ZoneInfo(self.timezone)
        midnight = datetime.combine(business_date, time(), tzinfo=zone)
        return midnight + timedelta(hours=hour)

    @property
    def required_hours(self) -> tuple[int, ...]:
        return tuple(slot.hour for slot in self.slots if not slot.optional)
