"""The jobs of a domain, one per stage, and their schedules in the domain's own timezone.
Conditions inside the graph are in `automation`, the outside world in `sensors`."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import dagster as dg

# What `define_asset_job` returns has no public name.
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition as AssetJob,
)

from seongsu_assets import clock
from seongsu_assets.domain import Domain, Window
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import datasets

#: Run tag of what the clock or a recent change asks for: it goes before a backfill that waits.
URGENT = {"dagster/priority": "10"}
RANGE = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")

#: Stage -> its nodes, in the order in which a full run takes them.
STAGES: dict[str, tuple[str, ...]] = {
    "ingest": ("raw",),
    "settle": ("observations",),
    "prepare": ("features",),
    "train": ("challenger", "champion"),
    "forecast": ("forecasts",),
    "publish": ("published",),
    "score": ("accuracy",),
    "watch": ("drift",),
}


LISTEN = "listen"


def job_name(domain: Domain, stage: str) -> str:
    return f"{domain.name}_{stage}"


def jobs(domain: Domain) -> list[AssetJob]:
    """One job per stage, one for the covariates, one for each feed and one for all of them."""
    stages = STAGES | {"covariates": tuple(covariate.name for covariate in domain.covariates)}
    if domain.feeds:
        stages |= {LISTEN: tuple(feed.name for feed in domain.feeds)}
        stages |= {f"{LISTEN}_{feed.name}": (feed.name,) for feed in domain.feeds}
    return [
        dg.define_asset_job(
            job_name(domain, stage),
            selection=selection(domain, nodes),
            tags={"domain": domain.name},
        )
        for stage, nodes in stages.items()
    ]


def selection(domain: Domain, nodes: tuple[str, ...]) -> dg.AssetSelection:
    """The nodes and their checks; but `raw` tells its own verdicts, day by day, unplanned: a check
    that is planned for a range shows as skipped on every day that is not told."""
    chosen = dg.AssetSelection.assets(*([domain.name, node] for node in nodes))
    return chosen.without_checks() if nodes == STAGES["ingest"] else chosen


def over(window: Window) -> dict[str, str]:
    """The tags that make one run cover a range of days."""
    return dict(zip(RANGE, (window.first.isoformat(), window.last.isoformat()), strict=True))


def schedules(domain: Domain) -> list[dg.ScheduleDefinition]:
    """Early morning in the domain's timezone: covariates, fetch, forecast; training weekly."""

    def daily(
        stage: str, cron: str | list[str], days_back: int, told: str
    ) -> dg.ScheduleDefinition:
        def newest() -> Window:
            last = clock.yesterday(domain.cadence.timezone)
            return Window(last - timedelta(days=days_back), last)

        return _schedule(domain, stage, "daily", cron, told, newest)

    def plain(stage: str, cron: str, told: str) -> dg.ScheduleDefinition:
        return _schedule(domain, stage, "schedule", cron, told)

    back = domain.lateness.refetch_days - 1
    return [
        plain("covariates", "50 5 * * *", "the calendar again: holidays are announced late"),
        daily(
            "ingest",
            ["10 6 * * *", "40 21 * * *"],
            back,
            "yesterday, and the last days again: they are revised, and some are told late",
        ),
        daily(
            "prepare", "0 7 * * *", 0, "yesterday's features, also when yesterday's data is late"
        ),
        daily("forecast", "10 7 * * *", 0, "the next days, also when yesterday's data is late"),
        plain("train", "30 4 * * 1", "a challenger every Monday, and the decision about it"),
        *(plain(f"{LISTEN}_{feed.name}", feed.cron, feed.description) for feed in domain.feeds),
    ]


def _schedule(
    domain: Domain,
    stage: str,
    suffix: str,
    cron: str | list[str],
    told: str,
    asked: Callable[[], Window] | None = None,
) -> dg.ScheduleDefinition:
    """One stage by the clock, over the days `asked` for. A domain rests until somebody begins it:
    one that nobody uses here asks nobody outside and wakes nobody."""

    @dg.schedule(
        name=f"{domain.name}_{stage}_{suffix}",
        job_name=job_name(domain, stage),
        cron_schedule=cron,
        execution_timezone=domain.cadence.timezone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=told,
    )
    def tick(warehouse: Warehouse) -> Iterator[dg.RunRequest | dg.SkipReason]:
        with warehouse.connect() as conn:
            begun = datasets.begun(conn, domain)
        if begun:
            yield dg.RunRequest(tags=URGENT | (over(asked()) if asked else {}))
        else:
            yield dg.SkipReason(f"nothing of it is here: `seongsu run {domain.name}` begins it")

    return tick
