"""Keys that tests plant, the forms in which they may turn up, and every value of a database.
No assertion is made here."""

from collections.abc import Iterator
from urllib.parse import quote

from psycopg import sql

from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets_tests.upstream import KEYS

#: A word that nothing else has, not even the path of a test.
MARK = "witchhazel"
#: One for each provider; with all that a URL, a log or a shell may mangle.
PLANTED = {name: f"{MARK}/{name}+열쇠==%&" for name in KEYS}


def forms(secret: str) -> set[bytes]:
    """The secret as it may turn up: raw, quoted once or twice, as JSON, in Latin-1's eyes."""
    quoted = quote(secret, safe="")
    texts = {secret, quoted, quote(secret), quote(quoted), secret.encode().decode("latin-1")}
    escaped = secret.encode("unicode_escape").decode()
    return {each.encode() for each in (*texts, escaped)} | {MARK.encode()}


def everything(conn: Connection) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as text, and every value of every column of bytes as it is."""
    columns = conn.execute(
        """select table_schema, table_name, column_name, data_type from information_schema.columns
           where table_schema not in ('pg_catalog', 'information_schema')"""
    ).fetchall()
    for schema, table in sorted({(schema, table) for schema, table, *_ in columns}):
        whole = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, table))
        yield from ((table, row.encode()) for (row,) in conn.execute(whole))
    for schema, table, column, kind in columns:
        if kind == "bytea":
            values = sql.SQL("select {} from {}").format(
                sql.Identifier(column), sql.Identifier(schema, table)
            )
            yield from ((f"{table}.{column}", bytes(b)) for (b,) in conn.execute(values) if b)


def hits(places: Iterator[tuple[str, bytes]]) -> list[str]:
    """The names of the places where any form of a planted key stands."""
    secrets = {form for secret in PLANTED.values() for form in forms(secret)}
    return [name for name, text in places if any(form in text for form in secrets)]
