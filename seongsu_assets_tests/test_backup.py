"""A backup of a platform at work, and a platform from the backup alone: the same to the row.
What is refused is in `test_backup_refusals`; the drill on real files is `proof_restore`."""

import shutil
import signal
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from seongsu_assets.assets import recorded, reproducing
from seongsu_assets.backup import dumping, manifest, restoring, writing
from seongsu_assets.backup.holdings import WAREHOUSE, Holdings
from seongsu_assets.domain import Window
from seongsu_assets.errors import WarehouseError
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import datasets, forecasts, migrating
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import Connection, connect, frame
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.commands import commands
from seongsu_assets_tests.dumping import dumped
from seongsu_assets_tests.elsewhere import keeps_elsewhere, workplace
from seongsu_assets_tests.kept import killed, platform, use
from seongsu_assets_tests.world import World

NOW = datetime(2025, 6, 16, tzinfo=UTC)
#: Who may do what with each table and view, and by which rules.
RIGHTS = """
select relname, relkind, relacl::text, relrowsecurity, reloptions::text, attacls, policies
from pg_class c
left join lateral (select string_agg(attname || attacl::text, ' ' order by attname) as attacls
                   from pg_attribute where attrelid = c.oid and attacl is not null) a on true
left join lateral (select string_agg(polname || polcmd::text || polroles::regrole[]::text
                                     || coalesce(pg_get_expr(polqual, c.oid), ''), ' '
                                     order by polname) as policies
                   from pg_policy where polrelid = c.oid) p on true
where relnamespace in ('warehouse'::regnamespace, 'published'::regnamespace)
order by relnamespace::regnamespace::text, relname
"""


