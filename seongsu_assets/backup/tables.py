"""Every table of a schema by its rows and the hash of what they hold, whatever their order.
Nothing is changed here."""

from collections.abc import Sequence

from psycopg import sql

from seongsu_assets.backup.manifest import Table
from seongsu_assets.warehouse.postgres import Connection

#: The text of a row must not depend on who asks.
_PLAIN = """
set timezone to 'UTC'; set datestyle to 'ISO, YMD'; set intervalstyle to 'postgres';
set extra_float_digits to 1; set bytea_output to 'hex'; set statement_timeout to 0;
"""
_NAMES = """
select nspname, relname from pg_class join pg_namespace n on n.oid = relnamespace
where relkind = 'r' and nspname = any(%s) order by 1, 2
"""
# A sum knows no order, needs no memory, and counts a row twice that is there twice. It is proof
# against accidents; whoever may change a backup may change its hashes too.
_CONTENT = """
select count(*), coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0),
       coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0)
from (select md5(t::text) as h from {} t) hashed
"""


def names(conn: Connection, schemas: Sequence[str]) -> list[tuple[str, str]]:
    """(schema, table) of every table."""
    return [(schema, table) for schema, table in conn.execute(_NAMES, (list(schemas),))]


def told(conn: Connection, schemas: Sequence[str]) -> dict[str, Table]:
    """Every table of the schemas, as this connection's transaction sees it."""
    conn.execute(_PLAIN)
    found: dict[str, Table] = {}
    for schema, table in names(conn, schemas):
        answer = conn.execute(sql.SQL(_CONTENT).format(sql.Identifier(schema, table))).fetchone()
        assert answer is not None
        rows, *halves = answer
        found[f"{schema}.{table}"] = Table(rows, "/".join(map(str, halves)))
    return found


def filled(conn: Connection, schemas: Sequence[str]) -> list[str]:
    """The tables of the schemas that hold a row."""
    asked = [(name, sql.Identifier(*name)) for name in names(conn, schemas)]
    query = sql.SQL("select exists (select from {})")
    return [
        ".".join(name)
        for name, table in asked
        if conn.execute(query.format(table)).fetchone() == (True,)
    ]
