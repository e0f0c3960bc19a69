"""Freshness as checks of `raw` and `published`, where an operator looks for them.
Their verdicts are told by a sensor whenever they change; what they say is in `freshness`."""

from datetime import date

import dagster as dg
import pandas as pd

from seongsu_assets import clock, freshness
from seongsu_assets.assets.node import preview
from seongsu_assets.domain import Domain
from seongsu_assets.freshness import Fresh
from seongsu_assets.resources import Warehouse

DAYS, FORECAST = "days_came_in_time", "forecast_came_in_time"
FRESH = (DAYS, FORECAST)


def freshness_checks(domain: Domain) -> list[dg.AssetChecksDefinition]:
    """Of the newest days whether their hours are there, and of the forecast whether it is today's.

    A check for all days, with a verdict on each: of a check that has days, Dagster 1.13 takes a
    second verdict on a day only from a run."""

    @dg.asset_check(
        asset=[domain.name, "raw"],
        name=DAYS,
        description="of each newest day all hours are there from when its source should have told",
    )
    def days_came(warehouse: Warehouse) -> dg.AssetCheckResult:
        with warehouse.connect() as conn:
            found = freshness.days(conn, domain, clock.now())
        whole = freshness.every_day(found)
        return dg.AssetCheckResult(
            passed=whole.passed,
            severity=dg.AssetCheckSeverity.WARN,
            description=whole.why,
            metadata=told(found),
        )

    @dg.asset_check(
        asset=[domain.name, "published"],
        name=FORECAST,
        description="from an hour after its time on, the published forecast is of the day before",
    )
    def forecast_came(warehouse: Warehouse) -> dg.AssetCheckResult:
        with warehouse.connect() as conn:
            found = freshness.forecast(conn, domain, clock.now())
        return dg.AssetCheckResult(
            passed=found.passed, severity=dg.AssetCheckSeverity.WARN, description=found.why
        )

    return [days_came, forecast_came]


def told(found: dict[date, Fresh]) -> dict[str, dg.MetadataValue]:
    """The verdict on each day, newest first."""
    rows = [
        {"day": str(day), "in time": "yes" if each.passed else "no", "": each.why}
        for day, each in reversed(found.items())
    ]
    return {"days": preview(pd.DataFrame(rows))}
