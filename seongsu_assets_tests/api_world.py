"""The API on a copy of the built world, over real HTTP on this machine.
No assertion is made here."""

import os
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import dagster as dg
import httpx
import psycopg
import pytest
import uvicorn
from psycopg import sql

from seongsu_assets.api.app import application, desk
from seongsu_assets.api.guard import Guard, hashed
from seongsu_assets.api.limits import Limiter, Rate
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.built import NOW
from seongsu_assets_tests.world import World, small_domain

KEY = "a key of the tests"
DATASET = "seongsu@sample"
NOWHERE = "http://127.0.0.1:9"
#: So patient that no test of anything else meets its end.
PATIENT = Rate(a_minute=1e9, at_once=1e6)


@dataclass(frozen=True)
class Api:
    """A client of the API, and the world that it serves."""

    http: httpx.Client
    world: World

    def get(self, path: str, **query: object) -> httpx.Response:
        """The answer; `from_` stands for `from`."""
        given = {name.rstrip("_"): str(value) for name, value in query.items()}
        return self.http.get(path, params=given)

    def write(self, path: str, body: object, key: str = KEY) -> httpx.Response:
        return self.http.post(path, json=body, headers={"Authorization": f"Bearer {key}"})


def patient(key: str | None = KEY) -> Guard:
    return Guard(
        hashed(key) if key else None,
        writes=Limiter(PATIENT, PATIENT),
        questions=Limiter(PATIENT, PATIENT),
    )


@contextmanager
def serving(world: World, guard: Guard, dagster: str = NOWHERE) -> Generator[Api]:
    """The API of a world while inside."""
    at = desk({world.domain.name: world.domain}, world.url, dagster, guard)
    port = free_port(48_600)
    config = uvicorn.Config(application(at), port=port, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as http:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield Api(http, world)
        finally:
            server.should_exit = True
            thread.join()
            at.close()


@contextmanager
def copied(server: Server, built: str, folder: Path) -> Generator[World]:
    """A copy of the built world, on the morning after its last day."""
    name = f"{built}_api_{os.getpid()}_{abs(hash(str(folder)))}"
    names = [sql.Identifier(name), sql.Identifier(built)]
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("create database {} template {}").format(*names))
        with pytest.MonkeyPatch.context() as patch, dg.DagsterInstance.ephemeral() as instance:
            patch.setenv("SEONGSU_NOW", NOW)
            yield World(small_domain(folder), server.url(name), folder, instance)
        admin.execute(sql.SQL("drop database {} with (force)").format(names[0]))


@pytest.fixture(scope="module")
def api(server: Server, built: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API of a world that no test changes, with a key and without patience's end."""
    folder = tmp_path_factory.mktemp("api")
    with copied(server, built, folder) as world, serving(world, patient()) as found:
        yield found
