"""The truth that every service tells in its own words: people by station, direction and hour.
No envelope and no clock of its own here; a day's counts depend on seed, date and revision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from seongsu_assets_tests.upstream import people
from seongsu_assets_tests.upstream.stations import SEONGSU, STATIONS
from seongsu_assets_tests.upstream.wire import KST

#: (stations, boarding and alighting, hours); NaN where there is no such hour.
Counts = NDArray[np.float64]

#: Seongsu's people of a day, given the seed.
Ours = Callable[[date, int], people.Hours]

SERIES = ("boarding", "alighting")
_TYPICAL_DAY = 100_000.0


@dataclass(frozen=True)
class Publication:
    """How a service departs from its habit for one day: days later than usual, or never."""

    days_late: int = 0
    never: bool = False


class Truth:
    """What really happened, and what the publisher did with it. `clock` dates the revisions."""

    def __init__(
        self, seed: int, clock: Callable[[], datetime], ours: Ours = people.seongsu
    ) -> None:
        self._seed, self._clock, self._ours = seed, clock, ours
        self._revisions: dict[date, list[tuple[float, date]]] = {}
        self._publications: dict[tuple[date, str], Publication] = {}
        self._sizes = np.random.default_rng([seed, 1]).lognormal(9.2, 0.7, (len(STATIONS), 2))
        self._original = lru_cache(maxsize=96)(self._make)

    def hourly(self, day: date, revision: int | None = None) -> dict[str, dict[int, int]]:
        """Seongsu's people by series and slot: 4 (before six), 6 to 23, 24 (after midnight, only
        where trains ran). The newest revision, or the one counted from 0."""
        seongsu = self.counts(day, revision)[SEONGSU]
        return {series: people.slots(seongsu[row]) for row, series in enumerate(SERIES)}

    def daily(self, day: date, revision: int | None = None) -> dict[str, int]:
        """Seongsu's totals by series as the card data has them: within 0.2 % of the hours."""
        totals = self.card(day, self.counts(day, revision))[SEONGSU]
        return {series: int(totals[row]) for row, series in enumerate(SERIES)}

    def revise(self, day: date, factor: float) -> None:
        """From now on every source has the day's first counts times `factor`."""
        self._revisions.setdefault(day, []).append((factor, self._clock().astimezone(KST).date()))

    def publish_late(self, day: date, service: str, days: int) -> None:
        """`service` has the day so many days later than is its habit."""
        self._publications[day, service] = Publication(days_late=days)

    def withhold(self, day: date, service: str) -> None:
        """`service` never has the day."""
        self._publications[day, service] = Publication(never=True)

    def publication(self, day: date, service: str) -> Publication:
        return self._publications.get((day, service), Publication())

    def revision(self, day: date) -> int:
        return len(self._revisions.get(day, ()))

    def revised_on(self, day: date) -> date | None:
        return self._revisions[day][-1][1] if day in self._revisions else None

    def counts(self, day: date, revision: int | None = None) -> Counts:
        """Everyone's counts. Do not write to the array."""
        number = self.revision(day) if revision is None else revision
        original = self._original(day)
        return np.rint(original * self._revisions[day][number - 1][0]) if number else original

    def card(self, day: date, seen: Counts) -> Counts:
        """(stations, directions): the day's totals, up to 0.15 % beside the sum of the hours."""
        beside = np.random.default_rng([self._seed, day.toordinal(), 3]).uniform(-1, 1, (2,))
        return np.rint(np.nansum(seen, axis=2) * (1 + 0.0015 * beside))

    def _make(self, day: date) -> Counts:
        ours = self._ours(day, self._seed)
        total = np.nansum(ours)
        shape = ours.sum(axis=0) / total
        everyone = np.rint(self._sizes[:, :, None] * shape * (total / _TYPICAL_DAY))
        everyone[SEONGSU] = ours
        return everyone
