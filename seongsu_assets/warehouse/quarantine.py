"""The quarantine: records that were refused, each with its payload, its place and the reason.
What is refused is not decided here."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from seongsu_assets.domain import Reject
from seongsu_assets.warehouse.postgres import Connection, copy, storable

#: What stands for a text that says nothing.
EMPTY = "(empty)"

COLUMNS = ["business_date", "claim", "place", "reason", "record", "records"]


def keep(
    conn: Connection, dataset: str, payload_id: int, rejects: Sequence[Reject], now: datetime
) -> int:
    """Add the rejects of one payload; how many lines."""
    lines = pd.DataFrame(
        [(r.business_date, r.claim, r.place, r.reason, r.record, r.records) for r in rejects],
        columns=COLUMNS,
    )
    add(conn, dataset, payload_id, lines, now)
    return len(lines)


def add(
    conn: Connection, dataset: str, payload_id: int, lines: pd.DataFrame, now: datetime
) -> None:
    """Add lines (COLUMNS) of one payload, whatever their texts hold."""
    if not lines.empty:
        told = {
            name: [storable(str(text)) or EMPTY for text in lines[name]]
            for name in ("place", "reason", "record")
        }
        copy(
            conn,
            "warehouse.quarantine",
            lines.assign(
                **told, dataset=dataset, payload_id=payload_id, refused_at=now.isoformat()
            ),
        )
