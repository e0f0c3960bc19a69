"""One backup of a platform at work: written aside, made safe on the disk, and only then named.
What it must hold is in `holdings`, what it says of itself in `manifest`."""

import fcntl
import os
import shutil
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from tempfile import mkdtemp

from seongsu_assets.artefacts import Folder, Place, settle
from seongsu_assets.backup import dumping, tables
from seongsu_assets.backup.holdings import ARTEFACTS, SCHEMAS, WAREHOUSE, Holdings
from seongsu_assets.backup.manifest import Database, File, Manifest
from seongsu_assets.errors import BackupError
from seongsu_assets.warehouse import databases, migrating, snapshots
from seongsu_assets.warehouse.postgres import Connection, connect

_ASIDE = ".seongsu-backup-"


@dataclass(frozen=True)
class _View:
    """A database as it was at one instant, for as long as this is held."""

    conn: Connection
    address: str
    snapshot: str


def write(target: Path, held: Holdings, now: datetime) -> Manifest:
    """Back up to the folder `target`, which must not be there yet. Nobody has to stop for it.

    Each database is of one instant, all of them and the files of the same seconds. Raises
    BackupError; then, and after a kill, `target` is not there."""
    if target.exists():
        raise BackupError(f"{target} is there already", remedy="name another; none is overwritten")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _private(), _aside(target.parent) as part:
        told = _fill(part, held, now)
        told.write(part)
        for folder in [part, *(path for path in part.rglob("*") if path.is_dir())]:
            settle(folder)
        part.rename(target)
        settle(target.parent)
    return told


@contextmanager
def _private() -> Generator[None]:
    """What is written meanwhile is for this user alone: a backup holds what arrived, whole."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _aside(parent: Path) -> Generator[Path]:
    """A folder beside the last one, locked while this process lives; what killed ones left goes."""
    for left in parent.glob(f"{_ASIDE}*"):
        with suppress(FileNotFoundError), _locked(left):
            shutil.rmtree(left, ignore_errors=True)
    part = Path(mkdtemp(prefix=_ASIDE, dir=parent))
    try:
        with _locked(part):
            yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    """Raises FileNotFoundError when somebody else has it, or it is gone."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise FileNotFoundError from None
    finally:
        os.close(handle)


def _fill(part: Path, held: Holdings, now: datetime) -> Manifest:
    live = _still(held.places["live"])  # before the tables: what is taken in meanwhile is in both
    with ExitStack() as stack:
        stack.enter_context(snapshots.still(held.databases[WAREHOUSE]))
        views = {
            name: stack.enter_context(_seen(address)) for name, address in held.databases.items()
        }
        databases = {name: _dump(part, name, view) for name, view in views.items()}
        warehouse = views[WAREHOUSE].conn
        migrations = migrating.applied_to(warehouse)
        missing = _copy(part, held, "snapshots", snapshots.paths(warehouse))
        _copy(part, held, "mlflow", held.places["mlflow"].names())
        _copy(part, held, "inbox", _unread(warehouse, held.places["inbox"]))
        for name, body in live.items():
            Folder(part / "live").write(name, body)
    found = (path for path in part.rglob("*") if path.is_file())
    return Manifest(
        made_at=now.isoformat(),
        release=metadata.version("daily-seongsu"),
        migrations=migrations,
        places={name: held.places[name].where("") for name in ARTEFACTS},
        databases=databases,
        files={str(path.relative_to(part)): File.of(path) for path in sorted(found)},
        missing=missing,
    )


@contextmanager
def _seen(address: str) -> Generator[_View]:
    with connect(databases.plain(address)) as conn:
        conn.execute("set idle_in_transaction_session_timeout = 0")
        conn.execute("begin isolation level repeatable read, read only")
        (snapshot,) = conn.execute("select pg_export_snapshot()").fetchone() or ("",)
        yield _View(conn, address, snapshot)


def _dump(part: Path, name: str, view: _View) -> Database:
    file, major = f"databases/{name}.dump", dumping.server(view.conn)
    (part / file).parent.mkdir(exist_ok=True)
    dumping.dump(view.address, SCHEMAS[name], view.snapshot, part / file, major=major)
    return Database(file, major, tables.told(view.conn, SCHEMAS[name]))


def _copy(part: Path, held: Holdings, name: str, wanted: Iterable[str]) -> list[str]:
    """Copy files of a place; those that are not there."""
    missing: list[str] = []
    for each in wanted:
        body = held.places[name].read(each)
        if body is None:
            missing.append(each)
        else:
            Folder(part / name).write(each, body)
    return missing


def _unread(conn: Connection, inbox: Place) -> Generator[str]:
    """Dropped files that the warehouse does not hold yet."""
    query = """select sha256 from warehouse.payload p
               where exists (select from warehouse.payload_read r where r.payload_id = p.id)"""
    known = {sha for (sha,) in conn.execute(query)}
    for name in inbox.names():
        body = inbox.read(name)
        if body is not None and sha256(body).hexdigest() not in known:
            yield name


def _still(tape: Place) -> dict[str, bytes]:
    """The tapes, but for their locks. A tape changes its name when its hour ends; then all are
    read again, for none may be missing, or there twice."""
    while True:
        names = [name for name in tape.names() if Path(name).name != "lock"]
        bodies = {name: body for name in names if (body := tape.read(name)) is not None}
        if len(bodies) == len(names) and set(tape.names()) >= set(names):
            return bodies
