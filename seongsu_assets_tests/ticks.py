"""A sensor as the daemon ticks it: with its cursor, on the world's instance and definitions.
No assertion is made here."""

from dataclasses import dataclass, field
from typing import Any

import dagster as dg

from seongsu_assets_tests.world import World


@dataclass
class Ticked:
    """One sensor of a world; its events are kept as the daemon keeps them."""

    world: World
    name: str
    cursor: str | None = None
    definitions: dg.Definitions = field(init=False)

    def __post_init__(self) -> None:
        self.definitions = self.world.definitions

    def tick(self) -> Any:
        """What the sensor says now."""
        context = dg.build_sensor_context(
            instance=self.world.instance,
            cursor=self.cursor,
            definitions=self.definitions,
            resources=self.definitions.resources,
        )
        data = self.definitions.resolve_sensor_def(self.name).evaluate_tick(context)
        self.cursor = data.cursor
        for event in data.asset_events:
            self.world.instance.report_runless_asset_event(event)
        return data

    def asked(self) -> list[tuple[str, str, str]]:
        """Job, first and last day of each request of the next tick."""
        return [
            (
                str(request.job_name),
                request.tags["dagster/asset_partition_range_start"],
                request.tags["dagster/asset_partition_range_end"],
            )
            for request in self.tick().run_requests or []
        ]

    def job(self, name: str) -> dg.JobDefinition:
        return self.definitions.resolve_job_def(name)
