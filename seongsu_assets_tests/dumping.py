"""All rows of the platform's own tables, to see that none has changed.
No assertion is made here."""

from seongsu_assets.warehouse.postgres import connect, frame
from seongsu_assets_tests.world import digest


def dumped(url: str) -> dict[str, str]:
    with connect(url) as conn:
        tables = conn.execute(
            """select table_schema || '.' || table_name from information_schema.tables
               where table_schema in ('warehouse', 'supabase_migrations', 'public')
                 and table_type = 'BASE TABLE'"""
        ).fetchall()
        return {name: digest(frame(conn, f"select t::text from {name} t")) for (name,) in tables}
