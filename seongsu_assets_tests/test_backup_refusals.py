"""What a restore refuses, before it has changed anything, and what to do then.
What it does when nothing is wrong is in `test_backup`."""

import fcntl
import json
import os
from pathlib import Path

import psycopg
import pytest

from seongsu_assets.backup import dumping, manifest, restoring, writing
from seongsu_assets.backup.holdings import WAREHOUSE, Holdings
from seongsu_assets.errors import BackupError
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.dumping import dumped
from seongsu_assets_tests.test_backup import NOW, empty, small

__all__ = ["empty", "small"]  # fixtures


@pytest.fixture
def backup(small: Holdings, tmp_path: Path) -> Path:
    writing.write(tmp_path / "backup", small, NOW)
    return tmp_path / "backup"


def refused(backup: Path, held: Holdings, why: str) -> None:
    """The restore is refused for this reason, and the place is as it was."""
    before = dumped(held.databases[WAREHOUSE]), sorted(held.root.rglob("*"))
    with pytest.raises(BackupError, match=why) as error:
        restoring.restore(backup, held, NOW)
    assert error.value.remedy
    lock = held.root / "services.lock"
    after = sorted(path for path in held.root.rglob("*") if path != lock)
    assert (dumped(held.databases[WAREHOUSE]), after) == (
        before[0],
        [path for path in before[1] if path != lock],
    )


def change(backup: Path, **values: object) -> None:
    """The manifest says something else, under a hash that fits."""
    path = backup / manifest.NAME
    told = json.loads(path.read_text())["backup"] | values
    path.write_text(json.dumps({"sha256": manifest._digest(told), "backup": told}))


def test_a_backup_that_is_damaged_or_torn_is_refused_and_the_file_is_named(
    backup: Path, empty: Holdings
) -> None:
    dump = backup / "databases" / "seongsu.dump"
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    refused(backup, empty, "seongsu.dump is damaged")
    dump.unlink()
    refused(backup, empty, "seongsu.dump is missing")
    dump.write_bytes(whole)
    path = backup / manifest.NAME
    said = path.read_text()
    path.write_text(said.replace('"rows": 50', '"rows": 51'))
    refused(backup, empty, "manifest.json is damaged: its hash")
    for torn in (said[: len(said) // 2], "", "[]"):
        path.write_text(torn)
        refused(backup, empty, "manifest.json is damaged")
    path.unlink()
    refused(backup, empty, "is no backup")
    refused(backup.parent / "nowhere", empty, "is no backup")


def test_a_backup_of_a_later_release_is_refused(backup: Path, empty: Holdings) -> None:
    known = json.loads((backup / manifest.NAME).read_text())["backup"]["migrations"]
    change(backup, migrations=[*known, "999"], release="9.9.9")
    refused(backup, empty, r"release 9\.9\.9, which has the migrations 999")
    change(backup, format=2)
    refused(backup, empty, "of a later release")


def test_a_name_that_leads_out_of_the_backup_is_refused(backup: Path, empty: Holdings) -> None:
    for name in ("inbox/../../../etc/passwd", "/etc/passwd"):
        change(backup, files={name: {"sha256": "0", "bytes": 1}})
        refused(backup, empty, "leads out of the backup")


def test_nothing_is_restored_over_what_is_held(backup: Path, empty: Holdings) -> None:
    empty.places["inbox"].write("seongsu/dropped.csv", b"another")
    refused(backup, empty, "dropped.csv is there already, and is another file")
    empty.places["inbox"].remove("seongsu/dropped.csv")
    with connect(empty.databases[WAREHOUSE]) as conn:
        conn.execute("insert into warehouse.heartbeat values ('watch', now(), '')")
        refused(backup, empty, "`seongsu` holds something: warehouse.heartbeat")
        conn.execute("delete from warehouse.heartbeat")
    with psycopg.connect(empty.databases["mlflow"], autocommit=True) as conn:
        conn.execute("create table runs (id int); insert into runs values (1)")
        refused(backup, empty, r"`mlflow` holds something: public\.runs")
        conn.execute("truncate runs")
    restoring.restore(backup, empty, NOW)
    refused(backup, empty, "holds something")


def test_nothing_is_restored_under_services_that_are_up(backup: Path, empty: Holdings) -> None:
    empty.root.mkdir(exist_ok=True)
    with (empty.root / "services.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(backup, empty, "the services of .* are up -> stop them")


def test_a_server_older_than_the_backups_is_refused(
    backup: Path, empty: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumping, "server", lambda _: 16)
    refused(backup, empty, r"came from PostgreSQL 18, .* is 16 -> .*PostgreSQL 18 or later")


def test_a_server_later_than_the_bundled_programs_needs_its_own_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BackupError, match="install postgresql-client-99"):
        dumping.tool("pg_dump", 99)
    own = tmp_path / "pg_dump"
    own.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 99.1'\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert dumping.tool("pg_dump", 99) == own
    assert dumping.tool("pg_dump", 18) != own


def test_what_was_not_restored_equal_is_told_and_not_used(backup: Path, empty: Holdings) -> None:
    databases = json.loads((backup / manifest.NAME).read_text())["backup"]["databases"]
    databases["dagster"]["tables"]["public.runs"]["rows"] = 51
    change(backup, databases=databases)
    with pytest.raises(BackupError, match=r"not equal .*: public\.runs"):
        restoring.restore(backup, empty, NOW)
    with connect(empty.databases[WAREHOUSE]) as conn:
        assert conn.execute("select to_regnamespace('seongsu_restoring')").fetchone() != (None,)


def test_no_backup_is_written_over_another(backup: Path, small: Holdings) -> None:
    with pytest.raises(BackupError, match="is there already -> name another"):
        writing.write(backup, small, NOW)


def test_a_backup_says_which_snapshots_were_lost_before(small: Holdings, tmp_path: Path) -> None:
    with connect(small.databases[WAREHOUSE]) as conn:
        conn.execute(
            """insert into warehouse.snapshot
               values (repeat('a', 64), 'features', 'a/b', 1, 1, now())"""
        )
    assert writing.write(tmp_path / "backup", small, NOW).missing == ["a/b"]
