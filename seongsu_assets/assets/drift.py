"""`drift`: how far today is from training, and what to do about it.
Measured in `forecasting.drift`, decided in `forecasting.retraining`; here the inputs are gathered
and the verdict kept."""

from datetime import timedelta

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, preview
from seongsu_assets.automation import follows
from seongsu_assets.domain import Domain
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import baselines, learners, season
from seongsu_assets.forecasting.drift import measure
from seongsu_assets.forecasting.retraining import Decided, Standing, decide
from seongsu_assets.forecasting.thresholds import Drift, Retraining
from seongsu_assets.resources import Warehouse, as_of
from seongsu_assets.warehouse import covariates, datasets, forecasts, models, observations
from seongsu_assets.warehouse.drift import keep
from seongsu_assets.warehouse.postgres import Connection


def drift(domain: Domain) -> dg.AssetsDefinition:
    """Whether the model still fits the world."""

    @asset(
        domain,
        "drift",
        deps=[
            dg.AssetDep([domain.name, "accuracy"], partition_mapping=dg.LastPartitionMapping()),
            [domain.name, "champion"],
        ],
        automation_condition=follows(),
        pool=f"{domain.name}_drift",
    )
    def drift(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
        """Live error and coverage against the evaluation, level and shape against the same season.

        force: nothing serves, or far worse than promised. reactive: worse. proactive: the world
        moved or the champion is old. wait: too little is known, or it has been tried. all good: as
        promised."""
        last = as_of(context, domain.cadence)
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            verdict = assess(conn, domain, dataset, pd.Timestamp(last))
            keep(conn, dataset, last, verdict.verdict, verdict.reason, verdict.inputs, clock.now())
        inputs = pd.DataFrame(
            {"input": list(verdict.inputs), "value": list(map(str, verdict.inputs.values()))}
        )
        return dg.MaterializeResult(
            data_version=dg.DataVersion(verdict.verdict),
            metadata={
                "verdict": verdict.verdict,
                "reason": verdict.reason,
                "inputs": preview(inputs),
                "sample data": datasets.is_sample(dataset),
                **{
                    name: value
                    for name, value in verdict.inputs.items()
                    if isinstance(value, float)
                },
            },
        )

    return drift


def assess(conn: Connection, domain: Domain, dataset: str, last: pd.Timestamp) -> Decided:
    """The verdict at the end of `last`: live scores, the champion's evaluation, and the counts of
    these weeks and of those a year before."""
    limits, total = Drift.of(domain.plan), domain.total
    reach = limits.recent_days + limits.before_days
    live = forecasts.scored(conn, dataset, (last - timedelta(days=reach)).date(), last.date())
    champion = next(iter(models.champions(conn, dataset)), None)
    loaded = _loaded(conn, champion)
    promised = loaded.evaluation if loaded else pd.DataFrame(columns=live.columns)
    first = (last - timedelta(days=season.YEAR + reach)).date()
    counts = baselines.with_total(
        observations.read(conn, dataset, first, last.date()), domain.series, total
    )
    measured = measure(
        live[live.series == total].rename(columns={"observed": "truth"}),
        promised[promised.series == total],
        counts[counts.series == total],
        season.ordinary(covariates.read(conn, domain.name, "calendar"), domain.plan),
        last,
        limits,
    )
    newest = models.newest(conn, dataset)
    tried = loaded if newest == champion else _loaded(conn, newest)
    standing = Standing(_age(loaded, last), _age(tried, last))
    return decide(measured, standing, limits, Retraining())


def _loaded(conn: Connection, model_id: str | None) -> models.StoredModel | None:
    """The stored model, if it can serve."""
    try:
        stored = models.load(conn, model_id) if model_id else None
        if stored:
            learners.read(stored.booster, stored.metadata)
    except ModelError:
        return None  # `forecasts` and `status` tell why; here it is only a ground to train
    return stored


def _age(stored: models.StoredModel | None, last: pd.Timestamp) -> int | None:
    return (last.date() - stored.trained_to).days if stored else None
