"""The sensors of a domain and of the platform: they look at the outside world, and at what went
wrong. What follows from data inside the graph is in `automation`."""

from collections.abc import Sequence

import dagster as dg

from seongsu_assets.domain import Domain
from seongsu_assets.jobs import AssetJob
from seongsu_assets.sensors.abandoned import abandoned_sensor
from seongsu_assets.sensors.checks import checks_sensor
from seongsu_assets.sensors.failures import failures_sensor
from seongsu_assets.sensors.freshness import freshness_sensor
from seongsu_assets.sensors.gaps import gaps_sensor
from seongsu_assets.sensors.inbox import inbox_sensor
from seongsu_assets.sensors.inventory import inventory_sensor
from seongsu_assets.sensors.retraining import retraining_sensor
from seongsu_assets.sensors.revised import revised_sensor
from seongsu_assets.sensors.status import status_sensor


def domain_sensors(domain: Domain, jobs: Sequence[AssetJob]) -> list[dg.SensorDefinition]:
    """What every domain has."""
    return [
        gaps_sensor(domain, jobs),
        inbox_sensor(domain, jobs),
        revised_sensor(domain, jobs),
        retraining_sensor(domain, jobs),
        failures_sensor(domain),
        checks_sensor(domain),
        freshness_sensor(domain),
        inventory_sensor(domain),
    ]


def platform_sensors(domains: Sequence[Domain]) -> list[dg.SensorDefinition]:
    """What they all have once."""
    return [abandoned_sensor(), status_sensor(domains)]
