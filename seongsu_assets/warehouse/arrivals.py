"""Arrivals: what each payload says of each day with its verdict, written in one transaction.
No fetching and no auditing here; the verdict comes in from outside."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import numpy as np
import pandas as pd

from seongsu_assets.domain import Parsed, Window
from seongsu_assets.warehouse import contracts, payloads, quarantine
from seongsu_assets.warehouse.contracts import Verdict
from seongsu_assets.warehouse.frames import by_day
from seongsu_assets.warehouse.postgres import Connection, copy, frame, lock

#: `hour` of a row that counts a whole day.
WHOLE_DAY = -1

#: rows -> failures: grain, business_date, claim, blocking, place, reason, observed
Judge = Callable[[pd.DataFrame], pd.DataFrame]
_DAY = ["grain", "business_date"]


@dataclass(frozen=True)
class Reading:
    """A stored payload and what was read of it."""

    payload_id: int
    name: str
    parsed: Parsed
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What taking in one payload did: days that say something new, days refused and why, rows that
    could not be read. `known`: the same bytes were read before. `error`: nothing could be read."""

    payload: str
    days: tuple[date, ...] = ()
    refused: pd.DataFrame | None = None
    rejects: int = 0
    known: bool = False
    error: str = ""


def content(rows: pd.DataFrame) -> str:
    """The hash of one day's values, to the millionth; order and provenance do not matter."""
    ranks, series = pd.factorize(rows["series"], sort=True)
    hour, value = rows["hour"].to_numpy(), rows["value"].to_numpy(dtype=np.float64).round(6) + 0.0
    order = np.lexsort((value, hour, ranks))
    digest = hashlib.sha256("\n".join(series).encode())
    for each in (ranks, hour):
        digest.update(each[order].astype("<i4").tobytes())
    digest.update(value[order].astype("<f8").tobytes())
    return digest.hexdigest()


def is_read(conn: Connection, payload_id: int) -> bool:
    """Whether the payload's rows are in `arrival`; a crash after storing it leaves it unread."""
    query = "select 1 from warehouse.payload_read where payload_id = %s"
    return conn.execute(query, (payload_id,)).fetchone() is not None


def held(conn: Connection, dataset: str, source: str, window: Window) -> set[date]:
    """The days of the window of which the source has told, accepted or not."""
    query = """select distinct business_date from warehouse.arrival
               where (dataset, source) = (%s, %s) and business_date between %s and %s"""
    rows = conn.execute(query, (dataset, source, window.first, window.last))
    return {day for (day,) in rows}


def counted(conn: Connection, dataset: str, window: Window) -> set[date]:
    """The days of the window whose hours have arrived and passed the audit, settled or not."""
    query = """select business_date from warehouse.latest_accepted
               where dataset = %s and grain = 'hourly' and business_date between %s and %s"""
    return {day for (day,) in conn.execute(query, (dataset, window.first, window.last))}


def said(
    conn: Connection, dataset: str, source: str
) -> dict[tuple[int, pd.Timestamp, bool], tuple[datetime, int]]:
    """When each payload last said something new of a day, and as which arrival. The key: payload,
    day, and whether of the whole day."""
    rows = conn.execute(
        """select payload_id, business_date, grain = 'daily', max(audited_at), max(id)
           from warehouse.arrival where (dataset, source) = (%s, %s) group by 1, 2, 3""",
        (dataset, source),
    )
    return {(p, pd.Timestamp(day), whole): (moment, n) for p, day, whole, moment, n in rows}


def record(
    conn: Connection,
    dataset: str,
    source: str,
    readings: Sequence[Reading],
    judge: Judge,
    now: datetime,
    *,
    restates: bool = False,
) -> list[Receipt]:
    """Judge the days that say something new and keep them, with their verdict, in one transaction.

    No two readings of one call may speak of the same day. One that another process recorded in the
    meantime is known, unless the source `restates`: then what it said last holds, also when it
    said the same before something else. An audit takes seconds and must hold nobody up: it comes
    before the lock, and once more where another process has recorded something since."""
    unread = [r for r in readings if restates or not is_read(conn, r.payload_id)]
    if not unread:
        return [Receipt(r.name, known=True) for r in readings]
    rows = _hashed(unread)
    audited = _fresh(conn, dataset, source, rows)
    failures = judge(audited)
    with conn.transaction():
        lock(conn, dataset, "arrivals")
        known = {r.payload_id for r in readings if is_read(conn, r.payload_id)}
        own = [r for r in readings if restates or r.payload_id not in known]
        rows = rows[rows.payload_id.isin([r.payload_id for r in own])]
        fresh = _fresh(conn, dataset, source, rows)
        if not fresh.equals(audited):
            failures = judge(fresh)
        refused = failures[failures.blocking.astype(bool)]
        _insert(conn, dataset, source, fresh, refused, now)
        closed = [_close(conn, dataset, r, fresh, refused, now, known) for r in own]
    if restates:
        return closed
    return [Receipt(r.name, known=True) for r in readings if r.payload_id in known] + closed


