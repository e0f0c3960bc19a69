"""A warehouse of an earlier version goes on with its data.
What each table holds is asked elsewhere."""

from datetime import date
from importlib import resources

import psycopg
import pytest
from psycopg import sql

from seongsu_assets import settlement
from seongsu_assets.domain import Window
from seongsu_assets.warehouse import observations, verdicts
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import Connection, connect

DAY = date(2025, 3, 4)


def apply_up_to(conn: Connection, last: str) -> None:
    """The migrations as they were when `last` was the newest."""
    folder = resources.files("seongsu_assets.warehouse") / "migrations"
    conn.execute("create table if not exists public.migration (name text primary key)")
    for script in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if script.name.endswith(".sql") and script.name <= last:
            conn.execute(script.read_bytes())
            conn.execute("insert into public.migration values (%s)", (script.name,))


def fill(conn: Connection) -> None:
    """One settled day, as the first version wrote it."""
    conn.execute(
        """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
           values ('seongsu', 'files', 'a.csv', 'x', '', now());
           insert into warehouse.payload_read values (1, 2, 0, now());
           insert into warehouse.arrival
             (dataset, business_date, grain, payload_id, content_sha, accepted, audited_at)
           values ('seongsu', '2025-03-04', 'hourly', 1, 'y', true, now());
           insert into warehouse.arrival_row values (1, 'boarding', 8, 1200, 'row 2');
           insert into warehouse.observation values
             ('seongsu', 'boarding', '2025-03-04', 8, 1, now(), 1200, 1, now(), null);
           insert into warehouse.settlement values ('seongsu', '2025-03-04', 1, 7);"""
    )


@pytest.fixture
def old(server: Server, worker_id: str) -> str:
    name = f"old_{worker_id}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        identifier = sql.Identifier(name)
        admin.execute(sql.SQL("drop database if exists {} with (force)").format(identifier))
    server.ensure_database(name)
    return server.url(name)


def test_a_warehouse_of_the_first_version_keeps_its_days_and_needs_no_settling(old: str) -> None:
    window = Window(DAY, DAY)
    with connect(old) as conn:
        apply_up_to(conn, "005_published.sql")
        fill(conn)
        assert migrate(conn)[0] == "006_outside.sql"
        assert migrate(conn) == []
        assert observations.read(conn, "seongsu").value.tolist() == [1200.0]
        assert settlement.unsettled(conn, "seongsu") == []
        assert verdicts.versions(conn, "seongsu", window).source.tolist() == ["files"]
        with pytest.raises(psycopg.errors.RestrictViolation, match="append only"):
            conn.execute("update warehouse.arrival set accepted = false")
