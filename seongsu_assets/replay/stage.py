"""The stage of a replay: a server that tells the past, and the stack under the replay's clock.
When which instant comes is for the conductor."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import dagster as dg

from seongsu_assets import programs, stack
from seongsu_assets.cli.session import instance_of
from seongsu_assets.replay.conductor import Conductor
from seongsu_assets.services import Service
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets.watching.look import NAME as WATCHER

_LAUNCH = "seongsu_assets.replay.launch"
#: What a replay needs by its clock, what of it starts first, and a page to look at.
_CLOCKED, _AHEAD, _PAGES = ("code", "dagster", "daemon", "watch"), ("code",), ("app",)
#: Real seconds between two looks of the watcher, and after which it takes a silence for one.
_WATCHED = ("--every", "0.5", "--patience", "60")


@dataclass(frozen=True)
class Stage:
    """The running stack, Dagster's instance, and who steps the clock."""

    running: stack.Stack
    instance: dg.DagsterInstance
    conductor: Conductor


def ahead(running: stack.Stack, graph: str) -> None:
    """Start what takes long and does nothing by itself: it gets ready beside what is learned."""
    _start(running, graph, _AHEAD)


@contextmanager
def played(
    running: stack.Stack, clock: Path, graph: str, *, pages: bool = True
) -> Generator[Stage]:
    """The services of a stack whose databases are up, all ready, the code server since `ahead`;
    with `pages` the app too."""
    for wave in (("watch", *(_PAGES if pages else ())), ("dagster", "daemon")):
        _start(running, graph, wave)
        for service, seconds in running.supervisor.until_ready():
            running.say(f"  {service.name:<10} {service.address or 'up'}  {seconds:.1f} s")
    with instance_of(Path(running.environment["DAGSTER_HOME"])) as instance:
        yield Stage(
            running, instance, Conductor(clock, instance, running.supervisor.tick, watched_at)
        )


def _start(running: stack.Stack, graph: str, names: tuple[str, ...]) -> None:
    for wave in programs.services(running.environment, running.ports):
        for service in wave:
            if service.name in names:
                running.supervisor.start(_clocked(service, graph))


def watched_at(instant: datetime) -> bool:
    """Whether the watcher has looked at this instant of the clock, or later."""
    with connect(open_url()) as conn:
        seen = incidents.beats(conn).get(WATCHER)
    return seen is not None and seen >= instant


def _clocked(service: Service, graph: str) -> Service:
    if service.name not in _CLOCKED:
        return service
    python, dash_m, *words = [graph if word == programs.GRAPH else word for word in service.command]
    hurried = _WATCHED if service.name == "watch" else ()
    return replace(service, command=[python, dash_m, _LAUNCH, *words, *hurried])