def _hashed(readings: Sequence[Reading]) -> pd.DataFrame:
    """The rows of the readings with their payload, their `grain` and the `sha` of their day."""
    rows = pd.concat(
        [r.parsed.rows.assign(payload_id=r.payload_id) for r in readings], ignore_index=True
    )
    rows["grain"] = np.where(rows.hour == WHOLE_DAY, "daily", "hourly")
    rows = rows.sort_values(_DAY, kind="stable", ignore_index=True)
    days = [day for _, grain in rows.groupby("grain") for _, day in by_day(grain)]
    shas = np.array([content(day) for day in days], dtype=object)
    rows["sha"] = np.repeat(shas, [len(day) for day in days])
    return rows


def _fresh(conn: Connection, dataset: str, source: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the days of which the source said something else before."""
    known = frame(
        conn,
        """select grain, business_date, content_sha from warehouse.latest_arrival
           where (dataset, source) = (%s, %s)""",
        (dataset, source),
    )
    held: dict[Any, str] = {(g, d): s for g, d, s in known.itertuples(index=False)}
    days = rows.drop_duplicates(_DAY)
    told = zip(days.grain, days.business_date, days.sha, strict=True)
    new = [(grain, day) for grain, day, sha in told if held.get((grain, day)) != sha]
    if len(new) == len(days):
        return rows
    return rows[pd.MultiIndex.from_frame(rows[_DAY]).isin(new)]


def _insert(
    conn: Connection,
    dataset: str,
    source: str,
    fresh: pd.DataFrame,
    refused: pd.DataFrame,
    now: datetime,
) -> None:
    if fresh.empty:
        return
    heads = fresh.drop_duplicates(_DAY)
    bad = set(zip(refused.grain, refused.business_date, strict=True))
    accepted = [key not in bad for key in zip(heads.grain, heads.business_date, strict=True)]
    rows = heads[["business_date", "grain", "payload_id"]].assign(
        content_sha=heads.sha, dataset=dataset, source=source, accepted=accepted,
        audited_at=now.isoformat(),
    )  # fmt: skip
    copy(conn, "warehouse.arrival", rows)
    ids = frame(
        conn,
        """select id as arrival_id, grain, business_date from warehouse.latest_arrival
           where (dataset, source) = (%s, %s) and payload_id = any(%s)""",
        (dataset, source, [int(i) for i in heads.payload_id.unique()]),
    )
    linked = fresh.merge(ids, on=_DAY, validate="many_to_one")
    copy(conn, "warehouse.arrival_row", linked[["arrival_id", "series", "hour", "value", "place"]])


def _close(
    conn: Connection,
    dataset: str,
    reading: Reading,
    fresh: pd.DataFrame,
    refused: pd.DataFrame,
    now: datetime,
    known: set[int],
) -> Receipt:
    """Quarantine what the payload got wrong and mark it as read."""
    mine = fresh[fresh.payload_id == reading.payload_id]
    heads = mine.drop_duplicates(_DAY)
    said = set(zip(heads.grain, heads.business_date, strict=True))
    of_mine = [day in said for day in zip(refused.grain, refused.business_date, strict=True)]
    wrong = refused[pd.Series(of_mine, refused.index, dtype=bool)]
    judged = [
        (r.business_date.date(), r.claim, r.place or "", r.reason, str(r.observed), 0)
        for r in cast("Iterable[Any]", wrong.itertuples(index=False))
    ]
    lines = pd.DataFrame(judged, columns=quarantine.COLUMNS)
    quarantine.add(conn, dataset, reading.payload_id, lines, now)
    rejects = reading.parsed.rejects
    if reading.payload_id not in known:
        quarantine.keep(conn, dataset, reading.payload_id, rejects, now)
        contracts.record(conn, reading.payload_id, reading.verdicts)
        payloads.mark_read(conn, reading.payload_id, reading.parsed, now)
    days = tuple(sorted(stamp.date() for stamp in mine.business_date.unique()))
    return Receipt(reading.name, days, wrong, len(rejects))
