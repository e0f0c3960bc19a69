"""A rehearsal from what the platform holds to forecast against actual, in a home of its own.
How instants are stepped is in `life`; what is told of them, in `rehearsal.records`."""

import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as daytime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import SeongsuError
from seongsu_assets.rehearsal import plan as plans
from seongsu_assets.rehearsal import records, telling
from seongsu_assets.rehearsal.plan import Befalls, Fault, Plan
from seongsu_assets.rehearsal.records import Asked, Begun, Finished, Prepared, Record, Sown
from seongsu_assets.replay import life, outcome, sowing
from seongsu_assets.replay.known import rehearsed
from seongsu_assets.replay.observing import Observer
from seongsu_assets.replay.sowing import Deed, Sower
from seongsu_assets.replay.stage import Stage
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import datasets, observations
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.upstream import Upstream

GRAPH = "seongsu_assets.replay.brief"
#: How often sensors look: in life it is every few minutes, here each look costs a second or two.
SENSE = timedelta(hours=6)
#: So many days of the past are learned from: all seasons and festivals once, in half the time.
PAST_DAYS = 400
#: A day that is told wrongly at first: by how much.
REVISED_BY = 1.05
#: Where nothing of a rehearsal may go: to people, to the public, to anybody's storage.
NOWHERE = (
    "SEONGSU_ALERTS", "SEONGSU_PING_URL", "SEONGSU_API_KEY_HASH", "SEONGSU_ARTEFACTS",
    "SEONGSU_PAGES", "SEONGSU_PROXY", "SUPABASE_URL", "SUPABASE_ANON_KEY",
)  # fmt: skip


def held(domain: Domain) -> tuple[pd.DataFrame, list[date], bool]:
    """What the warehouse holds of the domain, its whole days, and whether it is generated. Read in
    a transaction that cannot write."""
    with connect(open_url()) as conn, conn.transaction():
        conn.execute("set transaction isolation level repeatable read read only")
        dataset = datasets.active(conn, domain)
        rows = observations.read(conn, dataset)
        if rows.empty:
            return rows, [], True
        all_days = Window(rows.business_date.min().date(), rows.business_date.max().date())
        counts = observations.counts(conn, dataset, all_days, domain.cadence.required_hours)
    whole = counts.index[counts >= domain.expected_rows]
    return rows, [stamp.date() for stamp in whole], datasets.is_sample(dataset)


def prepare(home: Path, domain: Domain, days: int, faults: tuple[Fault, ...]) -> dict[str, str]:
    """Withhold the newest days of what is held, in a home that is there and empty; the environment
    to rehearse in. Raises NotEnoughHistory."""
    if domain.cadence.step > 1:
        raise SeongsuError(
            f"only days can be told again, and {domain.name} has {domain.cadence.period}s",
            remedy=f"`seongsu inject {domain.name} --home FOLDER` brings the next one",
        )
    rows, whole, sample = held(domain)
    window = plans.newest(whole, days, domain.plan.minimum_days)
    plan = plans.plan(window, faults)
    before = pd.Timestamp(window.first - timedelta(days=PAST_DAYS))
    last = pd.Timestamp(window.last)
    known = rows[rows.business_date.between(before, last)].reset_index(drop=True)
    records.append(
        home,
        Begun(
            at=clock.life(),
            first=window.first,
            last=window.last,
            until=plan.until,
            past_days=known.business_date.nunique() - days,
            sample=sample,
            befalls=tuple(Sown(fault=each.fault, day=each.day) for each in plan.befalls),
        ),
    )
    given = life.furnish(home, domain, window, known)
    return given | dict.fromkeys(NOWHERE, "")


def live(domain: Domain) -> None:
    """Live through what was prepared in this home, and tell it record by record."""
    home, known = settings().root, rehearsed(domain)
    told = records.read(home)
    asked = next(each for each in told if isinstance(each, Asked))
    begun = next(each for each in told if isinstance(each, Begun))
    befalls = tuple(Befalls(each.fault, each.day) for each in begun.befalls)
    plan = Plan(Window(begun.first, begun.last), begun.until, befalls)
    rehearsal = _Rehearsal(home, known, plan, Sower(deeds(known, plan)))
    life.live(
        known,
        plan.window,
        say=rehearsal.say,
        meanwhile=rehearsal.meanwhile,
        afterwards=rehearsal.afterwards,
        until=plan.until,
        sense=SENSE,
        graph=GRAPH,
        pages=False,
    )
    rehearsal.finish(clock.life() - asked.at)


def deeds(domain: Domain, plan: Plan) -> list[Deed]:
    """What is done to the world, and when. A deed is named by its fault; its end is `over`."""
    zone = ZoneInfo(domain.cadence.timezone)

    def at(day: date, days: int, hour: int = 0) -> datetime:
        return datetime.combine(day + timedelta(days=days), daytime(hour), zone)

    def made(fault: Fault, day: date) -> list[Deed]:
        names = (fault, over(fault))
        match fault:
            case "late":
                return [sowing.late(fault, at(day, 1), day, 1)]
            case "revised":
                return [sowing.revised(fault, at(day, 2), day, REVISED_BY)]
            case "zeros":
                return sowing.zeros(names, at(day, 1), at(day, 2), day)
            case "outage":
                return sowing.outage(names, at(day, 1), at(day, 2))
            case "unreadable":
                return sowing.unreadable(names, at(day, 0, 10), at(day, 0, 16), domain.name)

    return [deed for each in plan.befalls for deed in made(each.fault, each.day)]


def over(fault: Fault) -> str:
    """The name of the deed that ends a fault."""
    return f"{fault} over"


@dataclass
class _Rehearsal:
    """Sows, looks and writes down, instant by instant."""

    home: Path
    domain: Domain
    plan: Plan
    sower: Sower
    _observer: Observer | None = None

    def say(self, line: str) -> None:
        self._tell(Prepared(at=clock.life(), what=line.strip()))

    def meanwhile(self, instant: datetime, upstream: Upstream, stage: Stage) -> None:
        if self._observer is None:
            self._observer = Observer(self.domain, stage.instance)
        self.sower(instant, upstream, stage)

    def afterwards(self, instant: datetime, _stage: Stage) -> None:
        assert self._observer is not None
        done = tuple(name for name, at in self.sower.said.items() if at == instant)
        self._tell(self._observer.look(instant, done))

    def finish(self, lasted: timedelta) -> None:
        """What it came to: the warehouse is up until this process ends."""
        sown = [outcome.Sowed(each, self.sower.said[each.fault]) for each in self.plan.befalls]
        with connect(open_url()) as conn:
            hours = outcome.hours(conn, self.domain, self.plan.window)
            stories = outcome.stories(conn, self.domain, sown)
        ours, naive = records.wape(hours)
        self._tell(
            Finished(
                at=clock.life(),
                seconds=lasted.total_seconds(),
                hours=hours,
                wape=ours,
                naive_wape=naive,
                stories=stories,
            )
        )

    def _tell(self, record: Record) -> None:
        records.append(self.home, record)
        if line := telling.line(record):
            sys.stderr.write(f"{line}\n")
