"""The local stack: PostgreSQL, the ports, and bringing the programs up.
Which programs there are is in programs.py; how one is held, in services.py and guard.py."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from seongsu_assets.ports import free_port
from seongsu_assets.programs import ROOT, Ports, Records, environment, services
from seongsu_assets.services import Supervisor
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse.embedded import Server, running

DATABASES = ("seongsu", "dagster", "mlflow")
WATCH_SECONDS = 0.5


@dataclass(frozen=True)
class Ready:
    """A service that can be used. `address` is empty for one without a page."""

    name: str
    address: str
    seconds: float


@dataclass(frozen=True)
class Stack:
    """The stack between its start and its end. `environment` is what its processes run with."""

    server: Server
    ports: Ports
    environment: Mapping[str, str] = field(repr=False)
    supervisor: Supervisor
    database_seconds: float
    say: Callable[[str], None]

    def addresses(self, live: Sequence[str] = ()) -> Iterator[Ready]:
        """Start the services, and a listener of each `live` domain; each one as it becomes usable.
        Raises ServiceError with the end of the log of one that does not."""
        yield Ready("postgres", f"127.0.0.1:{self.server.port}", self.database_seconds)
        first, second = services(self.environment, self.ports, live)
        for service in first:
            self.supervisor.start(service)
        for service, seconds in self.supervisor.until_ready():
            yield Ready(service.name, service.address, seconds)
            if service.name == "code":
                for later in second:
                    self.supervisor.start(later)

    def watch(self) -> None:
        """Keep everything up until SIGINT or SIGTERM, which raise KeyboardInterrupt."""
        while True:
            if self.server.revive():
                self.say("postgres ended and was started again; see logs/postgres.log")
            self.supervisor.tick()
            time.sleep(WATCH_SECONDS)


@contextmanager
def up(
    settings: Settings,
    *,
    migrate: Callable[[str], None],
    say: Callable[[str], None] = print,
) -> Generator[Stack]:
    """PostgreSQL and, once `addresses` is walked, the services; all stopped when left.
    `migrate` is given the address of the warehouse. While it lasts, this process has the
    environment of the services, so that a run in this process lands in the same places."""
    home = settings.root
    began = time.monotonic()
    with running(home, settings.postgres_port) as server, Supervisor(home, say) as supervisor:
        for database in DATABASES:
            server.ensure_database(database)
        given = settings.database_url
        migrate(given.get_secret_value() if given else server.url("seongsu"))
        seconds = time.monotonic() - began
        ports = choose_ports(settings, say)
        known = environment(home, Records.on(server), ports)
        known["SEONGSU_POSTGRES_PORT"] = str(server.port)
        with _as_environment(known) as variables:
            _prepare_dagster(home, say)
            yield Stack(server, ports, variables, supervisor, seconds, say)


def choose_ports(settings: Settings, say: Callable[[str], None]) -> Ports:
    """The wished ports, or free ones after them, said aloud."""
    chosen: dict[str, int] = {}
    wishes = {
        "app": settings.app_port,
        "dagster": settings.dagster_port,
        "mlflow": settings.mlflow_port,
        "code": settings.dagster_port + 1000,
        "watch": settings.watch_port,
        "api": settings.api_port,
    }
    for name, wished in wishes.items():
        # a code server would bind a port that another one still holds, without a word
        chosen[name] = free_port(wished, avoid=tuple(chosen.values()))
        if chosen[name] != wished:
            say(f"port {wished} is taken: {name} uses {chosen[name]}")
    return Ports(**chosen)


@contextmanager
def _as_environment(variables: dict[str, str]) -> Generator[dict[str, str]]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield variables
    finally:
        os.environ.clear()
        os.environ.update(before)


def _prepare_dagster(home: Path, say: Callable[[str], None]) -> None:
    """Give Dagster its settings and its tables, and end the runs that killed processes left: no
    process of this stack lives now. A command that runs beside it does."""
    import dagster as dg

    from seongsu_assets import presence

    folder = home / "dagster"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "dagster.yaml", folder / "dagster.yaml")
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        presence.bury(instance, say, launched=True)
