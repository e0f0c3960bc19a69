"""What a domain declares of itself, for pages without a forecast: total, zone, when days are due.
Nothing that was read; a domain that is not declared here is unknown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.freshness import PATIENCE
from ui import clock

#: What the total of a domain is called that is not declared here.
TOTAL = "total"
#: Measurements so many periods behind are not late any more: they have stopped.
STOPPED = 3


@dataclass(frozen=True)
class Declared:
    """A domain as its pages need it, at `now`. `due` is the newest day, or week by its first day,
    that should be measured."""

    domain: Domain
    now: datetime

    @property
    def zone(self) -> timezone:
        return clock.zone_of(self.domain.cadence.timezone, self.now)

    @property
    def today(self) -> date:
        """The calendar day there."""
        return self._local.date()

    @property
    def due(self) -> date:
        lateness, cadence = self.domain.lateness, self.domain.cadence
        judged = self._local - timedelta(hours=lateness.issue_hour) - PATIENCE
        return cadence.later(cadence.before(judged.date()), 1 - lateness.lag_days)

    @property
    def period(self) -> timedelta:
        """How long that is of which one partition is."""
        return timedelta(days=self.domain.cadence.step)

    def due_from(self, source: str) -> date | None:
        """The newest day that `source` should have told of; None where it promises nothing. A day
        is due at the end of the `due_days`-th day after it."""
        terms = next((each.terms for each in self.domain.sources if each.name == source), None)
        if terms is None:
            return None
        over = self.today - timedelta(days=terms.due_days) - self.period
        return self.domain.cadence.begins(over)

    @property
    def _local(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.domain.cadence.timezone))


def declared(name: str, now: datetime) -> Declared | None:
    """The domain of this name, if it is declared here."""
    domain = DOMAINS.get(name)
    return None if domain is None else Declared(domain, now)


def total_of(name: str) -> str:
    """The series that has levels."""
    return DOMAINS[name].total if name in DOMAINS else TOTAL


def stopped(newest: date | None, due: date | None, period: timedelta) -> bool:
    """Whether measurements that were due have not come for too long."""
    return newest is not None and due is not None and due - newest > STOPPED * period


def has_stopped(name: str, newest: date | None, now: datetime) -> bool:
    """Whether the measurements of a domain have stopped by `now`; not of one that is unknown."""
    known = declared(name, now)
    return known is not None and stopped(newest, known.due, known.period)
