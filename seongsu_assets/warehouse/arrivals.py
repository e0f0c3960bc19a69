"""Arrivals: what each payload says of each day with its verdict, written in one transaction.
No fetching and no auditing here; the verdict comes in from outside."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import pandas as pd

from seongsu_assets.domain import Parsed, Window
from seongsu_assets.warehouse.postgres import Connection, copy, frame, lock

#: `hour` of a row that counts a whole day.
WHOLE_DAY = -1

#: rows -> failures: business_date, claim, blocking, place, reason, observed
Judge = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Reading:
    """A stored payload and what was read of it."""

    payload_id: int
    name: str
    parsed: Parsed


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
    """The hash of one day's values; order and provenance do not matter."""
    ordered = rows.sort_values(["series", "hour"])
    lines = (
        f"{s}|{h}|{v:.6f}"
        for s, h, v in zip(ordered.series, ordered.hour, ordered.value, strict=True)
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def is_read(conn: Connection, payload_id: int) -> bool:
    """Whether the payload's rows are in `arrival`; a crash after storing it leaves it unread."""
    query = "select 1 from warehouse.payload_read where payload_id = %s"
    return conn.execute(query, (payload_id,)).fetchone() is not None


def record(
    conn: Connection, dataset: str, readings: Sequence[Reading], judge: Judge, now: datetime
) -> list[Receipt]:
    """Judge the days that say something new and keep them, with their verdict, in one transaction.

    No two readings of one call may speak of the same day. One that another process recorded in the
    meantime is known."""
    with conn.transaction():
        lock(conn, dataset, "arrivals")
        known = {r.payload_id for r in readings if is_read(conn, r.payload_id)}
        own = [r for r in readings if r.payload_id not in known]
        receipts = [Receipt(r.name, known=True) for r in readings if r.payload_id in known]
        if own:
            receipts += _record(conn, dataset, own, judge, now)
    return receipts


def _record(
    conn: Connection, dataset: str, readings: list[Reading], judge: Judge, now: datetime
) -> list[Receipt]:
    rows = pd.concat(
        [r.parsed.rows.assign(payload_id=r.payload_id) for r in readings], ignore_index=True
    )
    fresh = _fresh(conn, dataset, rows)
    failures = judge(fresh)
    refused = failures[failures.blocking.astype(bool)]
    _insert(conn, dataset, fresh, set(refused.business_date), now)
    return [_close(conn, dataset, reading, fresh, refused, now) for reading in readings]


def _fresh(conn: Connection, dataset: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the days whose content differs from the newest arrival's, with `grain`, `sha`."""
    rows = rows.assign(grain=(rows.hour == WHOLE_DAY).map({True: "daily", False: "hourly"}))
    known = frame(
        conn,
        "select grain, business_date, content_sha from warehouse.latest_arrival where dataset = %s",
        (dataset,),
    )
    held: dict[Any, str] = {(g, d): s for g, d, s in known.itertuples(index=False)}
    pieces = [
        day.assign(sha=sha)
        for key, day in rows.groupby(["grain", "business_date"], sort=True)
        if held.get(key) != (sha := content(day))
    ]
    return pd.concat(pieces) if pieces else rows.iloc[:0].assign(sha="")


def _insert(
    conn: Connection, dataset: str, fresh: pd.DataFrame, bad: set[pd.Timestamp], now: datetime
) -> None:
    if fresh.empty:
        return
    heads = fresh.drop_duplicates(["grain", "business_date"])
    accepted = ~((heads.grain == "hourly") & heads.business_date.isin(list(bad)))
    rows = heads[["business_date", "grain", "payload_id"]].assign(
        content_sha=heads.sha, dataset=dataset, accepted=accepted, audited_at=now.isoformat()
    )
    copy(conn, "warehouse.arrival", rows)
    ids = frame(
        conn,
        """select id as arrival_id, grain, business_date from warehouse.latest_arrival
           where dataset = %s and payload_id = any(%s)""",
        (dataset, [int(i) for i in heads.payload_id.unique()]),
    )
    linked = fresh.merge(ids, on=["grain", "business_date"], validate="many_to_one")
    copy(conn, "warehouse.arrival_row", linked[["arrival_id", "series", "hour", "value", "place"]])


def _close(
    conn: Connection,
    dataset: str,
    reading: Reading,
    fresh: pd.DataFrame,
    refused: pd.DataFrame,
    now: datetime,
) -> Receipt:
    """Quarantine what the payload got wrong and mark it as read."""
    mine = fresh[fresh.payload_id == reading.payload_id]
    hourly = mine[mine.grain == "hourly"]
    wrong = refused[refused.business_date.isin(hourly.business_date)]
    rejects = reading.parsed.rejects
    unread = [(r.business_date, "row_is_readable", r.place, r.reason, r.record) for r in rejects]
    judged = [
        (r.business_date.date(), r.claim, r.place or "", r.reason, str(r.observed))
        for r in cast("Iterable[Any]", wrong.itertuples(index=False))
    ]
    columns = ["business_date", "claim", "place", "reason", "record"]
    kept = pd.DataFrame(unread + judged, columns=columns)
    kept = kept.assign(dataset=dataset, payload_id=reading.payload_id, refused_at=now.isoformat())
    if not kept.empty:
        copy(conn, "warehouse.quarantine", kept)
    conn.execute(
        "insert into warehouse.payload_read values (%s, %s, %s, %s)",
        (reading.payload_id, len(reading.parsed.rows), len(kept), now),
    )
    days = tuple(sorted(stamp.date() for stamp in mine.business_date.unique()))
    return Receipt(reading.name, days, wrong, len(rejects))


def versions(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Per day of the window: business_date, content_sha, accepted, payload, source, arrived_at,
    rows."""
    return frame(
        conn,
        """select a.business_date, a.content_sha, a.accepted, p.request as payload, p.source,
                  p.received_at as arrived_at,
                  (select count(*) from warehouse.arrival_row r where r.arrival_id = a.id) as rows
           from warehouse.latest_arrival a join warehouse.payload p on p.id = a.payload_id
           where a.dataset = %s and a.grain = 'hourly' and a.business_date between %s and %s
           order by a.business_date""",
        (dataset, window.first, window.last),
    )


def refusals(conn: Connection, dataset: str, window: Window) -> pd.DataFrame:
    """Why the newest arrival of each refused day was refused: business_date, claim, payload, place,
    reason, record."""
    return frame(
        conn,
        """select q.business_date, q.claim, p.request as payload, q.place, q.reason, q.record
           from warehouse.latest_arrival a
           join warehouse.quarantine q on (q.dataset, q.payload_id, q.business_date)
                                        = (a.dataset, a.payload_id, a.business_date)
           join warehouse.payload p on p.id = q.payload_id
           where a.dataset = %s and a.grain = 'hourly' and not a.accepted
             and a.business_date between %s and %s order by q.business_date, q.id""",
        (dataset, window.first, window.last),
    )
