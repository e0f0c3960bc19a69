"""Why a run failed, in one line, out of what Dagster keeps of it.
Nothing is handled here; which runs count as failed is said in `runs`."""

from collections.abc import Sequence
from dataclasses import dataclass

import dagster as dg
from dagster_shared.error import SerializableErrorInfo


@dataclass(frozen=True)
class Cause:
    """The root of a failure: the name of its class, what happened, and what to do."""

    name: str
    reason: str
    remedy: str


def root(error: SerializableErrorInfo) -> Cause:
    """The innermost error; our own end in " -> remedy"."""
    while error.cause is not None:
        error = error.cause
    told = " ".join(error.message.strip().partition(": ")[2].split()) or error.message.strip()
    reason, _, remedy = told.partition(" -> ")
    return Cause(error.cls_name or "", reason, remedy)


def of_events(events: Sequence[dg.DagsterEvent]) -> Cause | None:
    """The cause of the first failed step, or None when no step failed."""
    failed = [event.step_failure_data.error for event in events if event.is_step_failure]
    return next((root(error) for error in failed if error), None)


def of_run(instance: dg.DagsterInstance, run_id: str) -> Cause | None:
    """The cause of a run that is over, or None when no step of it failed."""
    records = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    entries = [record.event_log_entry.dagster_event for record in records.records]
    return of_events([event for event in entries if event])
