"""What a rehearsal is to be: which days are told again, and which fault befalls which of them.
How a fault is made is in `replay.sowing`; nothing is read or written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from seongsu_assets.domain import Window
from seongsu_assets.errors import NotEnoughHistory, SeongsuError

Fault = Literal["late", "unreadable", "zeros", "revised", "outage"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
#: Days that can be rehearsed.
SPANS = (1, 7)
WEEK = 7
#: In a week each fault has a day of its own: what follows of one is not taken for another's.
_DAYS: dict[Fault, int] = {"late": 0, "revised": 1, "zeros": 2, "unreadable": 4, "outage": 5}
#: Of these all is over by the evening after the day itself; the others take a day more.
_SOON: frozenset[Fault] = frozenset({"unreadable"})
#: Weeks before the first day of which a model is judged before it may serve.
_JUDGED_DAYS = 56


@dataclass(frozen=True)
class Befalls:
    """A fault and the day that it is about."""

    fault: Fault
    day: date


@dataclass(frozen=True)
class Plan:
    """The days `window` are told again; all that comes of it is over at the end of `until`."""

    window: Window
    until: date
    befalls: tuple[Befalls, ...]


def check(days: int, faults: Sequence[str]) -> tuple[Fault, ...]:
    """The faults in their usual order. Raises SeongsuError for what no rehearsal is."""
    if days not in SPANS:
        raise SeongsuError(f"{days} days cannot be rehearsed", remedy="name 1 or 7")
    unknown = [fault for fault in faults if fault not in FAULTS]
    if unknown:
        raise SeongsuError(
            f"there is no fault {unknown[0]!r}", remedy=f"choose of {', '.join(FAULTS)}"
        )
    chosen: tuple[Fault, ...] = tuple(fault for fault in FAULTS if fault in faults)
    if days < WEEK and len(chosen) > 1:
        raise SeongsuError(
            "one day takes one fault: of several nobody could tell what followed from which",
            remedy="leave one, or rehearse --days 7",
        )
    return chosen


def plan(window: Window, faults: Sequence[Fault]) -> Plan:
    """Each fault on its day of the window."""
    one = window.first == window.last
    befalls = tuple(
        Befalls(fault, window.first + timedelta(days=0 if one else _DAYS[fault]))
        for fault in sorted(faults, key=_DAYS.__getitem__)
    )
    over = [each.day + timedelta(days=1 if each.fault in _SOON else 2) for each in befalls]
    return Plan(window, max([window.last + timedelta(days=1), *over]), befalls)


def needed(days: int, minimum_days: int) -> int:
    """Days that must be held: those to rehearse, and enough before them to learn from."""
    return days + minimum_days + _JUDGED_DAYS


def newest(whole: Sequence[date], days: int, minimum_days: int) -> Window:
    """The newest `days` whole days in a row. Raises NotEnoughHistory, which says how many days are
    missing, where there are too few of them or before them."""
    held = sorted(whole)
    least = needed(days, minimum_days)
    if len(held) < least:
        raise NotEnoughHistory(
            f"{len(held)} whole days are held, {least} are needed: {least - len(held)} are missing",
            remedy="`seongsu import FILES` brings more",
        )
    for last in range(len(held) - 1, least - 2, -1):
        first = held[last - days + 1]
        if held[last] - first == timedelta(days=days - 1):
            return Window(first, held[last])
    raise NotEnoughHistory(
        f"no {days} whole days in a row are held after the first {least - days}",
        remedy="`seongsu backfill` fills the gaps",
    )
