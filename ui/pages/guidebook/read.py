"""What the guidebook shows of what is published: the proofs of its ten levels.
What Dagster tells is in `asking`, the rows of one stage in `newest`."""

from dataclasses import dataclass, field
from datetime import datetime

from seongsu_assets.incidents.symptom import PLATFORM
from ui import clock
from ui.data import Rows
from ui.state.accuracy import Accuracy, read_accuracy
from ui.state.declared import total_of
from ui.state.read import (
    Status,
    as_status,
    instant_or_none,
    status_row,
)


@dataclass(frozen=True)
class Decision:
    """The newest decision about a new model."""

    at: datetime
    outcome: str


@dataclass(frozen=True)
class Guide:
    """What proves the levels, as far as it is known."""

    status: Status
    arrived_at: datetime | None
    refused_days: int
    quarantined: int
    score: Accuracy | None
    decision: Decision | None
    incidents: int
    read_at: datetime = field(compare=False)


def read(rows: Rows, domain: str | None) -> Guide | None:
    """The guidebook of `domain`, or of the first there is; None where there is none."""
    found = status_row(rows, domain, "arrived_at", "refused_days", "quarantined_rows")
    if found is None:
        return None
    status = as_status(found)
    return Guide(
        status=status,
        arrived_at=instant_or_none(found["arrived_at"]),
        refused_days=int(found["refused_days"]),
        quarantined=int(found["quarantined_rows"]),
        score=read_accuracy(rows, status, total_of(status.domain)),
        decision=_decision(rows, status.domain),
        incidents=_incidents(rows, status.domain),
        read_at=clock.now(),
    )


def _decision(rows: Rows, domain: str) -> Decision | None:
    columns = ("decided_at", "challenger", "outcome")
    found = rows("decision", columns, ["decided_at", "challenger"], domain=domain)
    if found.empty:
        return None
    newest = found.to_dict("records")[-1]
    return Decision(newest["decided_at"].to_pydatetime(), str(newest["outcome"]))


def _incidents(rows: Rows, domain: str) -> int:
    """How many are open, of the domain and of the platform."""
    columns = ("domain", "opened_at", "kind", "subject")
    found = rows("incident", columns, ["opened_at", "domain", "kind", "subject"], open="true")
    return int(found["domain"].isin([domain, PLATFORM]).sum())
