"""From payloads to judged arrivals: keep the bytes, read them, audit each day, record the verdict.
No Dagster, no network, and no SQL of its own."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from seongsu_assets import clock, expectations
from seongsu_assets.domain import Domain, Parsed, Payload, Reject, Source
from seongsu_assets.errors import SourceError
from seongsu_assets.warehouse import arrivals, observations, payloads
from seongsu_assets.warehouse.arrivals import Reading, Receipt
from seongsu_assets.warehouse.postgres import Connection

#: How far around a day its usual shape is looked for.
REFERENCE_DAYS = 70


def ingest(
    conn: Connection,
    domain: Domain,
    dataset: str,
    source: Source,
    arrived: Iterable[Payload],
    *,
    now: datetime,
    docs: Path | None = None,
) -> list[Receipt]:
    """Take in `arrived`, one receipt each. Bytes read before are known and change nothing.

    Every payload is committed before anything of it is parsed. One that cannot be read is kept,
    its receipt carries the error, and the others land. What a killed process kept and did not come
    to read lands too. A SourceError of fetching is raised once the rest has landed."""
    receipts: list[Receipt] = []
    given: dict[int, Payload] = {}
    broken: SourceError | None = None
    try:
        for payload in arrived:
            payload_id, _ = payloads.store(conn, dataset, payload)
            if payload_id in given or arrivals.is_read(conn, payload_id):
                receipts.append(Receipt(payload.request, known=True))
            else:
                given[payload_id] = payload
    except SourceError as error:
        broken = error
    readings: list[Reading] = []
    left = payloads.unread(conn, dataset, source.name)
    for payload_id, payload in sorted((dict(left) | given).items()):
        try:
            parsed = within(domain, source.parse(payload))
            readings.append(Reading(payload_id, payload.request, parsed))
        except SourceError as error:
            if payload_id in given:  # what was left unreadable earlier was told when it arrived
                receipts.append(Receipt(payload.request, error=str(error)))
    for batch in _disjoint(readings):
        receipts += arrivals.record(conn, dataset, batch, _judge(conn, domain, dataset, docs), now)
    if broken is not None:
        raise broken
    return receipts


def within(domain: Domain, parsed: Parsed) -> Parsed:
    """The rows of days that the domain knows and that are over; the others become rejects."""
    rows = parsed.rows
    first, last = domain.cadence.start, clock.yesterday(domain.cadence.timezone)
    days = rows.business_date.dt.date
    inside = days.between(first, last)
    outside = rows[~inside].assign(business_date=days[~inside])
    rejects = [
        _reject(
            row, f"before the first day, {first}" if row["business_date"] < first else "not over"
        )
        for row in outside.to_dict("records")
    ]
    return Parsed(rows[inside], (*parsed.rejects, *rejects))


def _reject(row: dict[Hashable, Any], reason: str) -> Reject:
    day = row["business_date"]
    record = f"{row['series']} {row['hour']}: {row['value']:g}"
    return Reject(row["place"], f"{day} is {reason}", record, day)


def _disjoint(readings: list[Reading]) -> Iterator[list[Reading]]:
    """Consecutive readings that speak of different days; one audit serves each batch."""
    batch: list[Reading] = []
    days: set[pd.Timestamp] = set()
    for reading in readings:
        own = set(reading.parsed.rows.business_date.unique())
        if batch and own & days:
            yield batch
            batch, days = [], set()
        batch.append(reading)
        days |= own
    if batch:
        yield batch


def _judge(conn: Connection, domain: Domain, dataset: str, docs: Path | None) -> arrivals.Judge:
    def judge(rows: pd.DataFrame) -> pd.DataFrame:
        hourly = rows[rows.grain == "hourly"]
        if hourly.empty:
            return pd.DataFrame(
                columns=["business_date", "claim", "blocking", "place", "reason", "observed"]
            )
        reach = timedelta(days=REFERENCE_DAYS)
        first, last = hourly.business_date.min().date() - reach, hourly.business_date.max().date()
        verdict = expectations.audit(hourly, observations.read(conn, dataset, first, last), domain)
        if docs is not None:
            expectations.data_docs(verdict, docs)
        return verdict.failures

    return judge
