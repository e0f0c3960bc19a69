"""Revised days that no condition takes up: told to Dagster, and what looks back on them made again.
What changes within the look-back is for the conditions in `automation`; they come first."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.assets.features import names_of
from seongsu_assets.assets.lineage import training_window
from seongsu_assets.domain import Domain, Window
from seongsu_assets.jobs import AssetJob, job_name
from seongsu_assets.resources import Warehouse
from seongsu_assets.sensors.asking import RANGES, ask
from seongsu_assets.warehouse import datasets, features, observations, verdicts
from seongsu_assets.warehouse.postgres import Connection

VERSION = "dagster/data_version"
_STAGES = ("ingest", "prepare")


def revised_sensor(domain: Domain, jobs: Sequence[AssetJob]) -> dg.SensorDefinition:
    """Asks for what it found at two looks in a row: by then a condition has had its turn, and what
    it asked for has failed, or is older than it looks back."""

    @dg.sensor(
        name=f"{domain.name}_revised",
        jobs=[job for job in jobs if job.name in {job_name(domain, stage) for stage in _STAGES}],
        minimum_interval_seconds=30 * 60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="tells Dagster of days that arrived by another way, and makes features again "
        "that a revised day left behind",
    )
    def sensor(
        context: dg.SensorEvaluationContext, warehouse: Warehouse
    ) -> Iterator[dg.RunRequest | dg.SkipReason]:
        now = clock.now().astimezone(ZoneInfo(domain.cadence.timezone))
        before: dict[str, list[str]] = json.loads(context.cursor or "{}")
        with warehouse.connect() as conn:
            found = {
                "ingest": untold(conn, context.instance, domain),
                "prepare": outdated(conn, domain),
            }
        context.update_cursor(json.dumps({s: [str(d) for d in days] for s, days in found.items()}))
        requests: list[dg.RunRequest] = []
        left: list[str] = []
        for stage, days in found.items():
            again = [day for day in days if str(day) in before.get(stage, [])]
            plan = ask(context.instance, domain, stage, again, now)
            requests += plan.requests
            left += [f"{stage} {told}"] if (told := plan.told()) else []
        yield from requests[:RANGES]
        if not requests:
            waiting = sum(map(len, found.values()))
            yield dg.SkipReason(
                "; ".join(left) or (f"{waiting} days, seen once" if waiting else "all is told")
            )

    return sensor


def untold(conn: Connection, instance: dg.DagsterInstance, domain: Domain) -> list[date]:
    """Accepted days whose content Dagster does not know: a file brought them."""
    dataset = datasets.active(conn, domain)
    held = observations.bounds(conn, dataset)
    if held is None:
        return []
    days = verdicts.versions(conn, dataset, held)
    accepted = days[days.accepted.astype(bool)]
    told = instance.event_log_storage.get_latest_tags_by_partition(
        dg.AssetKey([domain.name, "raw"]), dg.DagsterEventType.ASSET_MATERIALIZATION, [VERSION]
    )
    pairs = zip(accepted.business_date, accepted.content_sha, strict=True)
    return [
        stamp.date()
        for stamp, sha in pairs
        if told.get(f"{stamp:%Y-%m-%d}", {}).get(VERSION) != sha[:16]
    ]


def outdated(conn: Connection, domain: Domain) -> list[date]:
    """Origins that a model may learn from whose features are older than what they look back on.

    The newest origin has a schedule: it waits for its data until then. One that no observation is
    near enough to has no features."""
    dataset, plan = datasets.active(conn, domain), domain.plan
    held = observations.bounds(conn, dataset)
    if held is None:
        return []
    reach = training_window(domain, domain.cadence.newest(clock.now()))
    near = held.last + timedelta(days=plan.look_back_days - 1)
    before = Window(reach.first, min(near, domain.cadence.later(reach.last, -1)))
    return features.stale(conn, dataset, before, plan, names_of(domain))
