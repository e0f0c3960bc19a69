"""The job that lets go, once a week, the snapshots that nobody needs any more.
Which these are is in `warehouse.sweeping`."""

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.resources import Warehouse, Workplace
from seongsu_assets.warehouse.sweeping import GRACE, sweep


def sweeping() -> dg.Definitions:
    """`sweep`, and its schedule: on Sundays, before the trainings of Monday."""

    @dg.op(description=f"lets go what only challengers older than {GRACE.days} days learned from")
    def sweep_snapshots(
        context: dg.OpExecutionContext, warehouse: Warehouse, workplace: Workplace
    ) -> None:
        with warehouse.connect() as conn:
            gone = sweep(conn, workplace.artefacts("snapshots"), clock.now())
        context.add_output_metadata({"snapshots": gone.files, "bytes": gone.bytes})
        context.log.info(f"{gone.files} snapshots of {gone.bytes:,} bytes went")

    @dg.job(
        name="sweep",
        description="training sets of challengers that never served go after "
        f"{GRACE.days} days; what a forecast or a champion was made from stays for ever",
    )
    def job() -> None:
        sweep_snapshots()

    schedule = dg.ScheduleDefinition(
        name="sweep_weekly",
        job=job,
        cron_schedule="30 3 * * 0",
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
    return dg.Definitions(jobs=[job], schedules=[schedule])
