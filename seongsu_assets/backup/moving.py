"""Addresses in MLflow's records: of its files, and of the snapshots that a model learned from.
They move with a platform that is restored to another place. No file is touched here."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from psycopg import sql

from seongsu_assets.artefacts import S3, Place
from seongsu_assets.backup import tables
from seongsu_assets.warehouse.postgres import Connection

_SCHEMA = "public"
_TEXTS = """
select attname from pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped
  and atttypid in ('text'::regtype, 'varchar'::regtype)
"""
_MOVE = "update {table} set {text} = replace({text}, {old}, {new}) where strpos({text}, {old}) > 0"


def move(conn: Connection, before: Mapping[str, str], now: Mapping[str, Place]) -> None:
    """Write every address below the places of `before` as one below those of `now`."""
    pairs = [pair for name, old in before.items() for pair in _pairs(old, now[name].where(""))]
    for name in tables.names(conn, [_SCHEMA]) if pairs else ():
        table = sql.Identifier(*name)
        for (text,) in conn.execute(_TEXTS, (table.as_string(conn),)).fetchall():
            for old, new in pairs:
                told = {"old": sql.Literal(old), "new": sql.Literal(new)}
                conn.execute(sql.SQL(_MOVE).format(table=table, text=sql.Identifier(text), **told))


def _pairs(old: str, new: str) -> Iterator[tuple[str, str]]:
    """As an address, then as a path: in this order, for the one may hold the other."""
    for form in (_address, str):
        pair = f"{form(old.rstrip('/'))}/", f"{form(new.rstrip('/'))}/"
        if pair[0] != pair[1]:
            yield pair


def _address(where: str) -> str:
    return where if where.startswith(S3) else Path(where).as_uri()
