"""A platform from a backup alone, where nothing is held: verified to the row and byte, or refused.
How a backup is checked is in `manifest`; what may stand here already, in `room`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from psycopg import sql

from seongsu_assets.backup import dumping, manifest, moving, room, tables
from seongsu_assets.backup.holdings import SCHEMAS, WAREHOUSE, Holdings
from seongsu_assets.backup.manifest import Database, Manifest
from seongsu_assets.errors import BackupError
from seongsu_assets.warehouse import databases, migrating, unfinished
from seongsu_assets.warehouse.postgres import Connection, connect


def restore(source: Path, held: Holdings, now: datetime) -> Manifest:
    """All that the backup holds, into places that hold nothing, then on to this release's tables.

    Raises BackupError where anything is held, or the backup is not what was written. What a kill
    cuts short nobody takes for whole: the next restore begins anew."""
    told = manifest.load(source)
    told.verify(source)
    room.refuse_later(told)
    with room.services_are_down(held.root), connect(held.databases[WAREHOUSE]) as conn:
        # Everybody else waits for the end in `migrate`, which takes the same lock.
        conn.execute("select pg_advisory_lock(%s)", (migrating.LOCK,))
        room.refuse_earlier_server(told, held)
        room.refuse_other_files(told, held, _placed(told, held))
        if unfinished.found(conn) is None:
            room.refuse_filled(held)
            migrating.migrate(conn)  # makes the roles: they are the server's, and in no dump
        unfinished.begin(conn, source.name, now)
        _put_files(told, source, held)
        for name in SCHEMAS:
            _put_tables(told.databases[name], source, held.databases[name], SCHEMAS[name])
        migrating.forget(conn, told.migrations)
        with connect(databases.plain(held.databases["mlflow"])) as records:
            moving.move(records, told.places, held.places)
        unfinished.end(conn)
        migrating.migrate(conn)
    return told


def _placed(told: Manifest, held: Holdings) -> Iterator[tuple[str, str, str]]:
    """(place, name in it, file of the backup) of what goes to a place."""
    for file in told.files:
        place, _, name = file.partition("/")
        if place in held.places:
            yield place, name, file


def _put_files(told: Manifest, source: Path, held: Holdings) -> None:
    for place, name, file in _placed(told, held):
        held.places[place].write(name, (source / file).read_bytes())
        body = held.places[place].read(name) or b""
        if sha256(body).hexdigest() != told.files[file].sha256:
            raise BackupError(
                f"{held.places[place].where(name)} is not what was written",
                remedy="look at the disk, then run the same again",
            )


def _put_tables(told: Database, source: Path, address: str, schemas: Sequence[str]) -> None:
    address = databases.plain(address)
    with connect(address) as conn:
        _empty(conn, schemas)
        dumping.restore(address, schemas, source / told.file, major=dumping.server(conn))
        found = tables.told(conn, schemas)
    if wrong := [
        name for name in {**told.tables, **found} if told.tables.get(name) != found.get(name)
    ]:
        raise BackupError(
            f"restored, but not equal to what was backed up: {', '.join(wrong)}",
            remedy="restore into another, empty place; then say what this server is",
        )


def _empty(conn: Connection, schemas: Sequence[str]) -> None:
    """Without what migrations and an earlier attempt made."""
    for schema in schemas:
        named = sql.Identifier(schema)
        conn.execute(sql.SQL("drop schema if exists {} cascade").format(named))
        if schema == "public":
            conn.execute(sql.SQL("create schema {}").format(named))
