"""`observations`: what passed the audit, one row per series and hour, revisions kept.
No value is computed or filled in here."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from seongsu_assets import clock, settlement
from seongsu_assets.assets.materialised import Told, record
from seongsu_assets.assets.node import TOLD_DAYS, asset, days, key, preview, schema, window
from seongsu_assets.automation import revised
from seongsu_assets.domain import Domain
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse import observations as table
from seongsu_assets.warehouse.frames import by_day


def observations(domain: Domain) -> dg.AssetsDefinition:
    """The domain's accepted counts."""

    @asset(
        domain,
        "observations",
        deps=[[domain.name, "raw"]],
        partitions_def=days(domain),
        backfill_policy=dg.BackfillPolicy.single_run(),
        automation_condition=revised(domain.plan.look_back_days),
        output_required=False,
        pool=f"{domain.name}_observations",
    )
    def observations(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.Output[None]]:
        """What passed the audit: one row per series and hour. An unknown hour has no row.

        A changed value is a new revision beside the old one. A day whose newest arrival was refused
        keeps what it had."""
        node, asked = dg.AssetKey([domain.name, "observations"]), window(context)
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            changed = settlement.settle(conn, domain, dataset, asked, clock.now())
            held = table.versions(conn, dataset, asked)
            rows = table.read(conn, dataset, asked.first, asked.last)
        shown = sorted(held)[-TOLD_DAYS:]
        columns = dg.MetadataValue.table_schema(schema(rows))
        told: list[Told] = []
        for day, counts in by_day(rows):
            totals = counts.groupby("series").value.sum()
            metadata: dict[str, Any] = {
                "dagster/row_count": len(counts),
                "total": float(totals.sum()),
                "changed": day in changed,
                "sample data": datasets.is_sample(dataset),
            }
            if day in shown:
                wide = counts.pivot_table("value", "hour", "series").reset_index()
                metadata |= {"dagster/column_schema": columns, "preview": preview(wide)}
            told.append(Told(key(day), held[day], metadata))
        record(context, node, told)
        context.log.info(f"{dataset}: {len(held)} days hold data, {len(changed)} changed")
        yield from ()

    return observations
