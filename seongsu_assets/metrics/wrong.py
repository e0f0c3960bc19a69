"""Open incidents, what people were told, and when each process was last seen alive.
What is an incident is decided in `incidents`; nothing is found here."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from seongsu_assets.domain import Domain
from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.incidents.symptom import PLATFORM
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Sample
from seongsu_assets.warehouse.postgres import Connection

OPEN_KINDS = tuple(name for name, kind in KINDS.items() if kind.severity != "news")
PHASES = ("opened", "reminder", "closed", "news")
TRIED = ("sent", "failed")


def wrong(conn: Connection, domains: Iterable[Domain], now: datetime) -> Iterator[Sample]:
    """Incidents, messages, deliveries and heartbeats. Nothing open of a kind is known to be 0."""
    yield from _incidents(conn, domains, now)
    written = conn.execute("select phase, count(*) from warehouse.message group by phase")
    for phase, count in (dict.fromkeys(PHASES, 0) | dict(written.fetchall())).items():
        yield Sample(f.MESSAGES, (phase,), count)
    tried = conn.execute(
        """select c.name, count(d.id) filter (where d.outcome = 'sent'),
                  count(d.id) filter (where d.outcome = 'failed')
           from warehouse.channel c left join warehouse.delivery d on d.channel = c.name
           group by c.name"""
    )
    for channel, *counts in tried:
        for outcome, count in zip(TRIED, counts, strict=True):
            yield Sample(f.DELIVERIES, (channel, outcome), count)
    for name, seen in conn.execute("select name, at from warehouse.heartbeat"):
        yield Sample(f.HEARTBEAT_AGE, (name,), (now - seen).total_seconds())


def _incidents(conn: Connection, domains: Iterable[Domain], now: datetime) -> Iterator[Sample]:
    """Of every kind that can be open, in every domain; some are the platform's own."""
    found = {
        (domain, kind): counted
        for domain, kind, *counted in conn.execute(
            """select domain, kind, count(*), count(*) filter (where closed_at is null),
                      min(opened_at) filter (where closed_at is null)
               from warehouse.incident group by domain, kind"""
        )
    }
    places = {PLATFORM} | {domain.name for domain in domains} | {domain for domain, _ in found}
    for place in sorted(places):
        for kind in OPEN_KINDS:
            opened, still, oldest = found.get((place, kind), (0, 0, None))
            yield Sample(f.INCIDENTS_OPENED, (place, kind), opened)
            yield Sample(f.INCIDENTS, (place, kind), still)
            if oldest is not None:
                yield Sample(f.INCIDENT_AGE, (place, kind), (now - oldest).total_seconds())
