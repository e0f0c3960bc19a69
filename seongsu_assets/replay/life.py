"""A replay from its first instant to its last, in the environment that `home` has prepared.
What each instant is, and what is awaited at it, stands in `conductor`."""

import shutil
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as daytime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from seongsu_assets import clock, stack
from seongsu_assets.cli.pipeline import Pipeline
from seongsu_assets.cli.session import instance_of
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import SeongsuError
from seongsu_assets.ports import free_port
from seongsu_assets.replay import REPLAYED, hands, past
from seongsu_assets.replay.conductor import SENSE, instants
from seongsu_assets.replay.stage import Stage, ahead, played
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.upstream import KEYS, Upstream

PORT = 54_390
GRAPH = "seongsu_assets.replay.definitions"
_CLOCK, _PAST = "clock", "past.parquet"
#: Called at every instant, before the clock is set to it.
Meanwhile = Callable[[datetime, Upstream, Stage], None]
#: Called at every instant, once all that came of it is done.
Afterwards = Callable[[datetime, Stage], None]


def prepare(home: Path, domain: Domain, window: Window, counted: pd.DataFrame) -> dict[str, str]:
    """A new home for a replay, in place of the one before; the environment to live it in. Settings
    are read once, when modules load, so it takes a new process."""
    past.check(counted, window)
    if home.exists() and not (home / _PAST).exists():
        raise SeongsuError(f"{home} is no replay's home", remedy="name another, or remove it")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return furnish(home, domain, window, counted)


def furnish(home: Path, domain: Domain, window: Window, counted: pd.DataFrame) -> dict[str, str]:
    """The past and the clock of a replay in a home that is there; the environment to live it in."""
    counted.to_parquet(home / _PAST)
    begin = datetime.combine(window.first, daytime(), ZoneInfo(domain.cadence.timezone))
    hands.turn(home / _CLOCK, begin)
    return {
        REPLAYED: domain.name,
        clock.VARIABLE: f"@{home / _CLOCK}",
        "SEONGSU_HOME": str(home),
        "SEONGSU_UPSTREAM": f"http://127.0.0.1:{free_port(PORT)}",
        "DATABASE_URL": "",  # a replay writes into no database but its own
        **{f"SEONGSU_{name.upper()}_KEY": key for name, key in KEYS.items()},
    }


def live(
    domain: Domain,
    window: Window,
    *,
    say: Callable[[str], None],
    meanwhile: Meanwhile | None = None,
    afterwards: Afterwards | None = None,
    until: date | None = None,
    sense: timedelta = SENSE,
    speed: float | None = None,
    graph: str = GRAPH,
    pages: bool = True,
) -> None:
    """Live through the days of the window and on to the end of `until`, else of the day after it;
    `speed` times as fast as life, or as fast as it goes. `graph`: the module whose `defs` are those
    of the domain. `sense`: how often sensors look. `pages`: whether the app is served beside it."""
    home, file = settings().root, clock.watched()
    assert file is not None
    inbox = home / "inbox" / domain.name
    inbox.mkdir(parents=True, exist_ok=True)
    counted = pd.read_parquet(home / _PAST)
    with (
        past.told(counted, window, settings().upstream, inbox) as upstream,
        stack.up(settings(), migrate=_migrate, say=say) as running,
    ):
        ahead(running, graph)
        _learn(running.environment, domain, window, graph, say)
        with played(running, file, graph, pages=pages) as stage:
            began, zero = time.monotonic(), clock.now()
            for instant in instants(domain, window.first, until or _after(window), sense):
                if meanwhile:
                    meanwhile(instant, upstream, stage)
                if instant > clock.now():
                    stage.conductor.at(instant)
                if afterwards:
                    afterwards(instant, stage)
                if speed:
                    lead = (clock.now() - zero).total_seconds() / speed
                    time.sleep(max(0.0, lead - (time.monotonic() - began)))


def _after(window: Window) -> date:
    """The day on which the last of the window is told."""
    return window.last + timedelta(days=1)


def _migrate(url: str) -> None:
    with connect(url) as conn:
        migrate(conn)


def _learn(
    environment: Mapping[str, str],
    domain: Domain,
    window: Window,
    graph: str,
    say: Callable[[str], None],
) -> None:
    """What a platform that has run for long would have: the days before, features, a champion."""
    defs = import_module(graph).defs
    with instance_of(Path(environment["DAGSTER_HOME"])) as instance:
        day = window.first - timedelta(days=1)
        whole = Pipeline(defs, instance, open_url(), domain, day, lambda _, what: say(f"  {what}"))
        whole.backfill(Window(day, day))  # all that is older stands in files, and is not asked for
        whole.run()
