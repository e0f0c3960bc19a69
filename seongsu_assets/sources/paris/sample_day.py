"""How many bikes a generated counter sees: kinds of streets, seasons, days off, rain, chance.
No records and no clock: a day depends on its date, its kind and the chance it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Shares of a day by hour, for streets to work, streets home, and streets for pleasure; the last is
#: also every street's day without work. Invented, with the shape that cycling in cities has.
_TO_WORK = (
    6, 4, 3, 2, 2, 6, 20, 60, 135, 105, 50, 38,
    40, 42, 40, 42, 52, 72, 80, 62, 48, 36, 28, 17,
)  # fmt: skip
_HOME = (
    10, 6, 4, 3, 2, 4, 10, 28, 55, 50, 36, 36,
    42, 44, 42, 48, 68, 110, 140, 102, 66, 45, 32, 17,
)  # fmt: skip
_PLEASURE = (
    20, 14, 10, 7, 5, 4, 5, 9, 18, 32, 48, 62,
    68, 74, 84, 92, 94, 90, 80, 62, 46, 34, 26, 16,
)  # fmt: skip

#: Bikes of a day off over those of a working day, for streets with work and for the others.
_OFF, _OFF_PLEASURE = 0.55, 1.25
#: Monday to Friday over the mean working day.
_WEEKDAYS = (0.97, 1.06, 1.02, 1.05, 0.90)
#: January to December over the year's mean; in summer many are away.
_MONTHS = (0.74, 0.78, 0.90, 1.00, 1.10, 1.22, 1.16, 0.90, 1.20, 1.15, 0.98, 0.80)
_RAINY = (0.33, 0.31, 0.30, 0.28, 0.30, 0.26, 0.24, 0.23, 0.24, 0.30, 0.33, 0.35)
#: Working days of these kinds over others.
_KINDS = {
    "school_break": 0.86, "bridge": 0.66, "eve": 0.94, "day_after": 0.96, "christmas_eve": 0.50,
    "christmas_week": 0.52, "year_end": 0.45,
}  # fmt: skip
#: Holidays over other days off.
_HOLIDAYS = {"christmas": 0.45, "new_year": 0.60}
#: A year's growth, which fades from the first year on: years for it to fade to 37 %.
_GROWTH, _FADES_IN_YEARS, _FIRST_YEAR = 0.10, 4.0, 2022


@dataclass(frozen=True)
class Counter:
    """A made-up counter: bikes of a mean working day, and which hours they come in."""

    id: str
    name: str
    latitude: float
    longitude: float
    daily: float
    shape: tuple[int, ...]
    begins: date = date.min
    #: Of so many weeks one, in which it counts nothing for three days; 0 where it always counts.
    silent_every: int = 0


COUNTERS = (
    Counter("sample-01", "Quai (example) O-E", 48.857, 2.352, 3_400, _TO_WORK),
    Counter("sample-02", "Quai (example) E-O", 48.857, 2.352, 3_300, _HOME),
    Counter("sample-03", "Boulevard (example) N-S", 48.869, 2.354, 5_200, _TO_WORK),
    Counter("sample-04", "Boulevard (example) S-N", 48.869, 2.354, 4_900, _HOME),
    Counter("sample-05", "Avenue (example) SE-NO", 48.846, 2.375, 2_100, _TO_WORK),
    Counter("sample-06", "Avenue (example) NO-SE", 48.846, 2.375, 2_000, _HOME),
    Counter("sample-07", "Porte (example) N-S", 48.898, 2.344, 1_100, _TO_WORK),
    Counter("sample-08", "Porte (example) S-N", 48.898, 2.344, 1_050, _HOME),
    Counter("sample-09", "Canal (example)", 48.873, 2.364, 1_500, _PLEASURE),
    Counter("sample-10", "Bois (example)", 48.832, 2.432, 420, _PLEASURE),
    Counter("sample-11", "Rue (example), new", 48.861, 2.379, 900, _HOME, date(2024, 4, 15)),
    Counter("sample-12", "Pont (example), often silent", 48.860, 2.333, 1_300, _HOME,
            silent_every=7),
)  # fmt: skip


def bikes(
    day: date, day_type: str, kind: str, hours: Sequence[int], chance: np.random.Generator
) -> list[list[int | None]]:
    """By counter and hour (as the clock shows it); None where the counter tells nothing."""
    level = _level(day, day_type, kind) * _weather(day, chance)
    counted = list[list[int | None]]()
    for counter in COUNTERS:
        mean = _mean(counter, day_type, hours) * level * chance.normal(1.0, 0.06)
        drawn = chance.poisson(np.maximum(0.0, mean * chance.normal(1.0, 0.10, len(mean))))
        counted.append([None if _silent(counter, day) else int(each) for each in drawn])
    return counted


def _level(day: date, day_type: str, kind: str) -> float:
    middle = np.arange(14) - 0.5
    months = (_MONTHS[-1], *_MONTHS, _MONTHS[0])
    season = float(np.interp(day.month - 1 + day.day / 30.5, middle, months))
    years = day.year - _FIRST_YEAR + day.timetuple().tm_yday / 365.25
    growth = _GROWTH * _FADES_IN_YEARS * (1.0 - np.exp(-max(0.0, years) / _FADES_IN_YEARS))
    if _works(day_type):
        return season * np.exp(growth) * _WEEKDAYS[day.weekday()] * _KINDS.get(kind, 1.0)
    return season * np.exp(growth) * _HOLIDAYS.get(kind, 1.0)


def _mean(counter: Counter, day_type: str, hours: Sequence[int]) -> Array:
    shape = np.array(counter.shape if _works(day_type) else _PLEASURE, dtype=np.float64)
    off = _OFF_PLEASURE if counter.shape == _PLEASURE else _OFF
    daily = counter.daily * (1.0 if _works(day_type) else off)
    return daily * shape[list(hours)] / shape.sum()


def _weather(day: date, chance: np.random.Generator) -> float:
    """Rain keeps some at home: a little on most wet days, a third on the worst."""
    wet, strength = chance.random() < _RAINY[day.month - 1], chance.exponential(0.12)
    return 1.0 - min(0.35, float(strength)) * wet


def _silent(counter: Counter, day: date) -> bool:
    week, place = divmod(day.toordinal() - 1, 7)  # the first day of the first year was a Monday
    return bool(counter.silent_every) and week % counter.silent_every == 0 and 1 <= place <= 3  # noqa: PLR2004 - Tuesday to Thursday


def _works(day_type: str) -> bool:
    return day_type in {"weekday", "adjacent"}
