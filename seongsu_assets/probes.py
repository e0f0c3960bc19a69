"""Questions to a local service: does it answer, and with what it should?
Nothing is started, stopped or changed here."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from seongsu_assets.errors import ServiceError

LIMIT_SECONDS = 3.0
_GRAPH = """{ workspaceOrError { ... on Workspace { locationEntries {
  locationOrLoadError { __typename ... on PythonError { message } } } } } }"""
_DAEMONS = "{ instance { daemonHealth { allDaemonStatuses { daemonType required healthy } } } }"


def exists(path: Path) -> Callable[[], bool]:
    """Whether a file that a program makes as it begins its work is there."""
    return path.exists


def listens(port: int) -> Callable[[], bool]:
    """Whether somebody accepts connections on 127.0.0.1:`port`."""

    def answer() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), LIMIT_SECONDS).close()
        except OSError:
            return False
        return True

    return answer


def page(address: str, expected: str) -> Callable[[], bool]:
    """Whether the page answers 200 with `expected` in its text."""
    return lambda: expected in (_text(Request(address)) or "")  # noqa: S310 - our own http address


def graph_loaded(address: str) -> Callable[[], bool]:
    """Whether Dagster's page shows the loaded graph. Raises ServiceError when the graph is in
    error: waiting longer would not help."""

    def answer() -> bool:
        if (data := _graphql(address, _GRAPH)) is None:
            return False
        found = [
            entry["locationOrLoadError"] for entry in data["workspaceOrError"]["locationEntries"]
        ]
        for each in found:
            if each and each["__typename"] == "PythonError":
                raise ServiceError(
                    f"the graph does not load: {each['message'].strip()[-600:]}",
                    remedy="run `dagster definitions validate`",
                )
        return bool(found) and all(found)

    return answer


def daemons_healthy(address: str) -> Callable[[], bool]:
    """Whether every daemon that this instance needs has a fresh heartbeat."""

    def answer() -> bool:
        if (data := _graphql(address, _DAEMONS)) is None:
            return False
        found = data["instance"]["daemonHealth"]["allDaemonStatuses"]
        return all(each["healthy"] for each in found if each["required"])

    return answer


def worker(host: str = "") -> Callable[[], bool]:
    """Whether Celery's worker of this machine, or of the one named, answers through its broker;
    while it is at a step too. Raises SettingError where no broker is known."""
    from celery import Celery
    from kombu.exceptions import OperationalError

    from seongsu_assets import executors
    from seongsu_assets.settings import settings

    told = executors.celery(settings())
    app = Celery(broker=told["broker"])
    app.conf.broker_transport_options = {"socket_connect_timeout": LIMIT_SECONDS}
    name = f"celery@{host or socket.gethostname()}"

    def answer() -> bool:
        try:
            return bool(app.control.ping(destination=[name], timeout=LIMIT_SECONDS))
        except (OperationalError, OSError):
            return False

    return answer


def _graphql(address: str, query: str) -> dict[str, Any] | None:
    body = json.dumps({"query": query}).encode()
    request = Request(  # noqa: S310 - our own http address
        f"{address}/graphql", body, {"Content-Type": "application/json"}
    )
    text = _text(request)
    return None if text is None else json.loads(text).get("data")


def _text(request: Request) -> str | None:
    """The body of a 200 answer, None while the service is not there yet."""
    direct = build_opener(ProxyHandler({}))  # a proxy of the environment knows nothing of us
    try:
        with direct.open(request, timeout=LIMIT_SECONDS) as answer:
            return answer.read().decode()
    except (URLError, TimeoutError, ConnectionError):
        return None
