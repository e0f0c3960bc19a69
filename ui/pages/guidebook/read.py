"""What the guidebook shows of what is published: the proofs of its ten levels.
What Dagster tells is in `asking`, the rows of one stage in `newest`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from seongsu_assets.incidents.symptom import PLATFORM
from ui import clock
from ui.data import Rows
from ui.state.declared import total_of
from ui.state.read import (
    SCORE_DAYS,
    Accuracy,
    Status,
    as_status,
    day_or_none,
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
    """`score` is over the last SCORE_DAYS measured days, `scored` the newest scored day."""

    status: Status
    arrived_at: datetime | None
    refused_days: int
    quarantined: int
    score: Accuracy | None
    scored: date | None
    decision: Decision | None
    incidents: int
    read_at: datetime = field(compare=False)


def read(rows: Rows, domain: str | None) -> Guide | None:
    """The guidebook of `domain`, or of the first there is; None where there is none."""
    found = status_row(rows, domain, "arrived_at", "refused_days", "quarantined_rows")
    if found is None:
        return None
    status = as_status(found)
    score, scored = _score(rows, status)
    return Guide(
        status=status,
        arrived_at=instant_or_none(found["arrived_at"]),
        refused_days=int(found["refused_days"]),
        quarantined=int(found["quarantined_rows"]),
        score=score,
        scored=scored,
        decision=_decision(rows, status.domain),
        incidents=_incidents(rows, status.domain),
        read_at=clock.now(),
    )


def _score(rows: Rows, status: Status) -> tuple[Accuracy | None, date | None]:
    """How it was lately, beside the same hour a week before, and up to which day."""
    if status.data_through is None:
        return None, None
    sums = ["hours", "absolute_error", "naive_absolute_error", "observed", "inside"]
    found = rows(
        "accuracy", ["business_date", *sums], ["business_date", "horizon"],
        since=("business_date", status.data_through - timedelta(days=SCORE_DAYS - 1)),
        domain=status.domain, series=total_of(status.domain),
    )  # fmt: skip
    hours, error, naive, observed, inside = found[sums].astype(float).sum()
    if not observed:
        return None, None
    days = int(found["business_date"].nunique())
    score = Accuracy(days, int(hours), error / observed, naive / observed, inside / hours)
    return score, day_or_none(found["business_date"].max())


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
