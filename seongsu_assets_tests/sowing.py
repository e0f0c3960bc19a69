"""What befalls the lives of the proofs, each on its day: the faults of `replay.sowing`, a wrong
holiday, a dead webhook, a killed daemon. What must come of them is not said here."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from seongsu_assets import clock
from seongsu_assets.replay import hands, sowing
from seongsu_assets.replay.sowing import Deed
from seongsu_assets.replay.stage import Stage
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.receiver import Receiver
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.upstream import Upstream

SEOUL = ZoneInfo("Asia/Seoul")
#: All days are counted from the first of the replay. Each revised day: by how much, and when.
REVISIONS = ((8, 1.03, 12), (12, 0.97, 15))
#: Days that come so many days later than is the habit.
LATE = ((6, 2), (9, 3))
OUTAGE = (18, 21)
BAD_FILE = (23, 24)
#: A day, when it is announced as a holiday, and when that is taken back.
WRONG_HOLIDAY = (30, 25, 28)
#: A day that is told as zeros, and when its truth is told.
ZEROS = (33, 35)
SHIFT, SHIFTED_BY = 40, 1.4
#: Nothing is told on quiet days: the level shift is, on the 44th.
DEAD_WEBHOOK = (43, 46)
KILLED, KILLED_FOR_AN_HOUR = 30, 50
#: The place whose webhook fails for some days, and the one that never does.
FAILING, SOUND = "failing", "sound"


@dataclass
class Sower:
    """Does the deeds of its plan, as `replay.sowing` does. `said` tells what was done when."""

    first: date
    receiver: Receiver
    plan: "Plan"
    said: dict[str, datetime] = field(default_factory=dict[str, datetime])

    def __post_init__(self) -> None:
        self._sower = sowing.Sower(list(self.plan(self)), self.said)

    def __call__(self, instant: datetime, upstream: Upstream, stage: Stage) -> None:
        self._sower(instant, upstream, stage)

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def at(self, number: int, hour: int = 0) -> datetime:
        return datetime.combine(self.day(number), datetime.min.time(), SEOUL) + timedelta(
            hours=hour
        )

    def revise(self, day: int, factor: float, when: int) -> Deed:
        return sowing.revised(f"revised {day}", self.at(when), self.day(day), factor)

    def late(self, day: int, days: int) -> Deed:
        return sowing.late(f"late {day}", self.at(0), self.day(day), days)

    def temper(self, status: int) -> Callable[..., None]:
        def change(*_: object) -> None:
            self.receiver.temper[FAILING] = status

        return change


#: What is sown: the deeds of a life.
Plan = Callable[[Sower], Iterator[Deed]]


def calm(sower: Sower) -> Iterator[Deed]:
    """An undisturbed life hears of the revised days as they are in the end, at once."""
    for day, factor, _ in REVISIONS:
        yield sower.revise(day, factor, 0)


def short(sower: Sower) -> Iterator[Deed]:
    """Two days: the first comes a day late, and the daemon is killed as the second begins."""
    yield sower.late(0, 1)
    yield Deed("killed", sower.at(1, 6), lambda _, stage, __: kill_daemon(stage))


def sixty(sower: Sower) -> Iterator[Deed]:
    """Everything, each on its day."""
    for day, factor, when in REVISIONS:
        yield sower.revise(day, factor, when)
    for day, days in LATE:
        yield sower.late(day, days)
    yield from sowing.outage(("down", "up"), sower.at(OUTAGE[0]), sower.at(OUTAGE[1]))
    yield from sowing.unreadable(
        ("bad file", "file gone"), sower.at(BAD_FILE[0], 10), sower.at(BAD_FILE[1], 10), "seongsu"
    )
    holiday, announced, withdrawn = sower.day(WRONG_HOLIDAY[0]), *WRONG_HOLIDAY[1:]
    yield Deed(
        "holiday", sower.at(announced), lambda up, *_: up.holidays.update({holiday: "임시공휴일"})
    )
    yield Deed("none", sower.at(withdrawn), lambda up, *_: up.holidays.pop(holiday))
    yield from sowing.zeros(
        ("zeros", "true again"), sower.at(ZEROS[0]), sower.at(ZEROS[1], 12), sower.day(ZEROS[0])
    )
    yield Deed("webhook dead", sower.at(DEAD_WEBHOOK[0]), sower.temper(500))
    yield Deed("webhook lives", sower.at(DEAD_WEBHOOK[1]), sower.temper(200))
    yield Deed("killed", sower.at(KILLED, 6), lambda _, stage, __: kill_daemon(stage))
    yield Deed("killed for an hour", sower.at(KILLED_FOR_AN_HOUR, 6), _dead_for_an_hour)


PLANS: dict[str, Plan] = {"calm": calm, "short": short, "sixty": sixty}


def kill_daemon(stage: Stage) -> None:
    """SIGKILL for the program that the service's guard holds."""
    guard = stage.running.supervisor.pid("daemon")
    children = Path(f"/proc/{guard}/task/{guard}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)


def _dead_for_an_hour(_: Upstream, stage: Stage, instant: datetime) -> None:
    """Nobody starts it again before the clock has gone an hour on and the watcher has said so."""
    kill_daemon(stage)
    file = clock.watched()
    assert file is not None
    hands.turn(file, instant + timedelta(hours=1))
    assert eventually(_told_dead, seconds=120.0), "nobody has noticed"


def _told_dead() -> bool:
    with connect(open_url()) as conn:
        return any(each.kind == "daemon_dead" for each in incidents.open_incidents(conn))
