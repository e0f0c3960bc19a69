"""The programs of the local stack: their commands, what each is told, and when each is ready.
Nothing is started here: see stack.py."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from seongsu_assets import probes
from seongsu_assets.services import Service
from seongsu_assets.settings import Settings, settings
from seongsu_assets.warehouse.embedded import Server

ROOT = Path(__file__).parents[1]
GRAPH = "seongsu_assets.definitions"
#: What hears a domain is called so, and by the domain's name.
LISTENER = "listen_"
#: Dagster's and MLflow's own databases: no business of who only reads what is published.
FOREIGN_TO_READERS = (
    "SEONGSU_DAGSTER_URL",
    "SEONGSU_MLFLOW_URL",
    "MLFLOW_TRACKING_URI",
    "MLFLOW_BACKEND_STORE_URI",
)
#: What asks the outside world has the keys; pages, API and MLflow ask nobody.
KEYS = tuple(f"SEONGSU_{name.upper()}" for name in Settings.model_fields if name.endswith("_key"))
#: Addresses that only the watcher writes to; a webhook's address is its password.
TOLD = ("SEONGSU_ALERTS", "SEONGSU_PING_URL")
#: Whose address may hold a password; the code server alone loads the graph.
STEPS = ("SEONGSU_CELERY_BROKER",)
#: By which the API alone knows who may write; no part that stays knows how PostgREST comes in.
WRITERS = ("SEONGSU_API_KEY_HASH",)
MAKERS = ("SEONGSU_REST_PASSWORD",)


@dataclass(frozen=True)
class Ports:
    """The true port of each service: the wished one or the next that was free."""

    app: int
    dagster: int
    mlflow: int
    code: int
    watch: int
    api: int


@dataclass(frozen=True)
class Records:
    """The databases of Dagster and of MLflow, with their passwords."""

    dagster: str = field(repr=False)
    mlflow: str = field(repr=False)

    @classmethod
    def on(cls, server: Server) -> "Records":
        # SQLAlchemy reads a bare postgresql:// as psycopg 3, on which dagster-postgres fails
        return cls(server.url("dagster", "postgresql+psycopg2"), server.url("mlflow"))


def environment(home: Path, records: Records, ports: Ports) -> dict[str, str]:
    """What every process of the stack runs with: this process's environment and ours on top.
    Addresses with passwords are here because command lines can be read by everyone."""
    local = "localhost,127.0.0.1"
    return {
        **os.environ,
        "SEONGSU_HOME": str(home),
        "SEONGSU_APP_PORT": str(ports.app),
        "SEONGSU_DAGSTER_PORT": str(ports.dagster),
        "SEONGSU_MLFLOW_PORT": str(ports.mlflow),
        "SEONGSU_WATCH_PORT": str(ports.watch),
        "SEONGSU_API_PORT": str(ports.api),
        "SEONGSU_REHEARSALS": str(settings().rehearsals is not False),  # it serves this machine
        "SEONGSU_CODE_HOST": "127.0.0.1",
        "SEONGSU_CODE_PORT": str(ports.code),
        "SEONGSU_DAGSTER_URL": records.dagster,
        "SEONGSU_MLFLOW_URL": records.mlflow,
        "DAGSTER_HOME": str(home / "dagster"),
        "MLFLOW_TRACKING_URI": records.mlflow,
        "MLFLOW_BACKEND_STORE_URI": records.mlflow,
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
    environment: Mapping[str, str], ports: Ports, live: Sequence[str] = ()
) -> tuple[tuple[Service, ...], tuple[Service, ...]]:
    """The services that start at once, and those that wait for the code server. Every program is
    a module of this interpreter's environment. `live`: domains whose sources tell by themselves."""
    local = ("--host", "127.0.0.1", "--port")
    workspace = ("--workspace", str(ROOT / "workspace.yaml"))
    dagster, mlflow, app, api = (
        f"http://127.0.0.1:{port}" for port in (ports.dagster, ports.mlflow, ports.app, ports.api)
    )

    def service(name: str, *words: str, ready: Callable[[], bool], address: str = "") -> Service:
        env = {key: value for key, value in environment.items() if key not in _hidden_from(name)}
        return Service(name, [sys.executable, "-m", *words], env, ROOT, ready, address)

    first = (
        service(
            "app",
            *("streamlit", "run", str(ROOT / "ui" / "front.py")),
            *("--server.address", "127.0.0.1", "--server.port", str(ports.app)),
            ready=probes.page(f"{app}/_stcore/health", "ok"),
            address=app,
        ),
        service(
            "code",
            *("seongsu_assets.code_server", "--module-name", GRAPH),
            *("--working-directory", str(ROOT), *local, str(ports.code)),
            ready=probes.listens(ports.code),
        ),
        service(
            "mlflow",
            *("mlflow", "server", "--workers", "1", *local, str(ports.mlflow)),
            ready=probes.page(f"{mlflow}/", "MLflow"),
            address=mlflow,
        ),
        service(
            "api",
            *("seongsu_assets.cli", "serve", "--port", str(ports.api)),
            ready=probes.page(f"{api}/health", "ok"),
            address=f"{api}/docs",
        ),
        service(
            "watch",
            *("seongsu_assets.cli", "watch"),
            ready=probes.listens(ports.watch),
            address=f"http://127.0.0.1:{ports.watch}/metrics",
        ),
        *(
            service(
                f"{LISTENER}{name}",
                *("seongsu_assets.cli", "listen", name),
                ready=probes.exists(Path(environment["SEONGSU_HOME"]) / "live" / name / "lock"),
            )
            for name in live
        ),
    )
    second = (
        service(
            "dagster",
            *("seongsu_assets.webserver", *workspace, *local, str(ports.dagster)),
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


def _hidden_from(name: str) -> set[str]:
    """The variables that a program has no use for."""
    hidden: set[str] = set(MAKERS)
    if name in {"app", "api"}:
        hidden |= set(FOREIGN_TO_READERS)
    if name in {"app", "api", "mlflow", "dagster"}:
        hidden |= set(KEYS)
    if name != "watch":
        hidden |= set(TOLD)
    if name != "code":
        hidden |= set(STEPS)
    if name != "api":
        hidden |= set(WRITERS)
    return hidden
