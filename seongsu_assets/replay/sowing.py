"""Faults sown into past days that are lived through again, each at its instant of the clock.
Which are chosen, and on which days, is said elsewhere; what must come of them too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from seongsu_assets.replay.stage import Stage
from seongsu_assets.settings import settings
from seongsu_assets.sources.seoul import card_api, station_hourly
from seongsu_assets_tests.upstream import Upstream

#: All that tell of a station's people.
SERVICES = (card_api.SERVICE, station_hourly.SERVICE)
#: A file that no reader can make anything of.
UNREADABLE, _BYTES = "unreadable.csv", b"\0\1\xff"


@dataclass(frozen=True)
class Deed:
    """What is done at the first instant of a replay at or after `at`."""

    name: str
    at: datetime
    do: Callable[[Upstream, Stage, datetime], object]


@dataclass
class Sower:
    """Called at every instant of a replay, before the clock is set to it: does its deeds, each
    once. `said` tells what was done when."""

    deeds: Sequence[Deed]
    said: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def __call__(self, instant: datetime, upstream: Upstream, stage: Stage) -> None:
        for deed in self.deeds:
            if deed.name not in self.said and instant >= deed.at:
                self.said[deed.name] = instant
                deed.do(upstream, stage, instant)


def late(name: str, at: datetime, day: date, days: int) -> Deed:
    """All sources have the day so many days later than is their habit."""

    def publish(upstream: Upstream, *_: object) -> None:
        for service in SERVICES:
            upstream.truth.publish_late(day, service, days)

    return Deed(name, at, publish)


def revised(name: str, at: datetime, day: date, factor: float) -> Deed:
    """From then on all sources have the day's counts times `factor`."""
    return Deed(name, at, lambda upstream, *_: upstream.truth.revise(day, factor))


def outage(names: tuple[str, str], at: datetime, until: datetime) -> list[Deed]:
    """Nobody answers."""
    return _fault(names, at, until, "down")


def zeros(names: tuple[str, str], at: datetime, until: datetime, day: date) -> list[Deed]:
    """All hours of the day are told as 0 people."""
    return _fault(names, at, until, "zeros", when=lambda request: request.day == day)


def unreadable(names: tuple[str, str], at: datetime, until: datetime, domain: str) -> list[Deed]:
    """A file that cannot be read lies in the drop folder."""

    def file() -> Path:
        return settings().root / "inbox" / domain / UNREADABLE

    return [
        Deed(names[0], at, lambda *_: file().write_bytes(_BYTES)),
        Deed(names[1], until, lambda *_: file().unlink()),
    ]


def _fault(
    names: tuple[str, str], at: datetime, until: datetime, kind: str, **when: Any
) -> list[Deed]:
    """A fault of the upstream that begins, and ends alone: others go on."""
    begun: list[Any] = []
    return [
        Deed(names[0], at, lambda upstream, *_: begun.append(upstream.fault(kind, **when))),
        Deed(names[1], until, lambda upstream, *_: upstream.clear(*begun)),
    ]
