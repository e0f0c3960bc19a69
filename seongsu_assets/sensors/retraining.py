"""Retraining: a challenger is trained when the newest verdict on drift asks for it.
The verdict is made by the asset `drift`; nothing is measured here."""

from collections.abc import Iterator, Sequence

import dagster as dg

from seongsu_assets.domain import Domain
from seongsu_assets.forecasting.retraining import TRAIN
from seongsu_assets.jobs import AssetJob, job_name
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse import drift as verdicts

#: Run tag: the verdict that was acted on.
VERDICT = "seongsu/verdict"


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
        mine = {"domain": domain.name, VERDICT: name}
        if context.instance.get_runs(dg.RunsFilter(tags=mine), limit=1):
            yield dg.SkipReason(f"{name}: trained upon it already, or under way")
            return
        yield dg.RunRequest(job_name=job_name(domain, "train"), tags=mine)

    return sensor
