"""Days as rows of regressors for the dynamic model: what a day is, its season and its weather.
No states, no variances, and nothing of how busy any day was."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting import kinds
from seongsu_assets.forecasting.days import Days

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SATURDAY = 5  # the place in the week
#: The kinds that have a level of their own; distances and runs say nothing linear.
KINDS = tuple(
    name
    for name in kinds.NAMES
    if name.startswith(("is_", "festival_", "seollal_", "chuseok_", "holiday_"))
    and name != "is_adjacent"
)
#: The places of what changes and fades in a row: the recent deviation, and that of days off.
RECENT = slice(1, 3)
#: The places of the weekdays.
WEEKDAYS = slice(3, 10)


@dataclass(frozen=True)
class Nature:
    """What days are, in any shape: part in each weekday (last axis 7), whether quiet as a weekend,
    whether of the class of days off, and the values of KINDS (last axis)."""

    weekday: Array
    resting: Flags
    off: Flags
    kinds: Array

    @classmethod
    def of(cls, known: Days) -> "Nature":
        """A day off in the week counts half as Saturday, half as Sunday."""
        festival = known.kinds[:, kinds.NAMES.index("is_festival")] > 0
        moved = known.weekend_like & (known.dow < SATURDAY) | festival
        weekday = np.eye(7)[known.dow]
        weekday[moved] = [0, 0, 0, 0, 0, 0.5, 0.5]
        chosen = known.kinds[:, [kinds.NAMES.index(name) for name in KINDS]]
        return cls(weekday, moved | (known.dow >= SATURDAY), known.weekend_like, chosen)

    @classmethod
    def ordinary(cls, dow: NDArray[np.int64]) -> "Nature":
        """Days that are nothing but their weekday."""
        weekend = dow >= SATURDAY
        return cls(np.eye(7)[dow], weekend, weekend, np.zeros((*dow.shape, len(KINDS))))

    def at(self, day: NDArray[np.int64]) -> "Nature":
        """Of the days at these places."""
        return Nature(self.weekday[day], self.resting[day], self.off[day], self.kinds[day])

    def rows(self, season: Array, weather: Array | None) -> Array:
        """Level, recent deviation, that of days off, weekdays, season, kinds and weather, the last
        axis a row. Season and weather stand once for working days and once for days off."""
        one = np.ones((*self.off.shape, 1))
        parts = [one, one, self.resting[..., None], self.weekday, self._split(season), self.kinds]
        parts += [] if weather is None else [self._split(weather)]
        return np.concatenate(parts, axis=-1).astype(np.float64)

    def _split(self, columns: Array) -> Array:
        off = self.off[..., None]
        return np.concatenate([columns * ~off, columns * off], axis=-1)
