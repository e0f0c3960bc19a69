"""Payloads: what arrived, kept byte for byte, the same bytes once.
No parsing and no judgement here."""

from collections.abc import Iterator
from datetime import datetime

from seongsu_assets.domain import Parsed, Payload
from seongsu_assets.warehouse.postgres import Connection


def store(conn: Connection, dataset: str, payload: Payload) -> tuple[int, str]:
    """Keep the payload; its id, and the request under which these bytes came first. The same bytes
    are kept once."""
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
        return row[0], payload.request
    known = conn.execute(
        "select id, request from warehouse.payload where (dataset, source, sha256) = (%s, %s, %s)",
        (dataset, payload.source, payload.sha256),
    ).fetchone()
    assert known is not None
    return known[0], known[1]


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


def everything(conn: Connection, dataset: str, source: str) -> Iterator[tuple[int, Payload]]:
    """Every payload of a source with its id, oldest first, one at a time."""
    ids = conn.execute(
        "select id from warehouse.payload where (dataset, source) = (%s, %s) order by id",
        (dataset, source),
    ).fetchall()
    for (payload_id,) in ids:
        row = conn.execute(
            "select source, request, body, received_at from warehouse.payload where id = %s",
            (payload_id,),
        ).fetchone()
        assert row is not None
        yield payload_id, Payload(*row)


def mark_read(conn: Connection, payload_id: int, parsed: Parsed, now: datetime) -> None:
    """From now on the payload is known: so many rows, so many records refused of those received."""
    refused = sum(reject.records for reject in parsed.rejects)
    conn.execute(
        """insert into warehouse.payload_read values (%s, %s, %s, %s, %s)
           on conflict (payload_id) do nothing""",
        (payload_id, len(parsed.rows), refused, now, parsed.received),
    )
