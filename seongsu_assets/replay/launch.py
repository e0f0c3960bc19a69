"""`python -m seongsu_assets.replay.launch MODULE ...`: a program of Dagster by the replay's clock.
The clock is turned elsewhere (`conductor`); in life no program starts through here.

Dagster has two functions of the time that are there to be replaced, and loops that sleep
until the next minute: of a clock that stands still they would wait for ever."""

import runpy
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from seongsu_assets import clock, code_server
from seongsu_assets.instance import hold_every
from seongsu_assets.replay import hands

#: How long a loop rests before it looks at the clock again.
REST_SECONDS = 0.3
#: How long it waits for the clock to be turned: it would look at the same once more.
STILL_SECONDS = 2.0
_THREADED = ("schedules", "sensors", "auto_materialize", "backfills")


def rule() -> None:
    """Dagster's clock is ours."""
    import dagster._time as dagster_time

    dagster_time._mockable_get_current_datetime = clock.now  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    dagster_time._mockable_get_current_timestamp = lambda: clock.now().timestamp()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def hurry() -> None:
    """The daemon's loops look at once again, and tell how far they have followed the clock."""
    from dagster import DagsterInstance
    from dagster._daemon import asset_daemon, backfill, controller, daemon, sensor
    from dagster._daemon.run_coordinator.queued_run_coordinator_daemon import (
        QueuedRunCoordinatorDaemon as Queue,
    )
    from dagster._scheduler import scheduler

    sensor.MIN_INTERVAL_LOOP_TIME = REST_SECONDS  # pyright: ignore[reportAttributeAccessIssue]
    asset_daemon.MIN_INTERVAL_LOOP_SECONDS = REST_SECONDS  # pyright: ignore[reportAttributeAccessIssue]
    scheduler._get_next_scheduler_iteration_time = lambda start: start + REST_SECONDS  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    controller.DEFAULT_DAEMON_INTERVAL_SECONDS = REST_SECONDS  # of backfills  # pyright: ignore[reportAttributeAccessIssue]
    backfill.execute_backfill_iteration = _generator(
        "backfills", backfill.execute_backfill_iteration
    )
    scheduler.launch_scheduled_runs = _generator("schedules", scheduler.launch_scheduled_runs)
    sensor.execute_sensor_iteration = _generator("sensors", sensor.execute_sensor_iteration)
    conditions = asset_daemon.AssetDaemon
    conditions._run_iteration_impl = _function("conditions", conditions._run_iteration_impl)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    plain, settings = controller.create_daemon_of_type, DagsterInstance.get_settings

    def of_type(kind: str, instance: Any) -> daemon.DagsterDaemon[Any]:
        return (
            Queue(interval_seconds=REST_SECONDS)
            if kind == Queue.daemon_type()
            else plain(kind, instance)
        )

    def alone(self: DagsterInstance, settings_key: str) -> Any:
        """A round is over when all that it began is: without threads of its own."""
        return {"use_threads": False} if settings_key in _THREADED else settings(self, settings_key)

    controller.create_daemon_of_type = of_type
    DagsterInstance.get_settings = alone


def _generator(loop: str, round_: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
    last: datetime | None = None

    def marked(*given: Any, **named: Any) -> Iterator[Any]:
        nonlocal last
        last = began = clock.now() if loop == "backfills" else _turned(last)
        yield from round_(*given, **named)
        _mark(loop, began)

    return marked


def _function(loop: str, round_: Callable[..., Any]) -> Callable[..., Any]:
    last: datetime | None = None

    def marked(*given: Any, **named: Any) -> None:
        nonlocal last
        last = began = _turned(last)
        round_(*given, **named)
        _mark(loop, began)

    return marked


def _turned(last: datetime | None) -> datetime:
    """The clock, once it has been turned since `last`, or has stood still for some time."""
    deadline = time.monotonic() + STILL_SECONDS
    while (now := clock.now()) == last and time.monotonic() < deadline:
        time.sleep(0.02)
    return now


def _mark(loop: str, began: datetime) -> None:
    file = clock.watched()
    assert file is not None
    hands.mark(file, loop, began)


def main() -> None:
    module = sys.argv[1]
    rule()
    hold_every()
    if module == "dagster._daemon":
        hurry()
    sys.argv = [module, *sys.argv[2:]]
    if module == code_server.__name__:
        code_server.serve("seongsu_assets.replay.warmed")
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
