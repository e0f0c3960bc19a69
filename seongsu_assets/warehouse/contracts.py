"""How each payload stood to the contract of its source.
The contract itself is the source's; it is judged in `ingest`."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from seongsu_assets.warehouse.postgres import Connection, frame


@dataclass(frozen=True)
class Verdict:
    """One claim on one payload."""

    claim: str
    passed: bool
    blocking: bool
    observed: str
    reason: str


def record(conn: Connection, payload_id: int, verdicts: Sequence[Verdict]) -> None:
    """Keep the verdicts of one payload."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into warehouse.contract_verdict values (%s, %s, %s, %s, %s, %s)",
            [(payload_id, v.claim, v.passed, v.blocking, v.observed, v.reason) for v in verdicts],
        )


def newest(conn: Connection, dataset: str) -> pd.DataFrame:
    """The verdicts on the newest payload of each source: source, claim, passed, blocking,
    observed, reason, payload, received_at."""
    return frame(
        conn,
        """select p.source, v.claim, v.passed, v.blocking, v.observed, v.reason,
                  p.request as payload, p.received_at
           from warehouse.contract_verdict v join warehouse.payload p on p.id = v.payload_id
           where v.payload_id in (
               select distinct on (p.source) p.id
               from warehouse.payload p join warehouse.contract_verdict w on w.payload_id = p.id
               where p.dataset = %s order by p.source, p.id desc)
           order by p.source, v.claim""",
        (dataset,),
    )
