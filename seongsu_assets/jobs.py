"""The jobs of a domain, one per stage, and their schedules in the domain's own timezone.
Conditions inside the graph are in `automation`, the outside world in `sensors`."""

from collections.abc import Callable, Iterator

import dagster as dg

# What `define_asset_job` returns has no public name.
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition as AssetJob,
)

from seongsu_assets import clock
from seongsu_assets.domain import Cadence, Domain, Window
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


def _after_each(cadence: Cadence) -> tuple[str, str]:
    """How often a period ends, and the weekday on which the next begins, as cron says it."""
    if cadence.step == 1:
        return "daily", "*"
    return "weekly", str(cadence.start.isoweekday() % 7)


def over(window: Window) -> dict[str, str]:
    """The tags that make one run cover a range of days."""
    return dict(zip(RANGE, (window.first.isoformat(), window.last.isoformat()), strict=True))


def schedules(domain: Domain) -> list[dg.ScheduleDefinition]:
    """Early morning in the domain's timezone: covariates, fetch, forecast; training weekly."""
    cadence = domain.cadence
    often, on = _after_each(cadence)

    def each(stage: str, cron: str | list[str], many: int, told: str) -> dg.ScheduleDefinition:
        def newest() -> Window:
            return cadence.up_to(cadence.newest(clock.now()), many)

        return _schedule(domain, stage, often, cron, told, newest)

    def plain(stage: str, cron: str, told: str) -> dg.ScheduleDefinition:
        return _schedule(domain, stage, "schedule", cron, told)

    period, many = cadence.period, domain.lateness.refetch_days
    newest = "yesterday" if cadence.step == 1 else f"the newest {period}"
    return [
        plain("covariates", "50 5 * * *", "the calendar again: holidays are announced late"),
        each(
            "ingest",
            [f"10 6 * * {on}", f"40 21 * * {on}"],
            many,
            f"{newest}, and the last {period}s again: they are revised, and some are told late",
        ),
        each(
            "prepare", f"0 7 * * {on}", 1, f"{newest}'s features, also when {newest}'s data is late"
        ),
        each(
            "forecast",
            f"10 7 * * {on}",
            1,
            f"the next {period}s, also when {newest}'s data is late",
        ),
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
