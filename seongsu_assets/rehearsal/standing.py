"""How a rehearsal stands: by what it told, and by whether its process lives.
Nothing is started, stopped or shown here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ValidationError

from seongsu_assets.rehearsal import homes, records
from seongsu_assets.rehearsal.records import Asked, Begun, Failed, Finished, Record, Step, Stopped

State = Literal["starting", "running", "finished", "failed", "stopped", "broken", "unknown"]
#: What was asked for has a process of its own by then.
STARTS_WITHIN = timedelta(seconds=60)

T = TypeVar("T", bound=Record)


@dataclass(frozen=True)
class Standing:
    """`broken`: its process ended without a word. `unknown`: what it told cannot be read. `pid` is
    that of its process while it lives."""

    home: Path
    state: State
    told: tuple[Record, ...] = field(repr=False)
    pid: int | None = None

    @property
    def lives(self) -> bool:
        return self.state in {"starting", "running"}

    @property
    def asked(self) -> Asked | None:
        return first(self.told, Asked)

    @property
    def begun(self) -> Begun | None:
        return first(self.told, Begun)

    @property
    def finished(self) -> Finished | None:
        return first(self.told, Finished)

    @property
    def failed(self) -> Failed | None:
        return first(self.told, Failed)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(each for each in self.told if isinstance(each, Step))


def first(told: Sequence[Record], kind: type[T]) -> T | None:
    """The first record of a kind."""
    return next((each for each in told if isinstance(each, kind)), None)


def look(folder: Path, now: datetime) -> list[Standing]:
    """Every rehearsal whose home is kept, the newest first."""
    holder = homes.holder(folder)
    return [_one(home, holder, now) for home in homes.all_of(folder)]


def _one(home: Path, holder: tuple[int, Path] | None, now: datetime) -> Standing:
    try:
        told = tuple(records.read(home))
    except (ValidationError, OSError):
        return Standing(home, "unknown", ())
    pid = holder[0] if holder and holder[1].name == home.name else None
    return Standing(home, _state(told, now, lives=pid is not None), told, pid)


def _state(told: Sequence[Record], now: datetime, *, lives: bool) -> State:
    last = told[-1] if told else None
    match last:
        case Finished():
            return "finished"
        case Failed():
            return "failed"
        case Stopped():
            return "stopped"
        case _ if lives:
            return "running"
        case Asked() if now - last.at < STARTS_WITHIN:
            return "starting"
        case _:
            return "broken"
