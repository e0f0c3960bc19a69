"""What the page of the operator shows: the forecast of the total, alarms so far, and events.
No decision about what may be said of it; see `hours` and `alarms`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from ui import clock
from ui.data import Rows
from ui.state.declared import total_of
from ui.state.read import Published, instant_or_none, read_levels, read_status

#: Events of so many days before today are told.
EVENTS_DAYS = 28


@dataclass(frozen=True)
class Event:
    """What somebody has added to the forecast of some hours, the last one excluded. Errors are sums
    over its `scored_hours`, in people; None before the first."""

    id: str
    day: date
    first: int
    last: int
    name: str
    people: int
    entered_at: datetime
    entered_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    scored_hours: int
    forecast_error: float | None
    adjusted_error: float | None

    @property
    def in_force(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True)
class Operator(Published):
    """`forecast` has the rows of the total alone. `alarms` count by days, chance and horizon.
    `events` the newest first."""

    alarms: pd.DataFrame = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)


_FORECAST = (
    "series", "business_date", "hour", "at", "q05", "q10", "q25", "q50", "q75", "q90", "q95",
    "level", "p_levels", "usual", "tier", "model_id", "issue_id", "issued_at",
)  # fmt: skip
_ALARMS = ("horizon", "days", "chance", "hours", "called", "hits", "crowded")
_EVENTS = (
    "id", "business_date", "from_hour", "to_hour", "name", "people", "entered_at", "entered_by",
    "withdrawn_at", "withdrawn_by", "scored_hours", "forecast_error", "adjusted_error",
)  # fmt: skip


def read(rows: Rows, domain: str | None) -> Operator | None:
    """The page of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    if status is None:
        return None
    known = status.domain
    total = total_of(known)
    first = clock.now().date() - timedelta(days=EVENTS_DAYS)
    events = rows(
        "adjustment", _EVENTS, ["entered_at", "id"], since=("business_date", first), domain=known
    )
    return Operator(
        status=status,
        total=total,
        forecast=rows("forecast", _FORECAST, ["at"], domain=known, series=total),
        levels=read_levels(rows, known),
        alarms=rows(
            "alarm", _ALARMS, ["days", "chance", "horizon"], domain=known, series=total
        ),
        events=tuple(_event(row) for row in events.to_dict("records"))[::-1],
        read_at=clock.now(),
    )  # fmt: skip


def _event(row: dict[Any, Any]) -> Event:
    scored = _number(row["scored_hours"])
    return Event(
        id=row["id"],
        day=row["business_date"].date(),
        first=int(row["from_hour"]),
        last=int(row["to_hour"]),
        name=row["name"],
        people=int(row["people"]),
        entered_at=row["entered_at"].to_pydatetime(),
        entered_by=row["entered_by"],
        withdrawn_at=instant_or_none(row["withdrawn_at"]),
        withdrawn_by=row["withdrawn_by"],
        scored_hours=0 if scored is None else int(scored),
        forecast_error=_number(row["forecast_error"]),
        adjusted_error=_number(row["adjusted_error"]),
    )


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
