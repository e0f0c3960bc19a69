"""Tells Dagster how fresh the newest days and the forecast are, whenever that changes.
An asset-level policy would turn green with the backfill of any old day."""

import json

import dagster as dg

from seongsu_assets import clock, freshness
from seongsu_assets.assets.freshness import DAYS, FORECAST, told
from seongsu_assets.domain import Domain
from seongsu_assets.freshness import Fresh
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets


def freshness_sensor(domain: Domain) -> dg.SensorDefinition:
    """Remembers what it told; what has not changed is not told again, until the asset is made anew:
    Dagster shows a check that is older than its asset as not evaluated."""

    @dg.sensor(
        name=f"{domain.name}_freshness",
        target=None,
        minimum_interval_seconds=10 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="judges each of the newest days and the forecast by the domain's own clock",
    )
    def sensor(context: dg.SensorEvaluationContext, warehouse: Warehouse) -> dg.SensorResult:
        now = clock.now()
        with warehouse.connect() as conn:
            if not datasets.begun(conn, domain):
                return dg.SensorResult(skip_reason="nothing of it is here")
            days = freshness.days(conn, domain, now)
            newest = freshness.forecast(conn, domain, now)
        events = [
            _event(domain, "raw", DAYS, freshness.every_day(days), told(days)),
            _event(domain, "published", FORECAST, newest, {}),
        ]
        before: list[list[object]] = json.loads(context.cursor or "[]")
        said = [
            [each.check_name, each.passed, each.description, _made_at(context.instance, each)]
            for each in events
        ]
        fresh = [each for each, what in zip(events, said, strict=True) if what not in before]
        return dg.SensorResult(
            asset_events=fresh,
            skip_reason=None if fresh else "nothing has changed",
            cursor=json.dumps(said),
        )

    return sensor


def _made_at(instance: dg.DagsterInstance, about: dg.AssetCheckEvaluation) -> float | None:
    event = instance.get_latest_materialization_event(about.asset_key)
    return event.timestamp if event else None


def _event(
    domain: Domain, node: str, check: str, fresh: Fresh, metadata: dict[str, dg.MetadataValue]
) -> dg.AssetCheckEvaluation:
    return dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey([domain.name, node]),
        check_name=check,
        passed=fresh.passed,
        severity=dg.AssetCheckSeverity.WARN,
        description=fresh.why,
        metadata=metadata,
    )
