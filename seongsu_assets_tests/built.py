"""A world that has run once on generated data, built once per session and copied for each test.
No assertion is made here."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import psycopg
import pytest
from psycopg import sql

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.world import World, small_domain

#: The last complete day of the built world; the clock stands on the morning after.
LAST = date(2025, 6, 15)
NOW = "2025-06-16T07:00:00+09:00"
HISTORY = 200


@pytest.fixture(scope="session")
def built(server: Server, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The name of a database in which the small domain has run once, up to LAST."""
    name = f"built_{worker_id}"
    server.ensure_database(name)
    with connect(server.url(name)) as conn:
        migrate(conn)
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch, dg.DagsterInstance.ephemeral() as instance:
        patch.setenv("SEONGSU_NOW", NOW)
        world = World(small_domain(folder), server.url(name), folder, instance)
        pipeline = world.pipeline(LAST)
        pipeline.backfill(Window(LAST - timedelta(days=HISTORY - 1), LAST))
        pipeline.run()
    return name


@pytest.fixture
def world(
    server: Server, built: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """A copy of the built world, on the morning after LAST."""
    monkeypatch.setenv("SEONGSU_NOW", NOW)
    name = f"{built}_{abs(hash(str(tmp_path)))}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        names = [sql.Identifier(name), sql.Identifier(built)]
        admin.execute(sql.SQL("create database {} template {}").format(*names))
        with dg.DagsterInstance.ephemeral() as instance:
            yield World(small_domain(tmp_path), server.url(name), tmp_path, instance)
        admin.execute(sql.SQL("drop database {} with (force)").format(names[0]))
