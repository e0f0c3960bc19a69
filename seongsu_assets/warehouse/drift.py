"""Verdicts on drift, kept as rows.
No judgement here."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.types.json import Jsonb

from seongsu_assets.warehouse.postgres import Connection, lock


@dataclass(frozen=True)
class Kept:
    """One verdict: what is to be done at the end of `origin`, and why."""

    origin: date
    verdict: str
    reason: str


def newest(conn: Connection, dataset: str) -> Kept | None:
    """The verdict that stands, that of the newest origin; None before the first."""
    row = conn.execute(
        """select origin, verdict, reason from warehouse.drift
           where dataset = %s order by origin desc, id desc limit 1""",
        (dataset,),
    ).fetchone()
    return Kept(*row) if row else None


def keep(
    conn: Connection,
    dataset: str,
    origin: date,
    verdict: str,
    reason: str,
    inputs: dict[str, Any],
    now: datetime,
) -> None:
    """Append a verdict; the one that stands already for this origin is not repeated."""
    with conn.transaction():
        lock(conn, dataset, "drift")
        conn.execute(
            """insert into warehouse.drift (dataset, origin, judged_at, verdict, reason, inputs)
               select %(dataset)s, %(origin)s, %(now)s, %(verdict)s, %(reason)s, %(inputs)s
               where not exists (
                   select from (select verdict, inputs from warehouse.drift
                                where dataset = %(dataset)s and origin = %(origin)s
                                order by id desc limit 1) newest
                   where newest.verdict = %(verdict)s and newest.inputs = %(inputs)s)""",
            {
                "dataset": dataset,
                "origin": origin,
                "now": now,
                "verdict": verdict,
                "reason": reason,
                "inputs": Jsonb(inputs),
            },
        )
