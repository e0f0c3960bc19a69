"""The local stack: which services the platform has, their commands, and bringing them up.
How a process is held and ended is not decided here: see services.py and guard.py."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from seongsu_assets import probes
from seongsu_assets.ports import free_port
from seongsu_assets.services import Service, Supervisor
from seongsu_assets.settings import Settings, settings
from seongsu_assets.warehouse.embedded import Server, running

ROOT = Path(__file__).parents[1]
DATABASES = ("seongsu", "dagster", "mlflow")
GRAPH = "seongsu_assets.definitions"
FOREIGN_TO_PAGES = (
    "SEONGSU_DAGSTER_URL",
    "SEONGSU_MLFLOW_URL",
    "MLFLOW_TRACKING_URI",
    "MLFLOW_BACKEND_STORE_URI",
)
#: What asks the outside world has the keys; the pages and MLflow ask nobody.
KEYS = tuple(f"SEONGSU_{name.upper()}" for name in Settings.model_fields if name.endswith("_key"))
#: Addresses that only the watcher writes to; a webhook's address is its password.
TOLD = ("SEONGSU_ALERTS", "SEONGSU_PING_URL")
WATCH_SECONDS = 0.5


@dataclass(frozen=True)
class Ports:
    """The true port of each service: the wished one or the next that was free."""

    app: int
    dagster: int
    mlflow: int
    code: int
    watch: int


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

    def addresses(self) -> Iterator[Ready]:
        """Start the services; each one as it becomes usable. Raises ServiceError with the end of
        the log of one that does not."""
        yield Ready("postgres", f"127.0.0.1:{self.server.port}", self.database_seconds)
        first, second = services(self.environment, self.ports)
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
        with _as_environment(environment(server, home, ports)) as variables:
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
    }
    for name, wished in wishes.items():
        # a code server would bind a port that another one still holds, without a word
        chosen[name] = free_port(wished, avoid=tuple(chosen.values()))
        if chosen[name] != wished:
            say(f"port {wished} is taken: {name} uses {chosen[name]}")
    return Ports(**chosen)


def environment(server: Server, home: Path, ports: Ports) -> dict[str, str]:
    """What every process of the stack runs with: this process's environment and ours on top.
    Addresses with passwords are here because command lines can be read by everyone."""
    local = "localhost,127.0.0.1"
    return {
        **os.environ,
        "SEONGSU_HOME": str(home),
        "SEONGSU_POSTGRES_PORT": str(server.port),
        "SEONGSU_APP_PORT": str(ports.app),
        "SEONGSU_DAGSTER_PORT": str(ports.dagster),
        "SEONGSU_MLFLOW_PORT": str(ports.mlflow),
        "SEONGSU_WATCH_PORT": str(ports.watch),
        "SEONGSU_CODE_HOST": "127.0.0.1",
        "SEONGSU_CODE_PORT": str(ports.code),
        # SQLAlchemy reads a bare postgresql:// as psycopg 3, on which dagster-postgres fails
        "SEONGSU_DAGSTER_URL": server.url("dagster", "postgresql+psycopg2"),
        "SEONGSU_MLFLOW_URL": server.url("mlflow"),
        "DAGSTER_HOME": str(home / "dagster"),
        "MLFLOW_TRACKING_URI": server.url("mlflow"),
        "MLFLOW_BACKEND_STORE_URI": server.url("mlflow"),
        "MLFLOW_ARTIFACTS_DESTINATION": f"{settings().artefacts.rstrip('/') or home}/mlflow",
        "MLFLOW_SERVER_ALLOWED_HOSTS": "localhost,127.0.0.1,localhost:*,127.0.0.1:*",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",  # four more processes that outlive it
        "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "OPENBLAS_NUM_THREADS": "1",  # idle threads wait for each other; one is the same to the bit
        "OMP_NUM_THREADS": "1",
        "GX_ANALYTICS_ENABLED": "False",
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": local,
        "no_proxy": local,
    }


def services(
    environment: Mapping[str, str], ports: Ports
) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    """The services that start at once, and those that wait for the code server. Every program is
    a module of this interpreter's environment."""
    local = ("--host", "127.0.0.1", "--port")
    workspace = ("--workspace", str(ROOT / "workspace.yaml"))
    dagster, mlflow, app = (
        f"http://127.0.0.1:{port}" for port in (ports.dagster, ports.mlflow, ports.app)
    )

    def service(name: str, *words: str, ready: Callable[[], bool], address: str = "") -> Service:
        # the pages have no business with the databases of Dagster and MLflow
        hidden = set(FOREIGN_TO_PAGES) if name == "app" else set[str]()
        if name in {"app", "mlflow", "dagster"}:
            hidden |= set(KEYS)
        if name != "watch":
            hidden |= set(TOLD)
        env = {key: value for key, value in environment.items() if key not in hidden}
        return Service(name, [sys.executable, "-m", *words], env, ROOT, ready, address)

    first = (
        service(
            "app",
            *("streamlit", "run", str(ROOT / "ui" / "app.py")),
            *("--server.address", "127.0.0.1", "--server.port", str(ports.app)),
            ready=probes.page(f"{app}/_stcore/health", "ok"),
            address=app,
        ),
        service(
            "code",
            *("dagster", "api", "grpc", "--module-name", GRAPH, "--working-directory", str(ROOT)),
            *(*local, str(ports.code)),
            ready=probes.listens(ports.code),
        ),
        service(
            "mlflow",
            *("mlflow", "server", "--workers", "1", *local, str(ports.mlflow)),
            ready=probes.page(f"{mlflow}/", "MLflow"),
            address=mlflow,
        ),
        service(
            "watch",
            *("seongsu_assets.cli", "watch"),
            ready=probes.listens(ports.watch),
            address=f"http://127.0.0.1:{ports.watch}/metrics",
        ),
    )
    second = (
        service(
            "dagster",
            *("dagster_webserver", *workspace, *local, str(ports.dagster)),
            ready=probes.graph_loaded(dagster),
            address=dagster,
        ),
        service(
            "daemon",
            *("dagster._daemon", "run", *workspace),
            ready=probes.daemons_healthy(dagster),
        ),
    )
    return first, second


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
