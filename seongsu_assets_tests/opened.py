"""What is open of the station, and what was said of it.
No assertion is made here."""

from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import Connection


def found(conn: Connection) -> dict[str, list[str]]:
    """Kind -> subjects of what is open."""
    table: dict[str, list[str]] = {}
    for each in incidents.open_incidents(conn, "seongsu"):
        table.setdefault(each.kind, []).append(each.subject)
    return table


def said(conn: Connection, phase: str) -> list[tuple[str, str]]:
    rows = conn.execute(
        "select kind, subject from warehouse.message where phase = %s order by id", (phase,)
    )
    return [(kind, subject) for kind, subject in rows]
