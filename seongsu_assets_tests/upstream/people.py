"""Seongsu's people of a day, hour by hour, as the sample's day with trains after midnight.
No revisions, no other stations and no services here."""

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.domain import Window
from seongsu_assets.sources.calendar import korean_calendar
from seongsu_assets.sources.sample_day import Kind, counts

#: Boarding above alighting, 24 hours in the order of HOURS; NaN where there is no such hour.
Hours = NDArray[np.float64]

#: The clock hours of an operating day, in their order: those after midnight come last.
HOURS = (*range(4, 24), 0, 1, 2, 3)
#: On working days trains run past midnight: people by direction, and their shares by hour.
_LATE_PEOPLE, _LATE_SHARES = (144, 232), (0.78, 0.18, 0.03, 0.01)


def seongsu(day: date, seed: int) -> Hours:
    """The same for the same day and seed."""
    kind = _kinds(day.year)[day]
    told = hours(counts(day, kind, seed))
    if kind.day_type in ("weekday", "adjacent"):
        chance = np.random.default_rng([seed, day.toordinal(), 24])
        people = chance.poisson(_LATE_PEOPLE)
        told[:, 20:] = [chance.multinomial(each, _LATE_SHARES) for each in people]
    return told


def slots(hours: NDArray[np.float64]) -> dict[int, int]:
    """The 24 hours of one direction as the slots of the platform: both ends of the day are open."""
    parts = {4: hours[:2], **{HOURS[i]: hours[i : i + 1] for i in range(2, 20)}, 24: hours[20:]}
    return {slot: int(np.nansum(part)) for slot, part in parts.items() if not np.isnan(part).all()}


def hours(people: NDArray[np.int64]) -> Hours:
    """The 19 slots of a day up to midnight as clock hours: few of those before six come before
    five."""
    told = np.full((2, len(HOURS)), np.nan)
    told[:, 0] = people[:, 0] // 25
    told[:, 1] = people[:, 0] - told[:, 0]
    told[:, 2:20] = people[:, 1:]
    return told


@cache
def _kinds(year: int) -> dict[date, Kind]:
    """What the calendar says about each day of the year."""
    window = Window(date(year, 1, 1), date(year, 12, 31))
    calendar = korean_calendar(window)
    pairs = zip(window.days(), calendar["day_type"], calendar["kind"], strict=True)
    return {day: Kind(str(day_type), str(kind)) for day, day_type, kind in pairs}
