"""Platforms to back up and empty ones to restore to, on the session's server.
No assertion is made here."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from seongsu_assets.artefacts import Folder, Place
from seongsu_assets.backup import holdings
from seongsu_assets.backup.holdings import Holdings
from seongsu_assets.warehouse.embedded import Server


def platform(
    server: Server, root: Path, warehouse: str, snapshots: Place | None = None
) -> Holdings:
    """A home at `root` on this warehouse, with empty databases for Dagster and MLflow. They go with
    the session's server: each drop would wait for a checkpoint."""
    made = {name: f"{name}_{uuid4().hex}" for name in ("dagster", "mlflow")}
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        for name in made.values():
            admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    addresses = {name: server.url(database) for name, database in made.items()}
    addresses["dagster"] = addresses["dagster"].replace("://", "+psycopg2://")
    artefacts = {
        "snapshots": snapshots or Folder(root / "snapshots"),
        "mlflow": Folder(root / "mlflow"),
    }
    return holdings.of(root, addresses | {holdings.WAREHOUSE: warehouse}, artefacts)


def use(held: Holdings) -> None:
    """What a day of work leaves beside the warehouse: records, files of MLflow, an unread file and
    a tape that is still written."""
    where = Path(held.places["mlflow"].where("seongsu")).as_uri()
    with psycopg.connect(held.databases["mlflow"]) as conn:
        conn.execute("create table experiments (id serial primary key, artifact_location text)")
        conn.execute("insert into experiments (artifact_location) values (%s)", (where,))
    with psycopg.connect(held.databases["dagster"].replace("+psycopg2", "")) as conn:
        conn.execute("create table runs (id serial primary key, body text)")
        conn.execute("insert into runs (body) select 'run ' || n from generate_series(1, 50) n")
    held.places["mlflow"].write("seongsu/1/model/booster.txt", b"tree")
    held.places["inbox"].write("seongsu/dropped.csv", b"not read yet")
    held.places["live"].write("coin/20250616T06.open", b"heard\n")
    held.places["live"].write("coin/lock", b"")


_DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from seongsu_assets.artefacts import Folder
from seongsu_assets.backup import holdings, moving, restoring, writing
from seongsu_assets.backup.manifest import Manifest

work, folder, root, *addresses = sys.argv[1:]
databases = dict(zip(("dagster", "mlflow", "seongsu"), addresses))
places = {name: Folder(Path(root) / name) for name in holdings.ARTEFACTS}
held = holdings.of(Path(root), databases, places)
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Manifest.write, moving.move = die, die
(writing.write if work == "backup" else restoring.restore)(Path(folder), held, datetime.now(UTC))
"""


def killed(work: str, folder: Path, held: Holdings) -> int:
    """A process that is killed after all was dumped, or after all was restored and before anybody
    says so: its exit code."""
    names = ("dagster", "mlflow", holdings.WAREHOUSE)
    words = [work, str(folder), str(held.root), *(held.databases[name] for name in names)]
    done = subprocess.run([sys.executable, "-c", _DYING, *words], check=False, timeout=60)
    return done.returncode
