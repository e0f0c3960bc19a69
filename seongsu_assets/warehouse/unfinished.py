"""The mark of a restore that has not ended: while it stands, the warehouse is nobody's to use.
How one is restored is in `backup`."""

from datetime import datetime

from psycopg import sql

from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse.postgres import Connection

_MARK = sql.Identifier("seongsu_restoring")


def begin(conn: Connection, backup: str, now: datetime) -> None:
    """Set the mark; where it stands already it is renewed."""
    conn.execute(sql.SQL("create schema if not exists {}").format(_MARK))
    told = sql.Literal(f"{backup}, begun at {now:%Y-%m-%d %H:%M} UTC")
    conn.execute(sql.SQL("comment on schema {} is {}").format(_MARK, told))


def end(conn: Connection) -> None:
    """Take the mark away: all is there, and verified."""
    conn.execute(sql.SQL("drop schema {}").format(_MARK))


def found(conn: Connection) -> str | None:
    """Which backup was being restored, and since when; None without a mark."""
    row = conn.execute(
        "select obj_description(oid) from pg_namespace where nspname = 'seongsu_restoring'"
    ).fetchone()
    return row[0] if row else None


def refuse(conn: Connection) -> None:
    """Raises WarehouseError where the mark stands."""
    if told := found(conn):
        raise WarehouseError(
            f"a restore into this warehouse was not finished: {told}",
            remedy="run `seongsu restore BACKUP` again; it begins anew",
        )
