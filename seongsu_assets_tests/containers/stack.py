"""The composed stack of docker/compose.yaml, up in an engine, on ports of its own.
What it must do is in the proof."""

import json
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import yaml

from seongsu_assets.api.guard import hashed
from seongsu_assets.ports import free_port
from seongsu_assets_tests.containers.images import COMPOSE, NOWHERE, WORKERS, Docker

PROJECT = "seongsu-proof"
#: Where each listens inside.
INSIDE = {"app": 8501, "api": 8000, "dagster": 3000, "mlflow": 5000, "prometheus": 9090}
UP_SECONDS = 600
#: Longer than any step takes that a worker of the proof is killed in.
LOST_SECONDS = 90


@dataclass(frozen=True)
class Composed:
    """The stack while it is up. `key` is that of the API's writes."""

    docker: Docker
    files: tuple[str, ...]
    ports: dict[str, int]
    key: str

    def compose(self, *words: object) -> str:
        return self.docker("compose", *self.files, *words)

    @property
    def with_workers(self) -> "Composed":
        """The same stack, of which Celery's and Dask's workers are parts."""
        return replace(self, files=(*self.files, "--file", str(WORKERS), "--profile", "dask"))

    def address(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}"

    def get(self, service: str, path: str) -> httpx.Response:
        return httpx.get(self.address(service) + path, timeout=30, trust_env=False)

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.post(
            self.address("api") + path, json=body, headers=headers, timeout=60, trust_env=False
        )

    def inside(self, service: str, code: str) -> str:
        """What a line of Python prints in a service's container."""
        return self.compose("exec", "-T", service, "python", "-c", code).strip()

    def containers(self) -> dict[str, dict[str, Any]]:
        """What the engine knows of each service's container, ended ones too."""
        named = self.compose("ps", "--all", "--quiet").split()
        found = json.loads(self.docker("inspect", *named))
        label = "com.docker.compose.service"
        return {each["Config"]["Labels"][label]: each for each in found}

    def until(self, claim: Callable[[], bool], seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if claim():
                    return True
            except (httpx.HTTPError, RuntimeError):
                pass  # not yet
            time.sleep(1)
        return False


@contextmanager
def composed(docker: Docker, folder: Path) -> Generator[Composed]:
    """Core and monitoring, but for what cannot be had here; all of it is gone afterwards."""
    ports = {name: free_port(29_000 + 10 * place) for place, name in enumerate(INSIDE)}
    key = secrets.token_urlsafe(32)
    given = {
        "POSTGRES_PASSWORD": secrets.token_hex(24),
        "REST_PASSWORD": secrets.token_hex(24),
        "SEONGSU_API_KEY_HASH": hashed(key),
        "APP_PORT": f"127.0.0.1:{ports['app']}",
        "ALERT_WEBHOOK_FILE": str(folder / "webhook"),
        "REDIS_PASSWORD": secrets.token_hex(24),
        "SEONGSU_CELERY_LOST_SECONDS": str(LOST_SECONDS),
        "SEONGSU_DASK": "tcp://dask:8786",
    }
    (folder / "webhook").write_text("http://127.0.0.1:9/nobody")
    (folder / "env").write_text("".join(f"{name}={value}\n" for name, value in given.items()))
    opened = {
        name: {"ports": [f"127.0.0.1:{port}:{INSIDE[name]}"]}
        for name, port in ports.items()
        if name != "app"
    }
    (folder / "open.yaml").write_text(yaml.safe_dump({"services": opened}))
    files = ("--project-name", PROJECT, "--env-file", str(folder / "env"))
    files += ("--file", str(COMPOSE), "--file", str(folder / "open.yaml"))
    files += ("--profile", "core", "--profile", "monitoring")
    stack = Composed(docker, files, ports, key)
    left_out = [NOWHERE] if not docker.has("grafana/grafana:11.6.0") else []
    wanted = [
        name
        for name in stack.compose("config", "--services").split()
        if name not in {"prepare", "first", *left_out}
    ]
    try:
        stack.compose(
            *("up", "--detach", "--wait", "--wait-timeout", UP_SECONDS, "--pull", "never"), *wanted
        )
        stack.compose("up", "--detach", "--no-deps", "--pull", "never", "first")
        yield stack
    finally:
        stack.with_workers.compose("down", "--volumes", "--timeout", "20")
