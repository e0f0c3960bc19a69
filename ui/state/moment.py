"""The data seen from an instant: which slot is now, which day is today, and what may be said.
No texts, no layout and no database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timezone
from typing import Generic, TypeVar

import pandas as pd

from ui import clock
from ui.data import Answer
from ui.state import slots, states
from ui.state.declared import declared, has_stopped
from ui.state.read import Published, Status
from ui.state.slots import Span

P = TypeVar("P", bound=Published)
P_co = TypeVar("P_co", bound=Published, covariant=True)


@dataclass(frozen=True)
class Moment(Generic[P_co]):
    """`total` is the timeline of the series with levels, `current` its row that holds now, `usual`
    its row of the same weekday and hour. `today` is the operating day that now belongs to."""

    now: datetime
    state: states.State
    data: P_co | None
    total: pd.DataFrame = field(repr=False)
    current: pd.Series | None = field(repr=False)
    usual: pd.Series | None = field(repr=False)
    spans: dict[int, Span]
    zone: timezone
    days: tuple[date, ...]
    today: date | None

    @property
    def status(self) -> Status | None:
        """What the place stands on; None while we know of no place."""
        return None if self.data is None else self.data.status

    @property
    def read_at(self) -> datetime | None:
        """When all of it was read."""
        return None if self.data is None else self.data.read_at

    @property
    def local(self) -> timezone | None:
        """The zone of the place; None while there is no forecast to tell it."""
        return self.zone if self.days else None

    @property
    def series(self) -> list[str]:
        """The total first, then its parts."""
        assert self.data is not None
        parts = sorted(set(self.data.forecast["series"]) - {self.data.total}, reverse=True)
        return [self.data.total, *parts]


def look(answer: Answer[P], now: datetime) -> Moment[P]:
    """What `answer` means at `now`."""
    data = answer.found
    if data is None or data.forecast.empty or not data.total:
        sample = data is not None and data.status.sample
        state = states.decide(now, None, sample=sample, failed=answer.failed)
        return Moment(now, state, data, pd.DataFrame(), None, None, {}, UTC, (), None)
    total = slots.timeline(data.forecast[data.forecast["series"] == data.total])
    current = slots.current(total, now)
    days = tuple(day.date() for day in total["business_date"].drop_duplicates())
    first = total.iloc[0]
    return Moment(
        now=now,
        state=states.decide(
            now,
            _standing(data, total, now),
            failed=answer.failed,
            stopped=has_stopped(data.status.domain, data.status.data_through, now),
        ),
        data=data,
        total=total,
        current=current,
        usual=slots.same_hour_of_week(total, now),
        spans=slots.layout(total["hour"]),
        zone=clock.zone(
            first["business_date"].date(), int(first["hour"]), first["at"].to_pydatetime()
        ),
        days=days,
        today=_today(total, now),
    )


def _standing(data: Published, total: pd.DataFrame, now: datetime) -> states.Standing:
    head, known = total.iloc[0], declared(data.status.domain, now)
    return states.Standing(
        sample=data.status.sample,
        data_at=data.status.data_at,
        issued_at=head["issued_at"].to_pydatetime(),
        tier=str(head["tier"]),
        first=total["at"].min().to_pydatetime(),
        end=total["end"].max().to_pydatetime(),
        period=states.DAY if known is None else known.period,
    )


def _today(total: pd.DataFrame, now: datetime) -> date | None:
    """The day of the newest slot begun, also in a gap after it; None outside the forecast."""
    begun = total[total["at"] <= now]
    if begun.empty or now >= total["end"].max():
        return None
    return begun.iloc[-1]["business_date"].date()
