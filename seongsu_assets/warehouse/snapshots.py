"""What each model and each issue was made from: the recipe, the software, and the snapshots.
The frames themselves are files; see `seongsu_assets.snapshots`."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb

from seongsu_assets.errors import ModelError
from seongsu_assets.snapshots import Snapshot
from seongsu_assets.warehouse.postgres import Connection, connect, lock

#: Held shared by whoever keeps snapshots or counts on them, alone by whoever lets them go.
LOCK = "snapshots"
#: Whose sources are in which table, and the kinds of frames it names.
_TABLES = {
    "model": ("model_source", ("features", "observations")),
    "issue": ("issue_source", ("features", "observations", "calendar")),
}


@dataclass(frozen=True)
class Sources:
    """What something was made from. `frames` are addresses by kind."""

    recipe: dict[str, Any]
    software: dict[str, str]
    frames: dict[str, str]


def keep(
    conn: Connection,
    what: str,
    name: str,
    *,
    recipe: Mapping[str, Any],
    software: Mapping[str, str],
    frames: Mapping[str, Snapshot],
    now: datetime,
) -> None:
    """Note the sources of a `model` or an `issue`; of one that has sources nothing changes. The
    frames were put into the store under LOCK, which the transaction still holds."""
    table, kinds = _TABLES[what]
    for kind, snapshot in frames.items():
        conn.execute(
            """insert into warehouse.snapshot values (%s, %s, %s, %s, %s, %s)
               on conflict (sha256) do update set swept_at = null, freed_at = null
               where snapshot.swept_at is not null""",
            (snapshot.sha256, kind, snapshot.path, snapshot.rows, snapshot.bytes, now),
        )
    addresses = [frames[kind].sha256 if kind in frames else None for kind in kinds]
    values: list[Any] = [name, Jsonb(dict(recipe)), Jsonb(dict(software)), *addresses]
    conn.execute(
        sql.SQL("insert into {} values ({}) on conflict do nothing").format(
            sql.Identifier("warehouse", table),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        ),
        values,
    )


def read(conn: Connection, what: str, name: str) -> Sources | None:
    """The sources of a `model` or an `issue`; None of one from before they were noted."""
    table, kinds = _TABLES[what]
    row = conn.execute(
        sql.SQL("select recipe, software, {} from {} where {} = %s").format(
            sql.SQL(", ").join(map(sql.Identifier, kinds)),
            sql.Identifier("warehouse", table),
            sql.Identifier(f"{what}_id"),
        ),
        (name,),
    ).fetchone()
    if row is None:
        return None
    recipe, software, *addresses = row
    return Sources(
        recipe, software, {k: a for k, a in zip(kinds, addresses, strict=True) if a is not None}
    )


@contextmanager
def still(url: str) -> Generator[None]:
    """Nothing is swept meanwhile."""
    with connect(url) as conn, conn.transaction():
        conn.execute("set local idle_in_transaction_session_timeout = 0")
        lock(conn, LOCK, shared=True)
        yield


def paths(conn: Connection) -> list[str]:
    """Where every snapshot is that was not swept, below the store."""
    query = "select path from warehouse.snapshot where swept_at is null order by path"
    return [path for (path,) in conn.execute(query)]


def find(conn: Connection, start: str) -> str:
    """The id of the only issue that begins so. Raises ModelError when there is none, or more."""
    found = [
        issue_id
        for (issue_id,) in conn.execute(
            "select issue_id from warehouse.issue where starts_with(issue_id, %s) limit 2", (start,)
        )
    ]
    return only(found, start)


def only(found: Sequence[str], start: str) -> str:
    """The one that was found by its beginning."""
    if len(found) == 1 and start:
        return found[0]
    many = "more than one forecast begins" if found else "no forecast begins"
    raise ModelError(f"{many} with {start!r}", remedy="see `issue_id` in published.forecast_log")
