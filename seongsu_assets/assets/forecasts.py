"""`forecasts`: what is issued, with its range, levels, model and data. Append only.
How an issue is made is in `issuing`; whether readers see it, in `published`."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import numpy as np
import pandas as pd

from seongsu_assets import clock, validation
from seongsu_assets.assets import issuing, plots, sources
from seongsu_assets.assets.node import asset, days, key, preview, schema, window
from seongsu_assets.automation import newest
from seongsu_assets.domain import Domain, Expectation
from seongsu_assets.resources import Warehouse, Workplace
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import datasets, models
from seongsu_assets.warehouse import forecasts as table


def forecasts(domain: Domain) -> dg.AssetsDefinition:
    """The issue of each origin."""

    @asset(
        domain,
        "forecasts",
        "lightgbm",
        deps=[[domain.name, "features"], [domain.name, "champion"]],
        partitions_def=days(domain),
        backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=1),
        automation_condition=newest(ignore=dg.AssetSelection.assets([domain.name, "champion"])),
        pool=f"{domain.name}_forecasts",
    )
    def forecasts(
        context: dg.AssetExecutionContext, warehouse: Warehouse, workplace: Workplace
    ) -> dg.MaterializeResult:
        """The next seven days, hour by hour: median, 80 % range, level, the chance of each level.

        The same origin, model and data are the same issue; nothing issued is ever rewritten."""
        origin = window(context).last
        store = Store(workplace.artefacts("snapshots"))
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            made = issuing.make(conn, domain, dataset, origin, context.log.warning)
            head, rows, cutoffs = made.head, made.rows, made.cutoffs
            cuts = list(cutoffs.values)
            models.keep_cutoffs(
                conn, dataset, cutoffs.version, cuts, list(domain.levels.names),
                cutoffs.window.first, cutoffs.window.last, clock.now(),
            )  # fmt: skip
            with conn.transaction():
                new = table.issue(conn, dataset, head, rows, clock.now())
                if new:
                    sources.of_issue(conn, store, made)
            snapshots = sources.shown(conn, store, "issue", head.issue_id)
        figure = plots.week(rows[rows.series == domain.total], domain.unit)
        return dg.MaterializeResult(
            data_version=dg.DataVersion(head.issue_id),
            metadata={
                "dagster/row_count": len(rows),
                "dagster/column_schema": dg.MetadataValue.table_schema(schema(rows)),
                "issue": head.issue_id,
                "issued anew": new,
                "origin": key(head.origin),
                "data through": key(head.data_through),
                "tier": head.tier,
                "model": head.model_id or "none: the usual profile",
                "cut-offs": f"{cutoffs.version}: " + " / ".join(f"{value:,.0f}" for value in cuts),
                "sample data": datasets.is_sample(dataset),
                **snapshots,
                "the week": plots.markdown(figure, "forecast of the next days with its range"),
                "preview": preview(rows[(rows.series == domain.total) & (rows.horizon == 1)]),
            },
        )

    return forecasts


def claims(domain: Domain, highest: float) -> list[Expectation]:
    """What must hold of an issue before readers may see it."""
    slots = domain.plan.horizon * len(domain.cadence.required_hours)
    series = domain.fewest + 1 if domain.open else len({*domain.series, domain.total})
    between = "ExpectColumnValuesToBeBetween"
    return [
        Expectation(
            "covers_every_hour_of_the_horizon", "rows", "ExpectTableRowCountToBeBetween",
            {"min_value": slots * series},
            "each required hour of each day ahead, for each series and the total",
        ),
        Expectation(
            "quantiles_are_ordered", "rows", between,
            {"column": "disorder", "max_value": 0},
            "from q05 to q95 they rise, all finite and not negative",
        ),
        Expectation(
            "counts_stay_within_reach", "rows", between,
            {"column": "q50", "min_value": 0, "max_value": 2 * highest},
            "no median above twice the busiest hour of the last year",
        ),
    ]  # fmt: skip


def forecasts_checks(domain: Domain) -> dg.AssetChecksDefinition:
    """Blocking: an issue that fails is kept, and not published."""
    asset = [domain.name, "forecasts"]
    specs = [
        dg.AssetCheckSpec(
            claim.claim,
            asset=asset,
            description=claim.reason,
            blocking=True,
            partitions_def=days(domain),
        )
        for claim in claims(domain, 0)
    ]

    @dg.multi_asset_check(name=f"{domain.name}_forecasts_checks", specs=specs)
    def judge(
        context: dg.AssetCheckExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult]:
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            issue_id = table.newest(conn, dataset, window(context).last)
            rows = table.read(conn, issue_id) if issue_id else pd.DataFrame()
            highest = table.highest(conn, dataset)
        for claim, result in zip(
            claims(domain, highest), check(domain, rows, highest), strict=True
        ):
            yield dg.AssetCheckResult(
                asset_key=asset,
                check_name=claim.claim,
                passed=result.success,
                metadata={"issue": str(issue_id), "rows": len(rows), "result": str(result)},
            )

    return judge


def check(domain: Domain, rows: pd.DataFrame, highest: float) -> list[Any]:
    """The verdicts of `claims` on the rows of one issue, in their order."""
    quantiles = rows[issuing.QUANTILES].to_numpy(dtype=float)
    ordered = (np.diff(quantiles, axis=1) >= 0).all(axis=1)
    disorder = ~(ordered & (quantiles[:, 0] >= 0) & np.isfinite(quantiles).all(axis=1))
    return validation.check(rows.assign(disorder=disorder.astype(int)), claims(domain, highest))


def failing(domain: Domain, rows: pd.DataFrame, highest: float) -> list[str]:
    """The claims that these rows break."""
    results = zip(claims(domain, highest), check(domain, rows, highest), strict=True)
    return [claim.claim for claim, result in results if not result.success]
