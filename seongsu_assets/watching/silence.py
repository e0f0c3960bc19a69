"""Who of Dagster is silent that should be heard: its daemon, its sensors, a schedule switched off.
Read from Dagster's own records, so that it is noticed when nothing of Dagster runs any more."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

# None has a public name.
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    SensorInstigatorData,
    TickStatus,
)

from seongsu_assets.automation import automation_sensor
from seongsu_assets.domain import Domain
from seongsu_assets.incidents.symptom import PLATFORM, Symptom
from seongsu_assets.jobs import jobs, schedules
from seongsu_assets.sensors import domain_sensors, platform_sensors

DEAD, SILENT = "daemon_dead", "sensor_silent"
KINDS = (DEAD, SILENT)
#: A daemon beats every half minute, a sensor ticks at its interval; a little more is no silence.
DAEMON_LIMIT, SENSOR_LIMIT = timedelta(minutes=5), timedelta(minutes=10)
#: So long, in real time, it must have been overdue: a clock that jumps makes nobody silent.
PATIENCE_SECONDS = 300.0
#: A sensor whose newest ticks all raised is as silent as one that does not tick.
RAISED = 3


@dataclass(frozen=True)
class Heard:
    """One who should be heard: when it was last, and why it counts as silent now, if it does."""

    name: str
    at: datetime | None
    trouble: str = ""


@dataclass
class Listener:
    """Remembers since when each is in trouble. `clock` counts real seconds."""

    domains: Sequence[Domain]
    patience: float = PATIENCE_SECONDS
    clock: Callable[[], float] = time.monotonic
    since: dict[str, float] = field(default_factory=dict[str, float])

    def __post_init__(self) -> None:
        """What should tick, and how often."""
        own = [sensor for each in self.domains for sensor in domain_sensors(each, jobs(each))]
        known = [*own, *platform_sensors(self.domains), automation_sensor()]
        self._sensors = {
            each.name: timedelta(seconds=each.minimum_interval_seconds or 30) for each in known
        }
        self._schedules = {each.name for domain in self.domains for each in schedules(domain)}

    def listen(self, instance: dg.DagsterInstance, now: datetime) -> list[Heard]:
        """The daemon first, then every sensor, then what was switched off."""
        states = {each.instigator_name: each for each in instance.all_instigator_state()}
        return [
            _daemon(instance, now),
            *(
                _sensor(instance, name, states.get(name), every, now)
                for name, every in sorted(self._sensors.items())
            ),
            *(
                Heard(name, None, "it is switched off")
                for name in sorted(self._schedules & set(states))
                if states[name].status == InstigatorStatus.STOPPED
            ),
        ]

    def symptoms(self, heard: Sequence[Heard]) -> Iterator[Symptom]:
        """Those in trouble for longer than patience. Of a dead daemon's sensors nothing is said;
        once it is back they have as long to tick."""
        daemon, *others = heard
        names = {each.name for each in ([daemon] if daemon.trouble else others) if each.trouble}
        self.since = {name: moment for name, moment in self.since.items() if name in names} | {
            name: self.clock() for name in names if name not in self.since
        }
        if daemon.trouble:
            if self._lasts(daemon):
                yield Symptom(PLATFORM, DEAD, "", f"Dagster's daemon: {daemon.trouble}.")
            return
        for each in others:
            if each.trouble and self._lasts(each):
                yield Symptom(PLATFORM, SILENT, each.name, f"{each.name}: {each.trouble}.")

    def _lasts(self, heard: Heard) -> bool:
        return self.clock() - self.since[heard.name] >= self.patience


def _daemon(instance: dg.DagsterInstance, now: datetime) -> Heard:
    """All loops of the daemon as one: they live in one process."""
    beats = instance.get_daemon_heartbeats()
    found = {name: beats.get(name) for name in instance.get_required_daemon_types()}
    times = [_moment(beat.timestamp) for beat in found.values() if beat]
    newest = max(times, default=None)
    quiet = [
        name for name, beat in found.items()
        if beat is None or now - _moment(beat.timestamp) > DAEMON_LIMIT
    ]  # fmt: skip
    if len(quiet) == len(found):
        last = f"{newest:%Y-%m-%d %H:%M} UTC" if newest else "ever"
        return Heard("daemon", newest, f"not heard of since {last}")
    if quiet:
        return Heard("daemon", newest, f"its loops {', '.join(sorted(quiet))} stand still")
    errors = [error for beat in found.values() if beat for error in beat.errors or ()]
    return Heard("daemon", newest, f"a loop fails: {_first(errors[0])}" if errors else "")


def _sensor(
    instance: dg.DagsterInstance,
    name: str,
    state: InstigatorState | None,
    every: timedelta,
    now: datetime,
) -> Heard:
    if state is None:
        return Heard(name, None, "it has never ticked")
    if state.status == InstigatorStatus.STOPPED:
        return Heard(name, None, "it is switched off")
    data = state.instigator_data
    ticked = data.last_tick_timestamp if isinstance(data, SensorInstigatorData) else None
    at = _moment(ticked) if ticked else None
    if at is None or now - at > every + SENSOR_LIMIT:
        return Heard(name, at, f"not heard of since {at:%Y-%m-%d %H:%M} UTC" if at else "no tick")
    ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=RAISED)
    if len(ticks) == RAISED and all(tick.status == TickStatus.FAILURE for tick in ticks):
        return Heard(name, at, f"its ticks fail: {_first(ticks[0].error)}")
    return Heard(name, at)


def _first(error: Any) -> str:
    """The root of an error in one line, as Dagster keeps it."""
    while error is not None and error.cause is not None:
        error = error.cause
    return " ".join(error.message.split())[:200] if error else "it does not say why"


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
