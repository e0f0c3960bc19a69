"""Whether there is room for a backup: nothing is held here, nobody works here, and it fits.
Nothing is changed here."""

import fcntl
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from seongsu_assets import guard
from seongsu_assets.backup import dumping, tables
from seongsu_assets.backup.holdings import SCHEMAS, WAREHOUSE, Holdings
from seongsu_assets.backup.manifest import Manifest
from seongsu_assets.errors import BackupError
from seongsu_assets.warehouse import databases, migrating
from seongsu_assets.warehouse.postgres import connect

_RUNS = "public.runs"
_ELSEWHERE = (
    "restore into an empty SEONGSU_HOME or an empty DATABASE_URL; what is here can be moved away"
)


@contextmanager
def services_are_down(root: Path) -> Generator[None]:
    """Keep the services of a home down. Raises BackupError when they are up."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "services.lock").open("a") as held:
        if not guard.lock(held, fcntl.LOCK_EX):
            raise BackupError(
                f"the services of {root} are up", remedy="stop them with Ctrl-C where they run"
            )
        yield


def refuse_later(told: Manifest) -> None:
    """Raises BackupError for a backup with tables that this release does not know."""
    known = {script.name.partition("_")[0] for script in migrating.scripts()}
    if later := sorted(set(told.migrations) - known):
        raise BackupError(
            f"the backup is of release {told.release}, which has the migrations "
            f"{', '.join(later)} that this one has not",
            remedy="restore it with that release, or a later one",
        )


def refuse_earlier_server(told: Manifest, held: Holdings) -> None:
    """Raises BackupError for a server that is older than the one the backup came from."""
    for name, database in told.databases.items():
        with connect(databases.plain(held.databases[name])) as conn:
            major, least = dumping.server(conn), max(database.server, dumping.OLDEST)
        if major < least:
            raise BackupError(
                f"the backup came from PostgreSQL {database.server}, the server of `{name}` here "
                f"is {major}",
                remedy=f"restore into PostgreSQL {least} or later",
            )


def refuse_filled(held: Holdings) -> None:
    """Raises BackupError where a table of the warehouse has a row, or another's records a run:
    Dagster and MLflow write of themselves into their tables as soon as these are made."""
    for name, schemas in SCHEMAS.items():
        with connect(databases.plain(held.databases[name])) as conn:
            found = tables.filled(conn, schemas)
        if found if name == WAREHOUSE else _RUNS in found:
            raise BackupError(
                f"the database `{name}` holds something: {', '.join(found[:3])}", remedy=_ELSEWHERE
            )


def refuse_other_files(
    told: Manifest, held: Holdings, placed: Iterable[tuple[str, str, str]]
) -> None:
    """Raises BackupError where a (place, name, file of the backup) has other bytes already."""
    for place, name, file in placed:
        body = held.places[place].read(name)
        if body is not None and sha256(body).hexdigest() != told.files[file].sha256:
            raise BackupError(
                f"{held.places[place].where(name)} is there already, and is another file",
                remedy=_ELSEWHERE,
            )
