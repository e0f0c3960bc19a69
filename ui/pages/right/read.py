"""What "Were we right?" shows: the newest scored days, errors by horizon, misses, the city's own.
No decision about what may be said of it, and no sums: see `score`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from ui import clock, places
from ui.data import Rows
from ui.state.declared import total_of
from ui.state.read import Status, day_or_none, read_status

#: Days over which errors are told: the choices of the page; the views hold ninety.
SPANS = (7, 28, 90)
#: Scored days that can be looked at hour by hour.
DAYS = 7
#: The worst misses that are shown.
MISSES = 5


@dataclass(frozen=True)
class Miss:
    """An hour that came out far from its forecast, and what is known of its day."""

    day: date
    hour: int
    low: float
    middle: float
    high: float
    observed: float
    day_type: str
    kind: str
    holiday: str


@dataclass(frozen=True)
class Right:
    """`hours`: each hour of the newest scored days, as forecast from all up to the day before.
    `daily`: sums by day and horizon. `rivals`: sums by day of what others forecast of others."""

    status: Status
    total: str
    hours: pd.DataFrame = field(repr=False)
    daily: pd.DataFrame = field(repr=False)
    misses: tuple[Miss, ...] = field(repr=False)
    rivals: pd.DataFrame = field(repr=False)
    read_at: datetime = field(compare=False)

    @property
    def days(self) -> list[date]:
        """The days of `hours`, the newest first."""
        return sorted({stamp.date() for stamp in self.hours["business_date"]}, reverse=True)


def read(rows: Rows, domain: str | None) -> Right | None:
    """The page of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    if status is None:
        return None
    total = total_of(status.domain)
    daily = _daily(rows, status, total)
    newest = day_or_none(daily["business_date"].max())
    return Right(
        status=status,
        total=total,
        hours=_hours(rows, status, total, newest),
        daily=daily,
        misses=_misses(rows, status, total, newest),
        rivals=_rivals(rows, status),
        read_at=clock.now(),
    )


_SUMS = (
    "hours", "absolute_error", "naive_absolute_error", "observed", "inside", "level_hours",
    "level_hits",
)  # fmt: skip


def _daily(rows: Rows, status: Status, total: str) -> pd.DataFrame:
    """The sums of each day and horizon; no rows where nothing is measured."""
    columns = ("business_date", "horizon", *_SUMS)
    if status.data_through is None:
        return pd.DataFrame(columns=columns)
    first = status.data_through - timedelta(days=max(SPANS) - 1)
    return rows(
        "accuracy", columns, ["business_date", "horizon"], since=("business_date", first),
        domain=status.domain, series=total,
    )  # fmt: skip


_HOURS = (
    "business_date", "hour", "issued_at", "tier", "q10", "q50", "q90", "usual", "naive", "observed",
    "level", "level_observed", "day_type", "kind", "holiday",
)  # fmt: skip


def _hours(rows: Rows, status: Status, total: str, newest: date | None) -> pd.DataFrame:
    if newest is None:
        return pd.DataFrame(columns=_HOURS)
    # Where a day or a week has one number, all of them are shown at once.
    days = DAYS if places.period(status.domain) is None else max(SPANS)
    return rows(
        "recent", _HOURS, ["business_date", "hour"],
        since=("business_date", newest - timedelta(days=days - 1)),
        domain=status.domain, series=total,
    )  # fmt: skip


def _misses(rows: Rows, status: Status, total: str, newest: date | None) -> tuple[Miss, ...]:
    if newest is None:
        return ()
    columns = (
        "business_date", "hour", "q10", "q50", "q90", "observed", "day_type", "kind", "holiday",
        "place",
    )  # fmt: skip
    found = rows("misses", columns, ["place"], domain=status.domain, series=total)
    return tuple(_miss(row) for row in found.head(MISSES).to_dict("records"))


def _miss(row: dict[Any, Any]) -> Miss:
    return Miss(
        row["business_date"].date(), int(row["hour"]), row["q10"], row["q50"], row["q90"],
        row["observed"], row["day_type"], row["kind"] or "", row["holiday"] or "",
    )  # fmt: skip


def _rivals(rows: Rows, status: Status) -> pd.DataFrame:
    columns = ("feed", "utc_day", "forecasts", "absolute_error", "came", "level_hits")
    return rows("rival_accuracy", columns, ["feed", "utc_day"], domain=status.domain)
