"""Runs of Dagster, counted in its own tables: crashed and queued ones too, each finished one once.
No event log is read and no run loaded, so that a year of runs costs one pass over a table."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

import dagster as dg

from seongsu_assets.domain import Domain
from seongsu_assets.jobs import STAGES
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Counts, Family, Sample

#: Dagster's own name for the runs that conditions and pages ask for; they have no job of ours.
ADHOC = "__ASSET_JOB"
OUTCOMES = {"SUCCESS": "success", "FAILURE": "failure", "CANCELED": "canceled"}
STATES = {
    "QUEUED": "queued", "NOT_STARTED": "starting", "STARTING": "starting", "STARTED": "running",
    "CANCELING": "canceling",
}  # fmt: skip
TRAIN = "train"
#: Jobs that every domain has: what they never did is told as 0.
JOBS = ("covariates", *STAGES)
Job = tuple[str, str]


def runs(instance: dg.DagsterInstance, domains: Iterable[Domain]) -> Iterator[Sample]:
    """Everything about runs, by domain and job."""
    names = sorted((domain.name for domain in domains), key=len, reverse=True)
    yield from _ended(instance, names)
    yield from _unfinished(instance, names)


def job(name: str, domains: Sequence[str]) -> Job:
    """The domain and the stage of a Dagster job. What has no job of ours belongs to all."""
    for domain in domains:
        if name.startswith(f"{domain}_"):
            return domain, name.removeprefix(f"{domain}_")
    return "all", "conditions" if name == ADHOC else "other"


def _ended(instance: dg.DagsterInstance, names: Sequence[str]) -> Iterator[Sample]:
    bounds = f.RUN_SECONDS.bounds
    empty = [0] * (len(bounds) + 1)
    counts: dict[Job, dict[str, int]] = {(name, stage): {} for name in names for stage in JOBS}
    steps = {key: list(empty) for key in counts}
    sums = dict.fromkeys(counts, 0.0)
    for name, status, total, *at_most, count in _finished(instance, bounds):
        key = job(name, names)
        outcomes = counts.setdefault(key, {})
        outcomes[OUTCOMES[status]] = outcomes.get(OUTCOMES[status], 0) + count
        held = steps.get(key, empty)
        steps[key] = [a + b for a, b in zip(held, (*at_most, count), strict=True)]
        sums[key] = sums.get(key, 0.0) + total
    for key, outcomes in counts.items():
        for outcome in OUTCOMES.values():
            yield Sample(f.RUNS, (*key, outcome), outcomes.get(outcome, 0))
            if key[1] == TRAIN:
                yield Sample(f.TRAININGS, (key[0], outcome), outcomes.get(outcome, 0))
    for key, (*at_most, count) in steps.items():
        yield Sample(f.RUN_SECONDS, key, Counts(tuple(at_most), count, sums[key]))


def _finished(instance: dg.DagsterInstance, bounds: Sequence[float]) -> Iterator[tuple[Any, ...]]:
    """Job, status, seconds in all, runs of at most each bound, and runs in all."""
    import sqlalchemy as db

    table = _table()
    # One that failed before it started has no start, and has run for no time.
    seconds = table.c.end_time - db.func.coalesce(table.c.start_time, table.c.end_time)
    steps = [db.func.sum(db.case((seconds <= bound, 1), else_=0)) for bound in bounds]
    query = (
        db.select(table.c.pipeline_name, table.c.status, db.func.sum(seconds), *steps,
                  db.func.count())
        .where(table.c.status.in_(list(OUTCOMES)))
        .group_by(table.c.pipeline_name, table.c.status)
    )  # fmt: skip
    yield from _rows(instance, query)


def _unfinished(instance: dg.DagsterInstance, names: Sequence[str]) -> Iterator[Sample]:
    """Dagster writes its own times, by the machine's clock and in UTC."""
    import sqlalchemy as db

    table = _table()
    query = (
        db.select(table.c.pipeline_name, table.c.status, db.func.count(),
                  db.func.min(table.c.create_timestamp))
        .where(table.c.status.in_(list(STATES)))
        .group_by(table.c.pipeline_name, table.c.status)
    )  # fmt: skip
    stages = [(name, stage) for name in names for stage in JOBS]
    states = dict.fromkeys(STATES.values(), 0)
    found: dict[tuple[Job, str], int] = {(key, state): 0 for key in stages for state in states}
    since: dict[tuple[Job, str], float] = {}
    for name, status, count, created in _rows(instance, query):
        key = job(name, names), STATES[status]
        found[key] = found.get(key, 0) + count
        moment = created.replace(tzinfo=UTC).timestamp()
        since[key] = min(moment, since.get(key, moment))
    yield from _each(f.RUNS_OPEN, found)
    yield from _each(f.RUNS_SINCE, since)


def _each(family: Family, values: dict[tuple[Job, str], Any]) -> Iterator[Sample]:
    for (key, state), value in values.items():
        yield Sample(family, (*key, state), value)


def _table() -> Any:
    # No public name gives the table, and reading run by run takes seconds for a year of them.
    from dagster._core.storage.runs.schema import RunsTable

    return RunsTable


def _rows(instance: dg.DagsterInstance, query: Any) -> list[tuple[Any, ...]]:
    storage: Any = instance.run_storage
    with storage.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]
