"""From what a feed answered to readings: keep the bytes, read them, judge them, add what is new.
No Dagster and no counts: `ingest` takes those in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from seongsu_assets import contract
from seongsu_assets.domain import Domain, Feed, Payload
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Absence
from seongsu_assets.warehouse import absences, arrivals, contracts, payloads, quarantine, readings
from seongsu_assets.warehouse.arrivals import Reading
from seongsu_assets.warehouse.postgres import Connection


@dataclass
class Heard:
    """What one asking of a feed brought."""

    payloads: int = 0
    readings: int = 0
    refused: int = 0
    absences: list[Absence] = field(default_factory=list[Absence])
    errors: list[str] = field(default_factory=list[str])


def listen(
    conn: Connection,
    domain: Domain,
    feed: Feed,
    arrived: Iterable[Payload | Absence],
    now: datetime,
) -> Heard:
    """Take in what `arrived` of a feed. Bytes read before say nothing new, unless the same request
    was answered otherwise since: what was taken back is so again."""
    heard = Heard()
    for each in arrived:
        if isinstance(each, Absence):
            absences.record(conn, domain.name, feed.name, each, now)
            heard.absences.append(each)
            continue
        heard.payloads += 1
        payload_id, _ = payloads.store(conn, domain.name, each)
        if not arrivals.is_read(conn, payload_id):
            _read(conn, domain, feed, payload_id, each, now, heard)
        elif payload_id != readings.newest_of(conn, domain.name, feed.name, each.request):
            again = _judged(feed, payload_id, each).parsed.rows
            heard.readings += readings.add(conn, domain.name, feed.name, again, payload_id, now)
    return heard


def _judged(feed: Feed, payload_id: int, payload: Payload) -> Reading:
    reading = Reading(payload_id, payload.request, feed.source.parse(payload))
    if feed.source.terms:
        (reading,) = contract.judged([reading], feed.source.terms.contract)
    return reading


def _read(
    conn: Connection,
    domain: Domain,
    feed: Feed,
    payload_id: int,
    payload: Payload,
    now: datetime,
    heard: Heard,
) -> None:
    try:
        reading = _judged(feed, payload_id, payload)
    except SourceError as error:
        heard.errors.append(f"{payload.request}: {error}")
        return
    kept = reading.parsed
    with conn.transaction():
        heard.readings += readings.add(conn, domain.name, feed.name, kept.rows, payload_id, now)
        heard.refused += quarantine.keep(conn, domain.name, payload_id, kept.rejects, now)
        contracts.record(conn, payload_id, reading.verdicts)
        payloads.mark_read(conn, payload_id, kept, now)
