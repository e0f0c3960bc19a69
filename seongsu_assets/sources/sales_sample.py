"""Generated sales of a chain of shops by the week, in the shape of its files, for trials and tests.
No shop of anybody and no claim to be measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.outside import Web
from seongsu_assets.sources.days import request_of
from seongsu_assets.sources.long_table import Columns, read
from seongsu_assets.sources.us_calendar import us_calendar

BANNER = "sample data, generated, not measured"
Array = NDArray[np.float64]

#: Weeks of trade begin on it.
_SATURDAY = 5
#: What a day of each kind sells over an ordinary one, at most; departments take a part of it.
_KINDS = {
    "super_bowl": 0.15, "valentine": 0.15, "easter": 0.35, "mothers_day": 0.10,
    "memorial_day": 0.15, "independence_day": 0.15, "school_start": 0.20, "labour_day": 0.10,
    "halloween": 0.20, "thanksgiving": 0.80, "before_christmas": 0.50, "christmas": 1.40,
    "year_end": -0.10, "new_year": -0.30,
}  # fmt: skip
#: A year's growth, from the first year on; and how far a week is from what it should be, in logs.
_GROWTH, _FIRST_YEAR, _NOISE, _COMMON = 0.03, 2010, 0.10, 0.02
#: One week in so many a small department takes back more than it sells.
_RETURNS = 400


@dataclass(frozen=True)
class Sample:
    """One payload a week, named by its first day, for weeks that are over. A week's bytes depend on
    `seed` and date alone. `columns`: as those of the files."""

    columns: Columns
    clock: Callable[[], datetime]
    stores: int = 45
    departments: int = 24
    seed: int = 45
    name: str = "sample"
    terms: None = None

    def fetch(
        self,
        window: Window,
        web: Web | None = None,  # noqa: ARG002 - generated here
    ) -> Iterator[Payload]:
        """The weeks that begin in `window` and have ended by the clock."""
        now = self.clock()
        today = now.astimezone(ZoneInfo(self.columns.timezone)).date()
        for day in window.days():
            ends = day + timedelta(days=self.columns.step - 1)
            if day.weekday() == _SATURDAY and ends < today:
                yield Payload(self.name, request_of(self.name, day), self._body(day, ends), now)

    def parse(self, payload: Payload) -> Parsed:
        """Read by the reader of the files."""
        return read(payload, self.columns)

    def _body(self, first: date, last: date) -> bytes:
        store, department = self.columns.series
        lines = [f"{store},{department},{self.columns.day},{self.columns.value},{BANNER}"]
        sold = self._sold(first, last)
        lines += [
            f"{shop + 1},{part + 1},{last},{sold[shop, part]:.2f}"
            for shop in range(self.stores)
            for part in range(self.departments)
        ]
        return ("\n".join(lines) + "\n").encode()

    def _sold(self, first: date, last: date) -> Array:
        """Dollars by store and department."""
        fixed = np.random.default_rng(self.seed)
        size = fixed.lognormal(0.0, 0.5, (self.stores, 1)) * fixed.lognormal(
            9.0, 1.0, (1, self.departments)
        )
        taste = fixed.uniform(0.0, 1.0, (1, self.departments, len(_KINDS)))
        summer = fixed.normal(0.0, 0.15, (1, self.departments))
        kinds = us_calendar(Window(first, last))["kind"].to_numpy()
        lift = np.array([_KINDS[kind] * (kinds == kind).mean() for kind in _KINDS])
        wave = np.cos(2 * np.pi * (first.timetuple().tm_yday - 190) / 365.25)
        years = first.year + first.timetuple().tm_yday / 365.25 - _FIRST_YEAR
        chance = np.random.default_rng([self.seed, first.toordinal()])
        noise = chance.normal(0.0, _NOISE, size.shape) + chance.normal(0.0, _COMMON)
        sold = (
            size
            * (1 + (taste * lift).sum(axis=2))
            * np.exp(summer * wave + _GROWTH * years + noise)
        )
        returned = chance.integers(0, _RETURNS, size.shape) == 0
        return np.where(returned & (sold < np.median(sold)), -0.02 * sold, sold)
