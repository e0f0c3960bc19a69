"""The outbox: which message waits for which channel, and what became of each attempt.
Nothing is sent here, and a channel is known by its name alone."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from seongsu_assets.warehouse.postgres import Connection


@dataclass(frozen=True)
class Message:
    """A row of the table."""

    id: int
    incident_id: int | None
    phase: str
    domain: str
    kind: str
    subject: str
    owner: str
    title: str
    body: str
    created_at: datetime


@dataclass(frozen=True)
class Trouble:
    """A channel that did not take what it was sent last: attempts since it last did, the first
    and the last of them, and why the last failed."""

    attempts: int
    since: datetime
    tried_at: datetime
    detail: str


@contextmanager
def alone(conn: Connection) -> Generator[bool]:
    """Whether nobody else delivers now; nobody else does as long as it lasts."""
    took = conn.execute("select pg_try_advisory_lock(hashtextextended('alerts', 0))").fetchone()
    mine = bool(took and took[0])
    try:
        yield mine
    finally:
        if mine:
            conn.execute("select pg_advisory_unlock(hashtextextended('alerts', 0))")


def know(conn: Connection, names: Iterable[str], now: datetime) -> None:
    """Remember channels from now on."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into warehouse.channel values (%s, %s) on conflict do nothing",
            [(name, now) for name in names],
        )


def waiting(conn: Connection, channel: str) -> list[Message]:
    """What the channel has not taken, the oldest first: messages since it is known, and what was
    open before and still is."""
    rows = conn.execute(
        """select m.* from warehouse.message m join warehouse.channel c on c.name = %s
           left join warehouse.incident i on i.id = m.incident_id
           where (m.created_at >= c.since or (m.phase = 'opened' and i.closed_at is null))
             and not exists (select from warehouse.delivery d
                             where (d.message_id, d.channel, d.outcome) = (m.id, c.name, 'sent'))
           order by m.id""",
        (channel,),
    )
    return [Message(*row) for row in rows]


def record(
    conn: Connection,
    messages: Sequence[int],
    channel: str,
    now: datetime,
    *,
    sent: bool,
    detail: str = "",
) -> None:
    """Keep what became of one attempt, for all that it told."""
    with conn.transaction(), conn.cursor() as cursor:
        cursor.executemany(
            """insert into warehouse.delivery (message_id, channel, tried_at, outcome, detail)
               values (%s, %s, %s, %s, %s)""",
            [(each, channel, now, "sent" if sent else "failed", detail) for each in messages],
        )


def troubles(conn: Connection) -> dict[str, Trouble]:
    """The channels whose last attempt failed."""
    rows = conn.execute(
        """select d.channel, count(distinct d.tried_at), min(d.tried_at), max(d.tried_at),
                  (array_agg(d.detail order by d.id desc))[1]
           from warehouse.delivery d
           where d.outcome = 'failed' and d.id > coalesce(
               (select max(s.id) from warehouse.delivery s
                where (s.channel, s.outcome) = (d.channel, 'sent')), 0)
           group by d.channel"""
    )
    return {channel: Trouble(*rest) for channel, *rest in rows}
