"""`drift`: how far today is from training, and what to do about it.
The judgement is in `forecasting.drift`; here its inputs are gathered and its verdict kept."""

from datetime import timedelta

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, preview
from seongsu_assets.automation import follows
from seongsu_assets.domain import Domain
from seongsu_assets.forecasting import baselines
from seongsu_assets.forecasting.drift import BEFORE_DAYS, RECENT_DAYS, Drift
from seongsu_assets.forecasting.drift import drift as judge
from seongsu_assets.resources import Warehouse, as_of
from seongsu_assets.warehouse import datasets, forecasts, models, observations
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
        """Live error, coverage, level and shape against the backtest and the weeks before.

        force: far worse than promised. reactive: worse. proactive: the world moved, the forecast
        still holds. wait: too little is known to say. all good: as promised."""
        last = as_of(context, domain.cadence.timezone)
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


def assess(conn: Connection, domain: Domain, dataset: str, last: pd.Timestamp) -> Drift:
    """The verdict at the end of `last`: live scores, the champion's backtest, and the counts."""
    first = (last - timedelta(days=RECENT_DAYS + BEFORE_DAYS)).date()
    live = forecasts.scored(conn, dataset, first, last.date()).rename(columns={"observed": "truth"})
    champion = next(iter(models.champions(conn, dataset)), None)
    reference = (
        models.load(conn, champion).evaluation if champion else pd.DataFrame(columns=["series"])
    )
    counts = baselines.with_total(
        observations.read(conn, dataset, first, last.date()), domain.series, domain.total
    )
    total = domain.total
    return judge(
        live[live.series == total],
        reference[reference.series == total],
        counts[counts.series == total],
        last,
    )
