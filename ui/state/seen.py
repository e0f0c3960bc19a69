"""What a page without a forecast has read, seen from an instant: its state, its zone.
No texts, no layout and no database; the pages with a forecast have `moment`."""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Generic, Protocol, TypeVar

from ui.data import Answer
from ui.state import states
from ui.state.declared import declared, has_stopped
from ui.state.read import Status


class Read(Protocol):
    """What every reading has."""

    @property
    def status(self) -> Status: ...
    @property
    def read_at(self) -> datetime: ...


T = TypeVar("T", bound=Read)


@dataclass(frozen=True)
class Seen(Generic[T]):
    """`data` is None where nothing was ever read. A `frame.View`."""

    now: datetime
    state: states.State
    data: T | None
    local: timezone | None

    @property
    def status(self) -> Status | None:
        return None if self.data is None else self.data.status

    @property
    def read_at(self) -> datetime | None:
        return None if self.data is None else self.data.read_at


def look(answer: Answer[T], now: datetime) -> Seen[T]:
    """What `answer` means at `now`."""
    data = answer.found
    if data is None:
        return Seen(now, states.State(failed=answer.failed, empty=True), None, None)
    status, known = data.status, declared(data.status.domain, now)
    state = states.without_forecast(
        now,
        sample=status.sample,
        data_at=status.data_at,
        issued_at=status.issued_at,
        stopped=has_stopped(status.domain, status.data_through, now),
        failed=answer.failed,
        period=states.DAY if known is None else known.period,
    )
    return Seen(now, state, data, None if known is None else known.zone)
