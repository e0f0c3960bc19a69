"""A watcher over a small world, with Dagster's records written by hand.
No assertion about what it finds."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import dagster as dg
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.definitions.sensor_definition import SensorType
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    SensorInstigatorData,
    TickData,
    TickStatus,
)
from dagster._daemon.types import DaemonHeartbeat
from dagster_shared.error import SerializableErrorInfo

from seongsu_assets import clock
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets.watching.look import Watcher
from seongsu_assets.watching.silence import Listener
from seongsu_assets_tests.world import World

#: Real seconds.
PATIENCE = 300.0


@dataclass
class Platform:
    """A watcher over a world, real seconds that a test counts, and Dagster's records by hand."""

    world: World
    instance: dg.DagsterInstance
    seconds: float = 0.0
    watcher: Watcher = field(init=False)

    def __post_init__(self) -> None:
        listener = Listener([self.world.domain], PATIENCE, lambda: self.seconds)
        self.watcher = Watcher(
            self.world.url, self.instance, [self.world.domain], Settings(_env_file=None), listener
        )  # fmt: skip

    def beats(self) -> None:
        """Every loop of the daemon says that it is alive."""
        for name in self.instance.get_required_daemon_types():
            self.instance.add_daemon_heartbeat(
                DaemonHeartbeat(clock.now().timestamp(), name, "here", None)
            )

    def ticks(self, *, but: str = "") -> None:
        """Every sensor has ticked now."""
        for name in self.watcher.listener._sensors:
            if name != but:
                self.state(name)

    def state(self, name: str, status: InstigatorStatus = InstigatorStatus.RUNNING) -> None:
        location = RegisteredCodeLocationOrigin("here")
        origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "here"), name)
        data = SensorInstigatorData(
            last_tick_timestamp=clock.now().timestamp(), sensor_type=SensorType.STANDARD
        )
        state = InstigatorState(origin, InstigatorType.SENSOR, status, data)
        if self.instance.get_instigator_state(origin.get_id(), state.selector_id):
            self.instance.update_instigator_state(state)
        else:
            self.instance.add_instigator_state(state)

    def raises(self, name: str) -> None:
        """A tick of the sensor that failed."""
        [state] = [s for s in self.instance.all_instigator_state() if s.instigator_name == name]
        self.instance.create_tick(
            TickData(
                state.instigator_origin_id, name, InstigatorType.SENSOR, TickStatus.FAILURE,
                clock.now().timestamp(), selector_id=state.selector_id,
                error=SerializableErrorInfo("it broke", [], "ValueError"),
            )
        )  # fmt: skip

    def looks(self, after: float = 0.0) -> list[tuple[str, str]]:
        """What is open after a look: kind and subject."""
        self.seconds += after
        self.watcher.look()
        assert self.watcher.broken == {}
        with connect(self.world.url) as conn:
            return [(each.kind, each.subject) for each in incidents.open_incidents(conn)]


@pytest.fixture
def platform(world: World, tmp_path) -> Iterator[Platform]:
    """A healthy platform."""
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        found = Platform(world, instance)
        found.beats()
        found.ticks()
        yield found
