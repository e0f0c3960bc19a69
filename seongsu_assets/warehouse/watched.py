"""What the watcher reads of forecasts, verdicts and payloads: heads only, never their rows.
Nothing is judged here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from seongsu_assets.warehouse.postgres import Connection


@dataclass(frozen=True)
class Head:
    """The published issue."""

    issue_id: str
    origin: date
    issued_at: datetime
    tier: str
    model_id: str | None


@dataclass(frozen=True)
class Broken:
    """A blocking claim that the newest payloads of a source break, as the newest of them does."""

    source: str
    claim: str
    observed: str
    reason: str
    payload: str


@dataclass(frozen=True)
class Verdict:
    """The newest verdict on drift, with what it was made from."""

    origin: date
    verdict: str
    reason: str
    inputs: dict[str, Any]


def head(conn: Connection, dataset: str) -> Head | None:
    """The issue that readers see; None before the first."""
    row = conn.execute(
        """select i.issue_id, i.origin, i.issued_at, i.tier, i.model_id
           from warehouse.publication p join warehouse.issue i using (issue_id)
           where p.dataset = %s""",
        (dataset,),
    ).fetchone()
    return Head(*row) if row else None


def verdict(conn: Connection, dataset: str) -> Verdict | None:
    """The verdict that stands, that of the newest origin; None before the first."""
    row = conn.execute(
        """select origin, verdict, reason, inputs from warehouse.drift
           where dataset = %s order by origin desc, id desc limit 1""",
        (dataset,),
    ).fetchone()
    return Verdict(*row) if row else None


def crowned_at(conn: Connection, dataset: str) -> datetime | None:
    """When the first champion was made; None before."""
    row = conn.execute(
        """select min(decided_at) from warehouse.decision
           where dataset = %s and outcome in ('first', 'promote')""",
        (dataset,),
    ).fetchone()
    return row[0] if row else None


def began_at(conn: Connection, dataset: str) -> datetime | None:
    """When the first day was accepted; None before."""
    row = conn.execute(
        "select min(audited_at) from warehouse.arrival where dataset = %s and accepted", (dataset,)
    ).fetchone()
    return row[0] if row else None


def answered_since(conn: Connection, dataset: str, source: str, since: datetime) -> bool:
    """Whether something new came from the source after `since`."""
    row = conn.execute(
        """select exists (select from warehouse.payload
                          where (dataset, source) = (%s, %s) and received_at > %s)""",
        (dataset, source, since),
    ).fetchone()
    return bool(row and row[0])


def broken(conn: Connection, dataset: str) -> list[Broken]:
    """The claims of each source's contract that both of its two newest payloads break: a bad day
    breaks one, a new shape breaks all that come."""
    rows = conn.execute(
        """with judged as (
               select p.id, p.source, p.request,
                      row_number() over (partition by p.source order by p.id desc) as nth
               from warehouse.payload p
               where p.dataset = %s
                 and exists (select from warehouse.contract_verdict v where v.payload_id = p.id))
           select j.source, v.claim, (array_agg(v.observed order by j.nth))[1],
                  (array_agg(v.reason order by j.nth))[1], (array_agg(j.request order by j.nth))[1]
           from judged j join warehouse.contract_verdict v on v.payload_id = j.id
           where j.nth <= 2
           group by j.source, v.claim having bool_and(v.blocking and not v.passed)
           order by j.source, v.claim""",
        (dataset,),
    )
    return [Broken(*row) for row in rows]
