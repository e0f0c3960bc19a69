"""From payloads to judged arrivals: keep the bytes, read them, audit each day, record the verdict.
No Dagster, no network, and no SQL of its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

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
    to read lands too."""
    receipts: list[Receipt] = []
    readings: list[Reading] = []
    given: dict[int, Payload] = {}
    for payload in arrived:
        payload_id, _ = payloads.store(conn, dataset, payload)
        if arrivals.is_read(conn, payload_id):
            receipts.append(Receipt(payload.request, known=True))
        else:
            given[payload_id] = payload
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
    return receipts


def within(domain: Domain, parsed: Parsed) -> Parsed:
    """The rows of days that the domain knows and that are over; the others become rejects."""
    rows = parsed.rows
    first, last = pd.Timestamp(domain.cadence.start), pd.Timestamp(clock.yesterday(domain.cadence.timezone))
    outside = (rows.business_date < first) | (rows.business_date > last)
    rejects = tuple(
        Reject(
            place=str(row.place),
            reason=f"{row.business_date:%Y-%m-%d} is "
            + (f"before the first day, {first:%Y-%m-%d}" if row.business_date < first else "not over"),
            record=f"{row.series} {row.hour}: {row.value:g}",
            business_date=row.business_date.date(),
        )
        for row in rows[outside].itertuples(index=False)
    )
    return Parsed(rows[~outside], parsed.rejects + rejects)


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
