"""The status asset: one page for the operator, renewed whenever what it says changes.
What it says is put together in `status_page`."""

import hashlib
from collections.abc import Sequence

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.resources import Warehouse
from seongsu_assets.status_page import status_page

STATUS = dg.AssetKey("status")


def status_asset() -> dg.AssetSpec:
    """Made by nobody's run: a sensor reports it."""
    return dg.AssetSpec(
        STATUS,
        group_name="operations",
        description="What is late, wrong or broken in every domain, and what to run: the page is "
        "in the newest materialization. A new one comes whenever something changes.",
        owners=["team:data"],
        kinds={"postgres"},
    )


def status_sensor(domains: Sequence[Domain]) -> dg.SensorDefinition:
    """Its cursor is the hash of the page that it reported last."""

    @dg.sensor(
        name="status",
        target=None,
        minimum_interval_seconds=2 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="renews the operator's page when it says something else",
    )
    def sensor(context: dg.SensorEvaluationContext, warehouse: Warehouse) -> dg.SensorResult:
        with warehouse.connect() as conn:
            page = status_page(conn, context.instance, domains, clock.now())
        sha = hashlib.sha256(page.encode()).hexdigest()[:16]
        if sha == context.cursor:
            return dg.SensorResult(skip_reason="nothing has changed", cursor=sha)
        made = dg.AssetMaterialization(
            STATUS,
            description="what is late, wrong or broken, and what to run",
            metadata={"status": dg.MetadataValue.md(page)},
            tags={"dagster/data_version": sha},
        )
        return dg.SensorResult(asset_events=[made], cursor=sha)

    return sensor
