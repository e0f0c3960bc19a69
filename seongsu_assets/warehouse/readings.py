"""Readings: what a feed said, for when, as it was issued. Never rewritten.
Nothing is fetched here, and counts have tables of their own."""

import json
from datetime import datetime

import pandas as pd

from seongsu_assets.warehouse.postgres import Connection, frame, lock, stage, storable


def add(
    conn: Connection, domain: str, feed: str, rows: pd.DataFrame, payload_id: int, now: datetime
) -> int:
    """Keep the rows (READING_COLUMNS) that are new; how many. What was issued stays as it was."""
    staged = pd.DataFrame(
        {
            "key": [storable(key) for key in rows["key"]],
            "issued_at": [moment.isoformat() for moment in rows["issued_at"]],
            "at": [moment.isoformat() for moment in rows["at"]],
            "attributes": [
                storable(json.dumps(told, sort_keys=True, ensure_ascii=False)).replace(
                    "\\u0000", ""
                )
                for told in rows["attributes"]
            ],
        }
    )
    with conn.transaction():
        lock(conn, domain, feed)
        stage(conn, "warehouse.reading", staged)
        return conn.execute(
            """insert into warehouse.reading
               select %s, %s, key, issued_at, at, attributes, %s, %s from staged
               on conflict do nothing""",
            (domain, feed, payload_id, now),
        ).rowcount


def read(conn: Connection, domain: str, feed: str, since: datetime | None = None) -> pd.DataFrame:
    """Every reading of a feed with `at` not before `since`: key, issued_at, at, attributes;
    ordered, the instants in UTC."""
    rows = frame(
        conn,
        """select key, issued_at, at, attributes from warehouse.reading
           where (domain, feed) = (%(domain)s, %(feed)s)
             and at >= coalesce(%(since)s::timestamptz, '-infinity')
           order by at, issued_at, key""",
        {"domain": domain, "feed": feed, "since": since},
    )
    return rows.assign(
        issued_at=pd.to_datetime(rows["issued_at"], utc=True),
        at=pd.to_datetime(rows["at"], utc=True),
    )


def newest_of(conn: Connection, domain: str, feed: str, request: str) -> int | None:
    """The payload of what the feed last said in answer to this request."""
    row = conn.execute(
        """select r.payload_id
           from warehouse.reading r join warehouse.payload p on p.id = r.payload_id
           where (r.domain, r.feed, p.request) = (%s, %s, %s)
           order by r.issued_at desc, r.payload_id desc limit 1""",
        (domain, feed, request),
    ).fetchone()
    return row[0] if row else None


def version(conn: Connection, domain: str, feed: str) -> str:
    """Changes when something new was said."""
    row = conn.execute(
        """select count(*) || '/' || coalesce(max(payload_id), 0) from warehouse.reading
           where (domain, feed) = (%s, %s)""",
        (domain, feed),
    ).fetchone()
    return str(row[0]) if row else ""


def standing(conn: Connection, domain: str) -> pd.DataFrame:
    """Per feed that ever said anything: feed, readings, issued_at and recorded_at of the newest."""
    return frame(
        conn,
        """select feed, count(*) as readings, max(issued_at) as issued_at,
                  max(recorded_at) as recorded_at
           from warehouse.reading where domain = %s group by feed order by feed""",
        (domain,),
    )
