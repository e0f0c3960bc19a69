"""Failed runs: an incident when a run fails for the first time.
Which failures stand, and what made them good, is in `runs`; the watcher closes them."""

import dagster as dg

# It has no public name.
from dagster._core.storage.dagster_run import RunRecord

from seongsu_assets import clock, runs
from seongsu_assets.domain import Domain
from seongsu_assets.incidents import links
from seongsu_assets.incidents.kinds import ML
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.jobs import job_name
from seongsu_assets.resources import Warehouse
from seongsu_assets.runs import Failed
from seongsu_assets.warehouse import incidents

FAILED = "run_failed"
_LEARNING = {"train", "watch"}


def failures_sensor(domain: Domain) -> dg.SensorDefinition:
    """A retry of Dagster's own says nothing new: it belongs to the incident of the first attempt,
    and its success makes good what failed."""

    # Without all locations it would not hear of runs that a command executed in its own process.
    @dg.run_failure_sensor(
        name=f"{domain.name}_failures",
        monitor_all_code_locations=True,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="opens an incident for a failed run, with its cause and what to do",
    )
    def sensor(context: dg.RunFailureSensorContext, warehouse: Warehouse) -> None:
        run, instance = context.dagster_run, context.instance
        stage = runs.stage_of(instance, domain, run)
        if stage is None or not runs.first_attempt(run):
            return
        found = runs.failed(instance, stage, _record(instance, run.run_id))
        if found is None:
            return
        with warehouse.connect() as conn:
            incidents.report(conn, symptom(domain, found), clock.now())

    return sensor


def symptom(domain: Domain, found: Failed) -> Symptom:
    """A failed run as an incident of its job, with the link to its page."""
    days = f" of {found.days.first} to {found.days.last}" if found.days else ""
    return Symptom(
        domain.name,
        FAILED,
        job_name(domain, found.stage),
        f"{found.stage}{days} failed: {found.why}",
        remedy=found.remedy,
        link=links.run(found.run_id),
        owner=ML if found.stage in _LEARNING else domain.owner,
    )


def _record(instance: dg.DagsterInstance, run_id: str) -> RunRecord:
    [record] = instance.get_run_records(dg.RunsFilter(run_ids=[run_id]), limit=1)
    return record
