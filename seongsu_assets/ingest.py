"""From payloads to judged arrivals: keep the bytes, read them, audit each day, record the verdict.
No Dagster, no network, and no SQL of its own."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from seongsu_assets import contract, expectations
from seongsu_assets.domain import Domain, Parsed, Payload, Source
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Absence
from seongsu_assets.sifting import own, sift
from seongsu_assets.sources.days import day_of
from seongsu_assets.warehouse import absences, arrivals, covariates, names, observations, payloads
from seongsu_assets.warehouse.arrivals import Reading, Receipt
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets.within import within

#: How far around a period what is usual is looked for, in periods.
REFERENCE = 70


def ingest(
    conn: Connection,
    domain: Domain,
    dataset: str,
    source: Source,
    arrived: Iterable[Payload | Absence],
    *,
    now: datetime,
    docs: Path | None = None,
) -> list[Receipt]:
    """Take in what `arrived`, one receipt for each payload. Bytes read before are known and change
    nothing, unless the source is remote: what that says last holds.

    Every payload is committed before anything of it is parsed. One that cannot be read is kept,
    its receipt carries the error, and the others land. What a killed process kept and did not come
    to read lands too. A SourceError of fetching is raised once the rest has landed."""
    kept = _Kept()
    try:
        for each in arrived:
            if isinstance(each, Absence):
                absences.record(conn, dataset, source.name, each, now)
            else:
                _keep(conn, domain, dataset, source, each, kept, now)
    except SourceError as error:
        kept.broken = error
    for payload_id, payload in payloads.unread(conn, dataset, source.name):
        if payload_id not in kept.ids:  # what is unreadable was told when it arrived
            with suppress(SourceError):
                kept.readings.append(_read(domain, source, payload_id, payload))
    readings = sorted(kept.readings, key=lambda reading: reading.payload_id)
    receipts = [
        *kept.receipts,
        *take(conn, domain, dataset, source, readings, now=now, docs=docs),
    ]
    if kept.broken is not None:
        raise kept.broken
    return receipts


@dataclass
class _Kept:
    """What arrived, is kept and was read; what is known or unreadable, and what ended it."""

    ids: set[int] = field(default_factory=set[int])
    readings: list[Reading] = field(default_factory=list[Reading])
    receipts: list[Receipt] = field(default_factory=list[Receipt])
    broken: SourceError | None = None


def _keep(
    conn: Connection,
    domain: Domain,
    dataset: str,
    source: Source,
    payload: Payload,
    kept: _Kept,
    now: datetime,
) -> None:
    """Keep the bytes, then read them, while the next ones are on their way."""
    payload_id, first = payloads.store(conn, dataset, payload)
    repeated = source.terms is not None and first != payload.request
    read = source.terms is None and arrivals.is_read(conn, payload_id)
    if read or (payload_id in kept.ids and not repeated):
        kept.receipts.append(Receipt(payload.request, known=True))
        return
    try:
        reading = _read(domain, source, payload_id, payload)
    except SourceError as error:
        kept.ids.add(payload_id)
        kept.receipts.append(Receipt(payload.request, error=str(error)))
        return
    if repeated and (reading.parsed.rows.empty or payload_id in kept.ids):
        # Another day's answer: the source repeats itself, or something on the way does.
        why = Absence(day_of(payload.request), "refused", f"the answer is that of {first}")
        absences.record(conn, dataset, source.name, why, now)
        kept.receipts.append(Receipt(payload.request, error=why.detail))
        return
    kept.ids.add(payload_id)
    kept.readings.append(reading)


def _read(domain: Domain, source: Source, payload_id: int, payload: Payload) -> Reading:
    return Reading(payload_id, payload.request, within(domain, source.parse(payload)))


def reread(
    conn: Connection, domain: Domain, dataset: str, source: Source, *, now: datetime
) -> list[Receipt]:
    """Parse everything again that ever arrived from a source, as the reader is today. Of each day
    the newest payload counts; a day of which it now reads something else is judged again."""
    newest: dict[tuple[pd.Timestamp, bool], tuple[datetime, int, int]] = {}
    read: dict[int, Reading] = {}
    unread: list[Receipt] = []
    said = arrivals.said(conn, dataset, source.name)
    for payload_id, payload in payloads.everything(conn, dataset, source.name):
        try:
            read[payload_id] = _read(domain, source, payload_id, payload)
        except SourceError as error:
            unread.append(Receipt(payload.request, error=str(error)))
            continue
        rows = read[payload_id].parsed.rows
        for day, whole in set(_days(rows)):
            # Bytes that came again after others are kept once, but they were the last word.
            word = *said.get((payload_id, day, whole), (payload.received_at, 0)), payload_id
            newest[day, whole] = max(word, newest.get((day, whole), word))
    last: list[Reading] = []
    for payload_id, reading in read.items():
        rows = reading.parsed.rows
        mine = [newest[key][-1] == payload_id for key in _days(rows)]
        last.append(replace(reading, parsed=replace(reading.parsed, rows=rows[mine])))
    return [*unread, *take(conn, domain, dataset, source, last, now=now, again=True)]


def _days(rows: pd.DataFrame) -> Iterator[tuple[pd.Timestamp, bool]]:
    """Of each row its day, and whether it counts all of it."""
    return zip(rows.business_date, rows.hour == arrivals.WHOLE_DAY, strict=True)


def take(
    conn: Connection,
    domain: Domain,
    dataset: str,
    source: Source,
    readings: list[Reading],
    *,
    now: datetime,
    docs: Path | None = None,
    again: bool = False,
) -> list[Receipt]:
    """Judge what was read by the source's contract and the domain's claims, and record it."""
    restates = again or source.terms is not None
    if source.terms:
        readings = contract.judged(readings, source.terms.contract)
    for reading in readings:
        names.keep(conn, dataset, reading.parsed.names, now)
    judge = _judge(conn, domain, dataset, docs)
    batches = (_sifted(conn, domain, dataset, batch) for batch in _disjoint(readings))
    return [
        receipt
        for batch in batches
        for receipt in arrivals.record(
            conn, dataset, source.name, batch, judge, now, restates=restates
        )
    ]


def _sifted(conn: Connection, domain: Domain, dataset: str, batch: list[Reading]) -> list[Reading]:
    """The readings, which speak of different days; of an open panel without what does not hold."""
    rows = pd.concat([reading.parsed.rows for reading in batch], ignore_index=True)
    if rows.empty or not domain.open:
        return batch
    first = rows.business_date.min().date() - domain.plan.span(REFERENCE)
    known = observations.read(conn, dataset, first, rows.business_date.max().date())
    calendar = covariates.held(conn, domain.name, expectations.CALENDAR)
    sifted = sift(domain, Parsed(rows), known, calendar)
    return [replace(reading, parsed=own(reading.parsed, sifted)) for reading in batch]


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
        if rows.empty:
            return pd.DataFrame(columns=[*expectations.FAILURE_COLUMNS, "grain"])
        reach = domain.plan.span(REFERENCE)
        first, last = rows.business_date.min().date() - reach, rows.business_date.max().date()
        hourly, daily = rows[rows.grain == "hourly"], rows[rows.grain == "daily"]
        failures: list[pd.DataFrame] = []
        if not daily.empty:
            # Of a day known by its total alone the hours are estimates; their sum is the total.
            known = observations.read(conn, dataset, first, last, estimates=True)
            verdict = expectations.audit_totals(daily, known, domain)
            failures.append(verdict.failures.assign(grain="daily"))
        if not hourly.empty:
            known = observations.read(conn, dataset, first, last)
            calendar = covariates.held(conn, domain.name, expectations.CALENDAR)
            verdict = expectations.audit(hourly, known, domain, calendar)
            failures.append(verdict.failures.assign(grain="hourly"))
            if docs is not None:
                expectations.data_docs(verdict, docs)
        # Empty frames have no types of their own and must not decide those of the others.
        full = [each for each in failures if not each.empty]
        return pd.concat(full, ignore_index=True) if full else failures[0]

    return judge
