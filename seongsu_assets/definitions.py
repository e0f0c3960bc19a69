"""Every domain's graph, its jobs, schedules and sensors, with the resources they use.
Nothing is defined here."""

import warnings
from collections.abc import Iterable, Mapping

import dagster as dg

from seongsu_assets.assets import graph
from seongsu_assets.assets.by_hand import promoting
from seongsu_assets.assets.freshness import freshness_checks
from seongsu_assets.assets.sweeping import sweeping
from seongsu_assets.automation import automation_sensor
from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.executors import executor
from seongsu_assets.jobs import jobs, schedules
from seongsu_assets.resources import RESOURCES
from seongsu_assets.sensors import domain_sensors, platform_sensors
from seongsu_assets.sensors.status import status_asset


def platform(
    domains: Iterable[Domain], resources: Mapping[str, dg.ConfigurableResource]
) -> dg.Definitions:
    """The definitions of the domains. In process a step costs 0.1 s, not 9; see `executors`."""
    with warnings.catch_warnings():
        # Partitioned checks and backfill policies are used on purpose, on a pinned version.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        warnings.simplefilter("ignore", dg.BetaWarning)
        known = list(domains)
        parts = [_one(domain) for domain in known]
        shared = dg.Definitions(
            assets=[status_asset()],
            resources=resources,
            executor=executor(),
            sensors=[automation_sensor(), *platform_sensors(known)],
        )
        return dg.Definitions.merge(*parts, shared)


def _one(domain: Domain) -> dg.Definitions:
    own = jobs(domain)
    edge = dg.Definitions(
        asset_checks=freshness_checks(domain),
        jobs=[*own, promoting(domain)],
        schedules=schedules(domain),
        sensors=domain_sensors(domain, own),
    )
    return dg.Definitions.merge(graph(domain), edge)


# A replay has a home of its own, with nothing to sweep.
defs = dg.Definitions.merge(platform(DOMAINS.values(), RESOURCES), sweeping())
