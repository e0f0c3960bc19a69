"""What is wrong with a domain, found by looking into the warehouse alone, at any time.
What only Dagster knows, such as a failed run, is reported by its sensors."""

from datetime import datetime

from seongsu_assets.domain import Domain
from seongsu_assets.incidents import days, doors, serving
from seongsu_assets.warehouse import incidents, watched
from seongsu_assets.warehouse.postgres import Connection

#: Every kind that `look` opens and closes.
KINDS = frozenset({
    days.LATE, days.ENDANGERED, days.REFUSED,
    doors.KEY, doors.QUOTA, doors.CONTRACT,
    serving.STALE, serving.DEGRADED, serving.WORSE, serving.DRIFT,
})  # fmt: skip


def look(conn: Connection, domain: Domain, now: datetime) -> None:
    """Make the domain's incidents of these KINDS be what is so now, and tell of lost days."""
    broken = watched.broken(conn, domain.name)
    lacking = days.lacking(conn, domain, now, broken)
    found = [
        *days.symptoms(conn, domain, now, lacking),
        *doors.symptoms(conn, domain, now),
        *doors.contracts(domain, broken),
        *serving.symptoms(conn, domain, now),
    ]
    incidents.reconcile(conn, domain.name, KINDS, found, now)
    for each in days.lost(domain, lacking):
        incidents.news(conn, each, now)
