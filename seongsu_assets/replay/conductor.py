"""Steps the clock of a replay from one instant at which something is due to the next, and at each
waits until the daemon has done all there is to do. No process is started here (`stage`)."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
from dagster._core.execution.backfill import BulkActionsFilter, BulkActionStatus

from seongsu_assets.domain import Domain
from seongsu_assets.errors import ServiceError
from seongsu_assets.jobs import schedules
from seongsu_assets.replay import hands

#: Sensors look at the world at least so often; in life it is every few minutes.
SENSE = timedelta(hours=3)
#: The least time between two looks of one sensor, and of the conditions.
ROUND = timedelta(seconds=31)
#: What is still not done after so long is stuck.
PATIENCE_SECONDS = 900.0
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


_ASKED = [BulkActionStatus.REQUESTED, BulkActionStatus.CANCELING]


@dataclass(frozen=True)
class Conductor:
    """`keep` is called while waiting: it may start again what has died. `watched` says whether the
    watcher has looked at an instant."""

    clock: Path
    instance: dg.DagsterInstance
    keep: Callable[[], None]
    watched: Callable[[datetime], bool]

    def at(self, instant: datetime) -> datetime:
        """Let everything due at the instant happen, and all that follows from it. The instant at
        which nothing more came of it. Raises ServiceError when that never is."""
        done = self.instance.get_runs_count()
        while True:
            hands.turn(self.clock, instant)
            self._until(lambda: hands.followed(self.clock, instant), f"the daemon at {instant}")  # noqa: B023 - called at once
            self._until(self._idle, f"the runs at {instant}")
            finished = self.instance.get_runs_count()
            if finished == done:
                self._until(lambda: self.watched(instant), f"the watcher at {instant}")  # noqa: B023 - called at once
                return instant
            done = finished
            instant += ROUND

    def _idle(self) -> bool:
        backfills = self.instance.get_backfills(filters=BulkActionsFilter(statuses=_ASKED))
        runs = self.instance.get_runs_count(dg.RunsFilter(statuses=_UNFINISHED))
        return not backfills and runs == 0

    def _until(self, claim: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not claim():
            self.keep()
            if time.monotonic() > deadline:
                raise ServiceError(f"{what} did not come to rest", remedy="read the daemon's log")
            time.sleep(0.05)


def instants(
    domain: Domain, first: date, last: date, sense: timedelta = SENSE
) -> Iterator[datetime]:
    """When something is due from the morning of `first` to the end of `last`: every tick of a
    schedule, and the sensors' rhythm between them."""
    from dagster._utils.schedules import cron_string_iterator

    zone = ZoneInfo(domain.cadence.timezone)
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    found = set[datetime]()
    for schedule in schedules(domain):
        crons = schedule.cron_schedule
        for cron in [crons] if isinstance(crons, str) else crons:
            for tick in cron_string_iterator(begin.timestamp(), cron, domain.cadence.timezone):
                if tick >= end:
                    break
                found.add(tick.astimezone(zone))
    beat = begin
    while beat < end:
        found.add(beat)
        beat += sense
    yield from sorted(found)
