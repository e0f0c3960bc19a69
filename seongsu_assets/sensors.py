"""Sensors: days that are missing or wait to be settled, and a verdict that asks for training.
What follows from data inside the graph is in `automation`."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import dagster as dg

from seongsu_assets import clock, overdue, settlement
from seongsu_assets.domain import Domain, Window, ranges
from seongsu_assets.forecasting.retraining import TRAIN
from seongsu_assets.jobs import AssetJob, job_name, over
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets, observations
from seongsu_assets.warehouse import drift as verdicts
from seongsu_assets.warehouse.postgres import Connection

#: How far back a gap is looked for, how often it is tried, and how many ranges one tick asks for.
REACH_DAYS, ATTEMPTS, RANGES = 84, 3, 4
GAP, VERDICT = "seongsu/gap", "seongsu/verdict"
UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


def gaps_sensor(domain: Domain, jobs: Sequence[AssetJob]) -> dg.SensorDefinition:
    """Asks the warehouse, not Dagster: a day that failed its audit counts as materialised there."""

    @dg.sensor(
        name=f"{domain.name}_gaps",
        jobs=[
            job
            for job in jobs
            if job.name in {job_name(domain, "ingest"), job_name(domain, "settle")}
        ],
        minimum_interval_seconds=15 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="fetches missing days again, in contiguous ranges, a bounded number of times",
    )
    def sensor(
        context: dg.SensorEvaluationContext, warehouse: Warehouse
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        with warehouse.connect() as conn:
            wanted = wants(conn, domain)
        # A remote source is asked again every day until it has told or forgotten.
        remote = any(overdue.usable(source) for source in domain.sources)
        since = clock.now() - timedelta(days=1) if remote else None
        told: list[str] = []
        asked = 0
        for stage, window in wanted:
            name = f"{stage} {window.first}..{window.last}"
            runs = context.instance.get_runs(
                dg.RunsFilter(tags={GAP: name}, created_after=since), limit=ATTEMPTS
            )
            if any(run.status in UNFINISHED for run in runs):
                told.append(f"{name}: under way")
            elif len(runs) >= ATTEMPTS:
                told.append(
                    f"{name}: given up after {ATTEMPTS} attempts; import a file or look at its runs"
                )
            elif asked < RANGES:
                asked += 1
                # No run key: one that was ever requested is dropped for ever, failed or not.
                yield dg.RunRequest(
                    job_name=job_name(domain, stage), tags=over(window) | {GAP: name}
                )
        for line in told:
            context.log.warning(line)
        if not asked:
            yield dg.SkipReason("; ".join(told) or "every day that is due is there")

    return sensor


def wants(conn: Connection, domain: Domain) -> list[tuple[str, Window]]:
    """What is missing: days that arrived and wait to be settled, and days that some source still
    owes. What every source has forgotten is not asked for again; `overdue.owed` lists it."""
    dataset = datasets.active(conn, domain)
    held = observations.bounds(conn, dataset)
    if held is None:
        return []  # nothing was ever loaded: there is no history to have a gap in
    waiting = set(settlement.unsettled(conn, dataset))
    now, last = clock.now(), clock.yesterday(domain.cadence.timezone)
    reach = Window(max(last - timedelta(days=REACH_DAYS - 1), held.first), last)
    remote = [source for source in domain.sources if overdue.usable(source)]
    if remote and not datasets.is_sample(dataset):
        days = {
            day
            for source in remote
            for day in overdue.unheld(conn, domain, dataset, source, reach, now)
        }
    else:
        days = {
            each.business_date
            for each in overdue.owed(conn, domain, dataset, reach, now)
            if each.state == "late"
        }
    settle = [("settle", window) for window in ranges(waiting)]
    return settle + [("ingest", window) for window in ranges(days - waiting)]


def retraining_sensor(domain: Domain, jobs: Sequence[AssetJob]) -> dg.SensorDefinition:
    """Acts on the verdict that stands. Each is acted on once: what failed is tried again upon the
    next verdict, or by the weekly schedule."""

    @dg.sensor(
        name=f"{domain.name}_retraining",
        jobs=[job for job in jobs if job.name == job_name(domain, "train")],
        minimum_interval_seconds=15 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="trains a challenger when the newest verdict on drift asks for it",
    )
    def sensor(
        context: dg.SensorEvaluationContext, warehouse: Warehouse
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        with warehouse.connect() as conn:
            kept = verdicts.newest(conn, datasets.active(conn, domain))
        if kept is None or kept.verdict not in TRAIN:
            yield dg.SkipReason(f"{kept.verdict}: {kept.reason}" if kept else "no verdict yet")
            return
        name = f"{kept.verdict} {kept.origin}"
        if context.instance.get_runs(dg.RunsFilter(tags={VERDICT: name}), limit=1):
            yield dg.SkipReason(f"{name}: trained upon it already, or under way")
            return
        yield dg.RunRequest(job_name=job_name(domain, "train"), tags={VERDICT: name})

    return sensor
