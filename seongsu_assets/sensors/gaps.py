"""Gaps: days that never arrived, or that arrived and wait to be settled, are asked for again.
The warehouse is asked, not Dagster, in which a refused day may count as made."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import dagster as dg

from seongsu_assets import clock, overdue
from seongsu_assets.domain import Domain, Window
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.jobs import AssetJob, job_name
from seongsu_assets.resources import Warehouse
from seongsu_assets.sensors.asking import ASKING_DAYS, RANGES, Plan, ask, named
from seongsu_assets.wanted import wants
from seongsu_assets.warehouse import incidents

GIVEN_UP = "gap_given_up"
_STAGES = ("settle", "ingest")


def gaps_sensor(domain: Domain, jobs: Sequence[AssetJob]) -> dg.SensorDefinition:
    """A remote source is asked again every day until it has told or forgotten."""

    @dg.sensor(
        name=f"{domain.name}_gaps",
        jobs=[job for job in jobs if job.name in {job_name(domain, stage) for stage in _STAGES}],
        minimum_interval_seconds=15 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="fetches missing days again, in contiguous ranges, a bounded number of times",
    )
    def sensor(
        context: dg.SensorEvaluationContext, warehouse: Warehouse
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        now = clock.now().astimezone(ZoneInfo(domain.cadence.timezone))
        remote = any(overdue.usable(source) for source in domain.sources)
        with warehouse.connect() as conn:
            wanted = _days(domain, wants(conn, domain))
            plans = {
                stage: ask(
                    context.instance, domain, stage, wanted[stage], now,
                    for_ever=remote and stage == "ingest",
                )
                for stage in _STAGES
            }  # fmt: skip
            given_up = _given_up(domain, plans)
            incidents.reconcile(conn, domain.name, [GIVEN_UP], given_up, now)
        requests = [each for stage in _STAGES for each in plans[stage].requests][:RANGES]
        left = [f"{stage} {told}" for stage in _STAGES if (told := plans[stage].told())]
        for line in left:
            context.log.warning(line)
        yield from requests
        if not requests:
            yield dg.SkipReason("; ".join(left) or "every day that is due is there")

    return sensor


def _days(domain: Domain, wanted: list[tuple[str, Window]]) -> dict[str, list[date]]:
    days = domain.cadence.periods
    return {
        stage: [day for each, window in wanted if each == stage for day in days(window)]
        for stage in _STAGES
    }


def _given_up(domain: Domain, plans: dict[str, Plan]) -> list[Symptom]:
    return [
        Symptom(
            domain.name,
            GIVEN_UP,
            stage,
            f"{named(plan.given_up)}: every attempt on {ASKING_DAYS} days came to nothing",
        )
        for stage, plan in plans.items()
        if plan.given_up
    ]
