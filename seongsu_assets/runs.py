"""Runs that failed and were not made good since, as Dagster's instance tells.
What is done about them is for the sensors, the watcher and the operator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import dagster as dg

# None of them has a public name.
from dagster._core.errors import DagsterAssetCheckFailedError
from dagster._core.execution.stats import StepEventStatus
from dagster._core.storage.dagster_run import RunRecord

from seongsu_assets import causes
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.jobs import LISTEN, RANGE, STAGES, job_name

#: The job of the runs that conditions ask for, and of those started on an asset's page.
ASSETS = "__ASSET_JOB"
PARTITION = "dagster/partition"
#: The newest failures that are looked at, and how many successes after each.
FAILURES, SUCCESSES = 100, 200
#: Days so long before what a job has made since are past mending by the job itself.
PAST = timedelta(days=84)
_NEWEST_ONLY = {"forecast"}
#: A domain too young to learn from is no fault of its run; a check that failed is told by itself.
_NO_FAULT = {NotEnoughHistory.__name__, DagsterAssetCheckFailedError.__name__}
_PENDING = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dataclass(frozen=True)
class Failed:
    """A failed run of one stage. `days`: what it was to make; None where a node has no days."""

    stage: str
    run_id: str
    days: Window | None
    at: datetime
    why: str
    remedy: str


def failing(instance: dg.DagsterInstance, domain: Domain) -> list[Failed]:
    """The newest failed run of each stage, where no later run made it good.

    A domain too young to learn from is not a broken one: its usual profile serves."""
    newest: dict[str, RunRecord] = {}
    wanted = dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE])
    for record in instance.get_run_records(wanted, limit=FAILURES):
        if stage := stage_of(instance, domain, record.dagster_run):
            newest.setdefault(stage, record)
    told = (
        failed(instance, stage, record)
        for stage, record in newest.items()
        if not _mended(instance, domain, stage, record)
    )
    return [each for each in told if each is not None]


def failed(instance: dg.DagsterInstance, stage: str, record: RunRecord) -> Failed | None:
    """What is to be said of a failed run; None when it is no fault."""
    run = record.dagster_run
    cause = causes.of_run(instance, run.run_id)
    if cause and cause.name in _NO_FAULT:
        return None
    why = cause.reason if cause else "its process was killed, or never began"
    remedy = cause.remedy if cause else ""
    return Failed(stage, run.run_id, days_of(run.tags), record.create_timestamp, why, remedy)


def first_attempt(run: dg.DagsterRun) -> bool:
    """Whether it is no repetition of another run."""
    return run.parent_run_id is None


def pending(run: dg.DagsterRun) -> bool:
    """Whether it is under way, or failed and will be tried again by Dagster itself."""
    again = run.tags.get("dagster/will_retry") == "true"
    return run.status in _PENDING or (again and "dagster/auto_retry_run_id" not in run.tags)


def under_way(instance: dg.DagsterInstance, domain: Domain, stage: str) -> list[dg.DagsterRun]:
    """The unfinished runs of a stage."""
    name = job_name(domain, stage)
    runs = instance.get_runs(dg.RunsFilter(statuses=_PENDING))
    return [run for run in runs if run.job_name == name or stage in _stages(domain, run)]


def days_of(tags: Mapping[str, str]) -> Window | None:
    """The days that a run is for."""
    first, last = (tags.get(name, tags.get(PARTITION)) for name in RANGE)
    return Window(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def stage_of(instance: dg.DagsterInstance, domain: Domain, run: dg.DagsterRun) -> str | None:
    """The stage that failed in it; None for a run of another domain.

    A run of conditions may hold several: then the one whose step failed."""
    several = _stages(domain, run)
    if len(several) < 2:  # noqa: PLR2004 - one or none
        return next(iter(several), None)
    stats = instance.get_run_step_stats(run.run_id)
    broken = " ".join(each.step_key for each in stats if each.status == StepEventStatus.FAILURE)
    made = _nodes(domain)
    named = [stage for stage in several if any(f"__{node}" in broken for node in made[stage])]
    return (named or several)[0]


def _stages(domain: Domain, run: dg.DagsterRun) -> list[str]:
    """What it makes, in the order of a full run."""
    if run.job_name != ASSETS:
        name = run.job_name.removeprefix(job_name(domain, ""))
        return [] if name == run.job_name else [name]
    nodes = {key.path[-1] for key in run.asset_selection or () if key.path[0] == domain.name}
    return [stage for stage, made in _nodes(domain).items() if nodes & set(made)]


def _nodes(domain: Domain) -> dict[str, tuple[str, ...]]:
    """Stage -> what it makes."""
    feeds = {f"{LISTEN}_{feed.name}": (feed.name,) for feed in domain.feeds}
    return STAGES | {"covariates": tuple(each.name for each in domain.covariates)} | feeds


def _mended(instance: dg.DagsterInstance, domain: Domain, stage: str, record: RunRecord) -> bool:
    missing = days_of(record.dagster_run.tags)
    return any(
        _makes_good(stage, missing, days_of(run.tags))
        for run in _later(instance, domain, stage, record)
    )


def _later(
    instance: dg.DagsterInstance, domain: Domain, stage: str, record: RunRecord
) -> Iterator[dg.DagsterRun]:
    """Successful runs of the stage since, the oldest first."""
    for name in (job_name(domain, stage), ASSETS):
        wanted = dg.RunsFilter(
            job_name=name,
            statuses=[dg.DagsterRunStatus.SUCCESS],
            created_after=record.create_timestamp,
        )
        for each in instance.get_run_records(wanted, limit=SUCCESSES, ascending=True):
            if stage in _stages(domain, each.dagster_run):
                yield each.dagster_run


def _makes_good(stage: str, missing: Window | None, made: Window | None) -> bool:
    """Whether days that were made make good for days that were not: they hold the last of them, or
    are so much later that nobody waits for it any more."""
    if missing is None or made is None:
        return True
    if made.first <= missing.last <= made.last:
        return True
    past = timedelta() if stage in _NEWEST_ONLY else PAST
    return missing.last < made.last - past
