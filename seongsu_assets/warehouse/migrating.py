"""Migrations: numbered files, each applied once, in the ledger that the Supabase CLI keeps too.
No table is described here."""

from importlib import resources
from importlib.resources.abc import Traversable

from seongsu_assets.warehouse import unfinished
from seongsu_assets.warehouse.postgres import Connection

#: Serialises processes that start together, of whatever version.
LOCK = 5_420_001
_LEDGER = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
    version text primary key, statements text[], name text);
"""
#: The ledger of earlier versions stood in the schema that Supabase shows to everybody.
_MOVED = """
insert into supabase_migrations.schema_migrations (version, name)
select split_part(name, '_', 1), regexp_replace(name, '^[0-9]+_(.*)\\.sql$', '\\1')
from public.migration on conflict do nothing;
drop table public.migration;
"""


def scripts() -> list[Traversable]:
    """The files, in their order."""
    folder = resources.files("seongsu_assets.warehouse") / "migrations"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return sorted(found, key=lambda entry: entry.name)


def applied_to(conn: Connection) -> list[str]:
    """The versions in the ledger, in their order, such as 001."""
    query = "select version from supabase_migrations.schema_migrations order by version"
    return [version for (version,) in conn.execute(query)]


def forget(conn: Connection, but: list[str]) -> None:
    """Let the ledger know of these alone: the tables are those of a time before the others."""
    known = [script.name.partition("_")[0] for script in scripts()]
    conn.execute(
        """delete from supabase_migrations.schema_migrations
           where version = any(%s) and version <> all(%s)""",
        (known, but),
    )


def migrate(conn: Connection) -> list[str]:
    """Apply, in order and each whole, the migrations not yet applied; their names.

    Raises WarehouseError for a warehouse that was not restored to the end."""
    applied: list[str] = []
    with conn.transaction():
        conn.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        unfinished.refuse(conn)
        conn.execute(_LEDGER)
        if conn.execute("select to_regclass('public.migration')").fetchone() != (None,):
            conn.execute(_MOVED)
        done = set(applied_to(conn))
        for script in scripts():
            version, _, name = script.name.removesuffix(".sql").partition("_")
            if version not in done:
                text = script.read_text(encoding="utf-8")
                conn.execute(text.encode())
                conn.execute(
                    "insert into supabase_migrations.schema_migrations values (%s, %s, %s)",
                    (version, [text], name),
                )
                applied.append(script.name)
    return applied
