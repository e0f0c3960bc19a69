"""Payloads and quarantine: what arrived, byte for byte, and what was refused of it.
No parsing and no judgement here."""

from datetime import datetime

import pandas as pd

from seongsu_assets.domain import Payload
from seongsu_assets.warehouse.postgres import Connection, frame


def store(conn: Connection, dataset: str, payload: Payload) -> tuple[int, bool]:
    """Keep the payload; its id, and whether it is new. The same bytes are kept once."""
    row = conn.execute(
        """insert into warehouse.payload (dataset, source, request, sha256, body, received_at)
           values (%s, %s, %s, %s, %s, %s) on conflict (dataset, source, sha256) do nothing
           returning id""",
        (
            dataset,
            payload.source,
            payload.request,
            payload.sha256,
            payload.body,
            payload.received_at,
        ),
    ).fetchone()
    if row:
        return row[0], True
    known = conn.execute(
        "select id from warehouse.payload where (dataset, source, sha256) = (%s, %s, %s)",
        (dataset, payload.source, payload.sha256),
    ).fetchone()
    assert known is not None
    return known[0], False


def unread(conn: Connection, dataset: str, source: str) -> list[tuple[int, Payload]]:
    """What was stored and never read, with its id, oldest first: a killed process left it."""
    rows = conn.execute(
        """select id, source, request, body, received_at from warehouse.payload p
           where (dataset, source) = (%s, %s)
             and not exists (select from warehouse.payload_read r where r.payload_id = p.id)
           order by id""",
        (dataset, source),
    ).fetchall()
    return [(payload_id, Payload(*told)) for payload_id, *told in rows]


def quarantined(conn: Connection, dataset: str, first: object, last: object) -> pd.DataFrame:
    """Refused rows of business dates in [first, last], newest first, with file, row and reason."""
    return frame(
        conn,
        """select q.business_date, q.claim, p.request as payload, q.place, q.reason, q.record,
                  q.refused_at
           from warehouse.quarantine q join warehouse.payload p on p.id = q.payload_id
           where q.dataset = %s and q.business_date between %s and %s order by q.id desc""",
        (dataset, first, last),
    )


def age(conn: Connection, dataset: str) -> datetime | None:
    """When the newest payload arrived, or None when none did."""
    row = conn.execute(
        "select max(received_at) from warehouse.payload where dataset = %s", (dataset,)
    ).fetchone()
    return row[0] if row else None
