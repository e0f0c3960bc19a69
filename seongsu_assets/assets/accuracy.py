"""`accuracy`: forecasts that have met their truth, scored beside every contender on the same rows.
No forecast is touched; a revised truth adds a score and keeps the old one."""

from datetime import timedelta
from typing import Any

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, days, preview, schema, window
from seongsu_assets.automation import revised
from seongsu_assets.domain import Domain, Window
from seongsu_assets.forecasting import scores, sums
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets, forecasts, observations
from seongsu_assets.warehouse.postgres import Connection


def accuracy(domain: Domain) -> dg.AssetsDefinition:
    """How right we were."""
    issued_before = dg.TimeWindowPartitionMapping(
        start_offset=-domain.plan.horizon, end_offset=-1, allow_nonexistent_upstream_partitions=True
    )

    @asset(
        domain,
        "accuracy",
        deps=[
            [domain.name, "observations"],
            dg.AssetDep([domain.name, "forecasts"], partition_mapping=issued_before),
        ],
        partitions_def=days(domain),
        backfill_policy=dg.BackfillPolicy.single_run(),
        automation_condition=revised(domain.plan.look_back_days),
        pool=f"{domain.name}_accuracy",
    )
    def accuracy(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
        """Every forecast of these days beside what came, seasonal naive and the usual."""
        asked = window(context)
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            added = forecasts.score(
                conn,
                dataset,
                domain.total,
                len(domain.series),
                asked.first,
                asked.last,
                clock.now(),
                _totals(conn, domain, dataset, asked) if domain.open else None,
            )
            rows = forecasts.scored(conn, dataset, asked.first, asked.last)
        own = rows[rows.series == domain.total].rename(columns={"observed": "truth"})
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": len(rows),
                "dagster/column_schema": dg.MetadataValue.table_schema(schema(rows)),
                "scores added": added,
                "sample data": datasets.is_sample(dataset),
                **_told(own),
            },
        )

    return accuracy


def _totals(conn: Connection, domain: Domain, dataset: str, asked: Window) -> pd.DataFrame:
    """Those of an open panel, by what was counted in these days and just before."""
    before = asked.first - timedelta(days=sums.PERIODS * domain.plan.step)
    rows = sums.total(observations.read(conn, dataset, before, asked.last), domain.total)
    return rows[rows.business_date >= pd.Timestamp(asked.first)]


def _told(own: pd.DataFrame) -> dict[str, Any]:
    """The figures of the total, where any forecast has met its truth."""
    paired = own.dropna(subset=["naive"])
    if paired.empty:
        return {"note": "no forecast of these days has met its truth"}
    by_horizon = pd.DataFrame(
        [
            {
                "horizon": horizon,
                "hours": len(part),
                "WAPE": round(scores.wape(part, "q50"), 4),
                "naive WAPE": round(scores.wape(part, "naive"), 4),
                "inside the range": round(scores.coverage(part), 3),
            }
            for horizon, part in paired.groupby("horizon")
        ]
    )
    return {
        "WAPE": scores.wape(paired, "q50"),
        "naive WAPE": scores.wape(paired, "naive"),
        "inside the 80 % range": scores.coverage(paired),
        "by horizon": preview(by_horizon),
    }
