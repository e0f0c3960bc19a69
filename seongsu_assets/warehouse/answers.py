"""The journal of the outside world: every answer as it came, and the calls of each day.
No request and no reading of an answer here."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from seongsu_assets.outside import Answer, Provider
from seongsu_assets.warehouse.postgres import Connection, frame


@dataclass(frozen=True)
class Journal:
    """Implements `sources.http.Journal` on a connection in autocommit mode. Each method is a single
    statement: so it is one transaction, and threads may share the connection."""

    conn: Connection

    def spend(self, provider: Provider, now: datetime) -> bool:
        """Count one call of the provider's own day; False, and nothing counted, at its limit."""
        counted = self.conn.execute(
            """insert into warehouse.quota as q (provider, day, calls)
               select %(provider)s, %(day)s, 1 where %(limit)s > 0
               on conflict (provider, day) do update set calls = q.calls + 1
               where q.calls < %(limit)s
               returning calls""",
            {
                "provider": provider.name,
                "day": now.astimezone(ZoneInfo(provider.timezone)).date(),
                "limit": provider.daily_limit,
            },
        ).fetchone()
        return counted is not None

    def keep(self, provider: Provider, answer: Answer) -> None:
        """Append the answer; the same bytes are kept once."""
        self.conn.execute(
            """with kept as (
                   insert into warehouse.answer_body (sha256, body) values (%(sha256)s, %(body)s)
                   on conflict (sha256) do nothing)
               insert into warehouse.answer
                   (provider, request, status, sha256, received_at, seconds)
               values (%(provider)s, %(request)s, %(status)s, %(sha256)s, %(received_at)s,
                       %(seconds)s)""",
            {
                "provider": provider.name,
                "request": answer.request,
                "status": answer.status,
                "sha256": hashlib.sha256(answer.body).hexdigest(),
                "body": answer.body,
                "received_at": answer.received_at,
                "seconds": answer.seconds,
            },
        )


def calls(conn: Connection, provider: Provider, day: date) -> int:
    """How often the provider was asked on a day of its own timezone."""
    counted = conn.execute(
        "select calls from warehouse.quota where (provider, day) = (%s, %s)", (provider.name, day)
    ).fetchone()
    return counted[0] if counted else 0


def newest(conn: Connection) -> pd.DataFrame:
    """One row for each provider that was ever asked: provider, `day` (the last one on which it was
    asked, in its timezone), `calls` of that day, and the last answer's `received_at` and `status`,
    both missing where none ever came."""
    return frame(
        conn,
        """select provider, day, calls, received_at, status
           from (select distinct on (provider) * from warehouse.quota
                 order by provider, day desc) q
           left join lateral (select received_at, status from warehouse.answer a
                              where a.provider = q.provider
                              order by received_at desc, id desc limit 1) last on true
           order by provider""",
    )


def rehearse(conn: Connection, now: datetime) -> None:
    """From now on what this warehouse holds is generated, and says so wherever it is read."""
    conn.execute(
        """insert into warehouse.rehearsal select %s
           where not exists (select from warehouse.rehearsal)""",
        (now,),
    )
