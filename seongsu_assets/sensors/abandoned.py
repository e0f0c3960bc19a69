"""Abandoned runs: those of commands that were killed are reported as failed.
Which process a run belongs to, and whether it lives, is known to `presence`."""

import dagster as dg

from seongsu_assets import presence


def abandoned_sensor() -> dg.SensorDefinition:
    """Ends the runs of killed commands while the daemon serves; without it they hold their pool for
    hours."""

    @dg.sensor(
        name="abandoned",
        target=None,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="reports the runs of commands that were killed as failed",
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        told: list[str] = []
        presence.bury(context.instance, told.append, launched=False)
        return dg.SkipReason("; ".join(told) or "every run's process lives")

    return sensor
