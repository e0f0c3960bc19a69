"""Whether what a source owes is there: on time, late, stopped; or it owes nothing by a day.
No texts and no database; what is owed, `declared` says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ui.pages.sources.read import Source, Sources
from ui.state.declared import Declared, stopped

Standing = Literal["on_time", "late", "stopped", "never", "undated"]


@dataclass(frozen=True)
class Punctual:
    """A source and how it stands. `due` is the newest day that it should have told of; `told` is
    None where nothing of it was ever accepted."""

    name: str
    standing: Standing
    due: date | None
    told: Source | None


def standing(newest: date | None, due: date | None, known: Declared | None) -> Standing:
    """`stopped` from where it is too long for a late one."""
    if newest is None:
        return "never"
    if due is None:
        return "undated"
    if newest >= due:
        return "on_time"
    gone = known is not None and stopped(newest, due, known.period)
    return "stopped" if gone else "late"


def sources(data: Sources, known: Declared | None) -> list[Punctual]:
    """The declared sources in their order, then others that something came from."""
    told = {source.name: source for source in data.sources}
    names = [source.name for source in known.domain.sources] if known else []
    names += [name for name in told if name not in names]
    return [_one(name, told.get(name), known) for name in names]


def _one(name: str, told: Source | None, known: Declared | None) -> Punctual:
    due = known.due_from(name) if known else None
    return Punctual(name, standing(told.newest if told else None, due, known), due, told)