@pytest.fixture
def full(server: Server, world: World, tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    """The built world as a platform that has worked for a while."""
    if not keeps_elsewhere():
        (left,) = tmp_path_factory.getbasetemp().glob("built[0-9]*/snapshots")
        shutil.copytree(left, world.folder / "snapshots")
    snapshots = workplace(world.folder).artefacts("snapshots")
    held = platform(server, world.folder, world.url, snapshots)
    use(held)
    return held


@pytest.fixture
def small(server: Server, warehouse_url: str, tmp_path: Path) -> Holdings:
    """A platform that has worked, with an empty warehouse."""
    held = platform(server, tmp_path / "small", warehouse_url)
    use(held)
    return held


@pytest.fixture
def empty(server: Server, another_url: str, tmp_path: Path) -> Holdings:
    """Where nothing is held yet."""
    return platform(server, tmp_path / "empty", another_url)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(query).fetchall()  # type: ignore[arg-type]


def test_a_platform_is_restored_from_its_backup_alone(
    full: Holdings, empty: Holdings, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = writing.write(tmp_path / "backup", full, NOW)
    assert told.missing == []
    assert told.databases["dagster"].tables["public.runs"].rows == 50
    before, rights = dumped(world.url), rows(world.url, RIGHTS)
    restored = empty.databases[WAREHOUSE]
    assert restoring.restore(tmp_path / "backup", empty, NOW) == told

    assert dumped(restored) == before
    assert rows(restored, RIGHTS) == rights
    assert rows(empty.databases["mlflow"], "select artifact_location from experiments") == [
        ((empty.root / "mlflow" / "seongsu").as_uri(),)
    ]
    assert empty.places["mlflow"].read("seongsu/1/model/booster.txt") == b"tree"
    assert empty.places["inbox"].names() == ["seongsu/dropped.csv"]
    assert empty.places["live"].names() == ["coin/20250616T06.open"]

    with connect(world.url) as old, connect(restored) as new:
        record = recorded.read(new, newest(new))
        assert forecasts.read(new, newest(old)).equals(forecasts.read(old, newest(old)))
    held = Store(empty.places["snapshots"])
    assert all(finding.holds for finding in reproducing.reproduce(record, held))
    goes_on(replace(world, url=restored), monkeypatch)


def newest(conn: Connection) -> str:
    issue_id = forecasts.newest(conn, "seongsu@sample")
    assert issue_id is not None
    return issue_id


def goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next morning is as any other: its data comes in and a forecast is published."""
    monkeypatch.setenv("SEONGSU_NOW", "2025-06-17T07:00:00+09:00")
    day = LAST + timedelta(days=1)
    pipeline = world.pipeline(day)
    pipeline.stage("ingest", Window(day, day))
    pipeline.prepare()
    pipeline.stage("forecast", Window(day, day))
    pipeline.stage("publish")
    with connect(world.url) as conn:
        issue_id = forecasts.published(conn, datasets.active(conn, world.domain))
        assert forecasts.read(conn, str(issue_id)).origin.iloc[0].date() == day


def test_a_stranger_reads_what_is_published_and_nothing_else_after_a_restore(
    full: Holdings, empty: Holdings, world: World, tmp_path: Path
) -> None:
    writing.write(tmp_path / "backup", full, NOW)
    restoring.restore(tmp_path / "backup", empty, NOW)
    (expected,) = rows(world.url, "select count(*) from published.forecast")
    with connect(empty.databases[WAREHOUSE]) as conn:
        conn.execute("set role anon")
        assert conn.execute("select count(*) from published.forecast").fetchone() == expected
        assert expected > (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("select 1 from warehouse.payload")
        conn.execute("set role seongsu_writer")
        with pytest.raises(psycopg.errors.RestrictViolation, match="append only"):
            conn.execute("delete from warehouse.score")


def test_a_backup_is_of_one_instant_whatever_is_written_meanwhile(
    small: Holdings, empty: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = dumping.dump

    def meanwhile(*args: Any, **rest: Any) -> None:
        with connect(small.databases[WAREHOUSE]) as conn:
            conn.execute("insert into warehouse.heartbeat values (%s, now(), '')", (str(args[3]),))
        really(*args, **rest)

    monkeypatch.setattr(dumping, "dump", meanwhile)
    told = writing.write(tmp_path / "backup", small, NOW)
    assert told.databases[WAREHOUSE].tables["warehouse.heartbeat"].rows == 0
    restoring.restore(tmp_path / "backup", empty, NOW)
    assert rows(small.databases[WAREHOUSE], "select count(*) from warehouse.heartbeat") == [(3,)]


def test_a_backup_is_for_nobody_elses_eyes_and_no_command_line_has_a_password(
    small: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, really = list[str](), subprocess.run

    def listened(command: list[str], **rest: Any) -> Any:
        said.extend(map(str, command))
        return really(command, **rest)

    monkeypatch.setattr(subprocess, "run", listened)
    writing.write(tmp_path / "backup", small, NOW)
    assert any("--snapshot" in word for word in said)
    secrets = [url.partition("@")[0].rpartition(":")[2] for url in small.databases.values()]
    assert not any(secret in word for secret in secrets for word in said)
    modes = {p.is_dir(): p.stat().st_mode & 0o777 for p in (tmp_path / "backup").rglob("*")}
    assert modes == {True: 0o700, False: 0o600}
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o700


def test_a_file_that_was_read_is_in_the_tables_and_not_again_in_the_files(
    small: Holdings, tmp_path: Path
) -> None:
    with connect(small.databases[WAREHOUSE]) as conn:
        conn.execute(
            """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
               select 'seongsu', 'files', 'dropped.csv', encode(sha256(b), 'hex'), b, now()
               from (values ('not read yet'::bytea)) said (b)"""
        )
        first = writing.write(tmp_path / "unread", small, NOW)
        conn.execute("insert into warehouse.payload_read values (1, 0, 0, now())")
        second = writing.write(tmp_path / "read", small, NOW)
    assert set(first.files) - set(second.files) == {"inbox/seongsu/dropped.csv"}


def test_a_backup_that_is_killed_leaves_nothing_under_its_name_and_the_next_clears_it_away(
    small: Holdings, tmp_path: Path
) -> None:
    there = tmp_path / "backups"
    assert killed("backup", there / "backup", small) == -signal.SIGKILL
    [left] = there.iterdir()
    assert left.name != "backup"
    writing.write(there / "backup", small, NOW)
    assert [path.name for path in there.iterdir()] == ["backup"]
    manifest.load(there / "backup").verify(there / "backup")


def test_a_restore_that_is_killed_is_taken_for_whole_by_nobody_and_the_next_begins_anew(
    small: Holdings, empty: Holdings, tmp_path: Path
) -> None:
    told = writing.write(tmp_path / "backup", small, NOW)
    assert killed("restore", tmp_path / "backup", empty) == -signal.SIGKILL
    with (
        connect(empty.databases[WAREHOUSE]) as conn,
        pytest.raises(WarehouseError, match=r"not finished: backup.* -> .*seongsu restore"),
    ):
        migrating.migrate(conn)
    assert restoring.restore(tmp_path / "backup", empty, NOW) == told
    with connect(empty.databases[WAREHOUSE]) as conn:
        assert migrating.migrate(conn) == []
    assert len(rows(empty.databases["dagster"].replace("+psycopg2", ""), "table runs")) == 50


def test_tables_of_an_earlier_release_are_brought_forward(
    small: Holdings, empty: Holdings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing.write(tmp_path / "backup", small, NOW)
    later = tmp_path / "999_later.sql"
    later.write_text("create table warehouse.later (id int);")
    known = migrating.scripts()
    monkeypatch.setattr(migrating, "scripts", lambda: [*known, later])
    restoring.restore(tmp_path / "backup", empty, NOW)
    with connect(empty.databases[WAREHOUSE]) as conn:
        assert frame(conn, "table warehouse.later").empty
        assert migrating.applied_to(conn)[-1] == "999"


def test_the_commands_back_up_one_home_and_restore_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with commands(tmp_path / "one") as run:
        made = run(capsys, "backup", tmp_path / "backup")
        assert (made.code, "keep it where nobody else reads" in made.err) == (0, True)
        again = run(capsys, "backup", tmp_path / "backup")
        assert (again.code, "is there already" in again.err) == (1, True)
    with commands(tmp_path / "two") as run:
        done = run(capsys, "restore", tmp_path / "backup")
        assert (done.code, "equal to the backup" in done.err) == (0, True), done.err
