"""`published`: the pointer readers go through, flipped once an issue has passed its checks.
No forecast is made or changed here."""

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.assets.forecasts import failing
from seongsu_assets.assets.node import asset, key
from seongsu_assets.automation import follows
from seongsu_assets.domain import Domain
from seongsu_assets.errors import AuditError, NotEnoughHistory
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets, forecasts


def published(domain: Domain) -> dg.AssetsDefinition:
    """What readers see."""

    @asset(
        domain,
        "published",
        deps=[dg.AssetDep([domain.name, "forecasts"], partition_mapping=dg.LastPartitionMapping())],
        automation_condition=follows(),
        pool=f"{domain.name}_published",
    )
    def published(warehouse: Warehouse) -> dg.MaterializeResult:
        """One pointer to the newest issue that passed its checks, flipped in one transaction."""
        with warehouse.connect() as conn:
            dataset = datasets.active(conn, domain)
            issue_id = forecasts.newest(conn, dataset)
            if issue_id is None:
                raise NotEnoughHistory(
                    "there is nothing to publish",
                    remedy=f"forecast first: `seongsu run {domain.name}`",
                )
            rows = forecasts.read(conn, issue_id)
            highest = forecasts.highest(conn, dataset)
            wrong = failing(domain, rows, highest)
            if wrong:
                raise AuditError(
                    f"issue {issue_id} fails {', '.join(wrong)}; readers keep the issue before it",
                    remedy="look at the checks of `forecasts`, then forecast again",
                )
            flipped = forecasts.publish(conn, dataset, issue_id, clock.now())
        return dg.MaterializeResult(
            data_version=dg.DataVersion(issue_id),
            metadata={
                "dagster/row_count": len(rows),
                "issue": issue_id,
                "flipped": flipped,
                "first day": key(rows.business_date.min()),
                "last day": key(rows.business_date.max()),
                "tier": str(rows.tier.iloc[0]),
                "sample data": datasets.is_sample(dataset),
            },
        )

    return published
