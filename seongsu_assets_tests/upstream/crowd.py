"""How many people a place has and how many pass its gates just now, out of the seeded counts.
No field names of the city here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from seongsu_assets_tests.upstream.people import HOURS
from seongsu_assets_tests.upstream.stations import SEONGSU
from seongsu_assets_tests.upstream.wire import KST
from seongsu_assets_tests.upstream.world import Ask

_AN_HOUR = timedelta(hours=1)
_DAY_BEGINS = timedelta(hours=4)
_STAYING, _PER_PASSENGER = 3_000, 0.9
#: How far the city's forecast is off, one hour ahead.
_ERROR = 0.05


@dataclass(frozen=True)
class Crowd:
    """The crowd of the area as one request sees it."""

    ask: Ask

    def people(self, when: datetime) -> float:
        """Those in the area: residents, and the passengers of the hour."""
        return _STAYING + _PER_PASSENGER * sum(self._of_hour(when))

    def foreseen(self, when: datetime, issued: datetime) -> float:
        """What the city would have said of `when` at `issued`; the same for the same two."""
        hours = (when - issued) / _AN_HOUR
        chance = np.random.default_rng([int(when.timestamp()), int(issued.timestamp())])
        return self.people(when) * float(chance.lognormal(0, _ERROR * max(1.0, hours) ** 0.5))

    def passed(self, since: datetime, until: datetime) -> tuple[float, float]:
        """People through the gates between two moments, boarding and alighting."""
        total, at = np.zeros(2), since
        while at < until:
            end = min(until, at.replace(minute=0, second=0, microsecond=0) + _AN_HOUR)
            total += np.array(self._of_hour(at)) * ((end - at) / _AN_HOUR)
            at = end
        return float(total[0]), float(total[1])

    def first_train(self, when: datetime) -> datetime:
        """The beginning of the operating day."""
        return datetime.combine(_operating_day(when), datetime.min.time(), KST) + _DAY_BEGINS

    def _of_hour(self, when: datetime) -> tuple[float, float]:
        hours = self.ask.counts(_operating_day(when))[SEONGSU]
        on, off = np.nan_to_num(hours[:, HOURS.index(when.astimezone(KST).hour)])
        return float(on), float(off)


def _operating_day(when: datetime) -> date:
    return (when.astimezone(KST) - _DAY_BEGINS).date()
