"""What the numbers of a file are like: their days, hours and bounds, and whether they only wander.
The file is read already; nothing is declared here."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from seongsu_assets.domain import Slot, Window
from seongsu_assets.errors import Unclear

#: An hour that is there on this share of the days is one that a whole day has.
WHOLE = 0.99
#: More series than this, or one that is there on fewer days than this share, come and go.
MOST_NAMED, STEADY = 12, 0.9
#: Of an open panel a whole day has at least this share of the series of its thinnest days.
THIN = 0.5
#: No more days than this share may be missing: a rhythm with holes is another one.
MOST_MISSING = 0.1
#: Forecasts are never below zero: values seldom are.
MOST_NEGATIVE = 0.01
#: No value is believed that is this many times the largest.
ROOM = 5


@dataclass(frozen=True)
class Nature:
    """What was measured of accepted rows. `series` is empty where they come and go; then a day has
    the `fewest` at least."""

    window: Window
    missing: int
    #: Rows that whole days would have had, beside those missing.
    holes: int
    series: tuple[str, ...]
    fewest: int
    slots: tuple[Slot, ...]
    whole: bool
    lowest: float
    highest: float

    @property
    def reach(self) -> float:
        """A bound that leaves room beyond the largest value, as a round number."""
        wide = max(self.highest, 1e-9) * ROOM
        digit = 10.0 ** math.floor(math.log10(wide))
        return math.ceil(wide / digit) * digit


def measure(rows: pd.DataFrame, timezone: str, *, hourly: bool) -> Nature:
    """Of OBSERVATION_COLUMNS. Unclear where days are missing by a rule, and for values that are
    often below zero."""
    days = rows["business_date"].dt.normalize()
    window = Window(days.min().date(), days.max().date())
    missing = len(window.days()) - days.nunique()
    if missing > MOST_MISSING * len(window.days()):
        raise Unclear(
            f"{missing:,} of the {len(window.days()):,} days from {window.first} to {window.last} "
            "are missing",
            remedy="every day is forecast: give a file that has weekends too, or of a shorter time",
        )
    below = float((rows["value"] < 0).mean())
    if below > MOST_NEGATIVE:
        raise Unclear(
            f"{below:.0%} of the values are below zero, and no forecast ever is",
            remedy="forecast another column, or one that is counted from a lower zero",
        )
    series, fewest = _series(rows, len(window.days()) - missing)
    slots = _hours(rows, window, timezone) if hourly else _day(rows)
    needed = {slot.hour for slot in slots if not slot.optional}
    there = int(rows["hour"].isin(needed).sum())
    holes = days.nunique() * len(needed) * len(series) - there if series else 0
    return Nature(
        window, missing, holes, series, fewest, slots,
        bool((rows["value"] % 1 == 0).all()),
        float(rows["value"].min()), float(rows["value"].max()),
    )  # fmt: skip


def _series(rows: pd.DataFrame, days: int) -> tuple[tuple[str, ...], int]:
    there = rows.groupby("series")["business_date"].nunique()
    if len(there) <= MOST_NAMED and (there >= STEADY * days).all():
        return tuple(sorted(map(str, there.index))), 0
    at_once = rows.groupby("business_date")["series"].nunique()
    return (), max(int(at_once.quantile(0.05) * THIN), 1)


def _day(rows: pd.DataFrame) -> tuple[Slot, ...]:
    hours = rows["hour"].unique()
    if len(hours) > 1:
        raise Unclear(
            f"days begin at {' and '.join(str(hour) for hour in sorted(hours)[:2])} o'clock",
            remedy="name the zone in which they begin at midnight: --timezone Europe/Berlin",
        )
    return (Slot(int(hours[0]), hours=24),)


def _hours(rows: pd.DataFrame, window: Window, timezone: str) -> tuple[Slot, ...]:
    """Every hour that was ever seen; those that are often missing, or that clocks leap over, are
    optional."""
    days = rows["business_date"].nunique()
    there = rows.groupby("hour")["business_date"].nunique() / days
    leapt = _leapt(window, timezone)
    steady = {hour for hour in there.index if there[hour] >= WHOLE and hour not in leapt}
    steady = steady or {there.idxmax()}
    return tuple(Slot(int(hour), optional=hour not in steady) for hour in sorted(there.index))


def _leapt(window: Window, timezone: str) -> set[int]:
    """The hours that some day of a year does not have."""
    zone, found = ZoneInfo(timezone), set[int]()
    for day in Window(window.last - timedelta(days=366), window.last).days():
        for hour in range(24):
            wall = datetime.combine(day, time(hour), tzinfo=zone)
            if wall.timestamp() > wall.replace(fold=1).timestamp():
                found.add(hour)  # no clock shows it: what follows the leap comes before it
    return found


def last_whole(rows: pd.DataFrame, slots: tuple[Slot, ...]) -> date:
    """The newest day that has every hour it must have."""
    needed = {slot.hour for slot in slots if not slot.optional}
    hours = rows.groupby("business_date")["hour"].agg(set)
    whole = hours[hours.map(needed.issubset)]
    return pd.Timestamp(np.max(whole.index)).date()
