"""How many people a generated day has: published means, growth, seasons, holidays, rain, chance.
No files and no clock: a day depends on its date, its kind and the seed alone."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

HOURS = (4, *range(6, 24))

#: Mean passengers of 2024 by day type and hour, boarding above alighting: open data of Seoul
#: Metro (OA-12921), as published.
MEANS = {
    "weekday": (
        (211, 345, 958, 1256, 945, 823, 947, 1232, 1620, 2013, 2482, 3267, 5958, 10913, 5027, 3542,
         2935, 1992, 828),
        (170, 1360, 3331, 11896, 6915, 3286, 2510, 2443, 2541, 2426, 2390, 2404, 2611, 3022, 1751,
         838, 629, 551, 342),
    ),
    "saturday": (
        (175, 218, 298, 463, 591, 699, 960, 1345, 1757, 2269, 3036, 3798, 3988, 3772, 3407, 3457,
         2911, 2073, 767),
        (72, 655, 558, 1055, 1637, 2620, 3471, 3887, 4262, 4315, 4249, 3856, 3435, 2417, 1395, 820,
         631, 499, 573),
    ),
    "sunday": (
        (109, 153, 208, 330, 476, 548, 708, 1156, 1480, 1948, 2462, 2883, 3064, 2938, 2711, 2757,
         2105, 1259, 399),
        (36, 366, 386, 567, 1223, 2297, 2922, 3212, 3319, 3409, 3152, 2742, 2337, 1627, 964, 607,
         461, 341, 442),
    ),
    "holiday": (
        (126, 160, 196, 303, 382, 458, 626, 885, 1223, 1698, 2248, 2725, 2872, 2782, 2513, 2512,
         1949, 1213, 413),
        (52, 370, 410, 677, 999, 1843, 2551, 2954, 3097, 3194, 2888, 2569, 2197, 1560, 939, 561,
         426, 335, 413),
    ),
}  # fmt: skip

#: Mean day by year (as a decimal date) over that of 2024.
YEARS = (2014.5, 2023.5, 2024.5, 2025.46, 2026.25)
GROWTH = {
    "weekday": (0.638, 0.916, 1.0, 1.118, 1.255),
    "saturday": (0.416, 0.806, 1.0, 1.212, 1.522),
    "sunday": (0.315, 0.773, 1.0, 1.293, 1.513),
    "holiday": (0.359, 0.736, 1.0, 1.219, 1.400),
}
#: Growth halves again and again after the last published year: years for it to fade to 37 %.
FADES_IN_YEARS = 1.0

#: Monday to Friday over the mean weekday.
WEEKDAYS = (0.960, 0.988, 0.985, 1.004, 1.064)
#: January to December over the year's mean.
SEASON_WEEKDAY = (
    0.950,
    0.985,
    0.985,
    1.000,
    1.000,
    1.000,
    0.995,
    0.950,
    1.000,
    1.030,
    1.055,
    1.050,
)
SEASON_OFF = (0.860, 0.960, 1.020, 1.010, 1.060, 1.000, 0.925, 0.875, 1.020, 1.120, 1.100, 1.050)
RAINY = (0.15, 0.18, 0.20, 0.25, 0.28, 0.32, 0.50, 0.45, 0.28, 0.18, 0.22, 0.18)

#: Days of a kind over their day type's mean, and over a mean Sunday for holidays.
KINDS = {
    "christmas": 1.60, "new_year": 0.72, "seollal": 0.42, "chuseok": 0.42, "labour_day": 0.68,
    "christmas_eve": 1.25, "bridge": 0.93, "festival_eve": 0.88, "festival_bridge": 0.80,
    "festival_after": 0.95, "year_end": 0.88,
}  # fmt: skip
NEAR_FESTIVAL, OTHER_HOLIDAY, MEAN_HOLIDAY = 0.70, 1.15, 0.925
#: Working days on which many leave early or stay away: hours 8 and 18 over their usual share.
QUIET_RUSH = {
    "labour_day": (0.22, 0.55), "bridge": (0.80, 0.92), "festival_eve": (0.88, 0.68),
    "festival_bridge": (0.70, 0.80), "year_end": (0.88, 0.75), "festival_after": (0.92, 0.97),
}  # fmt: skip

_MORNING, _MIDDAY, _EVENING = slice(2, 5), slice(6, 12), slice(12, 15)
_EIGHT, _EIGHTEEN = HOURS.index(8), HOURS.index(18)


@dataclass(frozen=True)
class Kind:
    """What the calendar says about a day."""

    day_type: str
    kind: str


def counts(day: date, kind: Kind, seed: int) -> Counts:
    """People per direction (boarding, alighting) and hour of HOURS. The same for the same day."""
    chance = np.random.default_rng([seed, day.toordinal()])
    base = _base(day, kind)
    mean = _grown(base, _growth(day, base)) * _level(day, kind, base) ** _moves(base)
    mean[:, _EIGHT] *= QUIET_RUSH.get(kind.kind, (1.0, 1.0))[0]
    mean[:, _EIGHTEEN] *= QUIET_RUSH.get(kind.kind, (1.0, 1.0))[1]
    mean = mean * _rain(day, base, chance) * _event(day, base, chance)
    return _scatter(mean, base, chance)


def _base(day: date, kind: Kind) -> str:
    if kind.day_type in ("weekday", "adjacent"):
        return "weekday"
    if kind.day_type in ("saturday", "sunday"):
        return ("saturday", "sunday")[day.weekday() - 5]
    return "holiday"


def _growth(day: date, base: str) -> float:
    """The logarithm of the level over that of 2024; past the published years it fades out."""
    year = day.year + day.timetuple().tm_yday / 365.25
    logs = np.log(GROWTH[base])
    slope = (logs[-1] - logs[-2]) / (YEARS[-1] - YEARS[-2])
    beyond = max(0.0, year - YEARS[-1])
    fading = slope * FADES_IN_YEARS * (1 - np.exp(-beyond / FADES_IN_YEARS))
    return float(np.interp(year, YEARS, logs) + fading)


def _grown(base: str, growth: float) -> NDArray[np.float64]:
    """The means of 2024, grown. On weekdays the middle of the day grows, the rush hardly does."""
    means = np.array(MEANS[base], dtype=np.float64)
    share = np.ones_like(means)
    if base == "weekday":
        share[1, _MORNING], share[1, _MIDDAY] = (0.4, -0.2, 0.3), 2.5
        share[0, _EVENING] = (0.6, 0.35, 0.9)
    grown = means * np.exp(np.clip(growth, -0.5, 0.5) * share)
    return grown * (means.sum() * np.exp(growth) / grown.sum())


def _level(day: date, kind: Kind, base: str) -> float:
    months = SEASON_WEEKDAY if base == "weekday" else SEASON_OFF
    season = float(np.interp(day.month + day.day / 30.5, np.arange(14) + 0.5, _around(months)))
    if base == "weekday":
        return season * WEEKDAYS[day.weekday()] * KINDS.get(kind.kind, 1.0)
    if base != "holiday":
        return season * KINDS.get(kind.kind, 1.0)
    festival = NEAR_FESTIVAL if kind.day_type == "festival" else OTHER_HOLIDAY
    return KINDS.get(kind.kind, festival) / MEAN_HOLIDAY


def _moves(base: str) -> NDArray[np.float64]:
    """How much of the day's level each hour follows: commuters come whatever the day."""
    moves = np.ones((2, len(HOURS)))
    if base == "weekday":
        moves[1, _MORNING] = moves[0, _EVENING] = 0.4
    return moves


def _around(months: tuple[float, ...]) -> tuple[float, ...]:
    return (months[-1], *months, months[0])


def _rain(day: date, base: str, chance: np.random.Generator) -> NDArray[np.float64]:
    """Rain keeps arrivals of the middle of the day away, and commuters hardly at all."""
    wet = chance.random() < RAINY[day.month - 1]
    strength = min(1.0, chance.exponential(8.0) / 15.0) * wet
    loss = np.full((2, len(HOURS)), 0.07 if base == "weekday" else 0.13)
    loss[1] *= 1.3
    if base == "weekday":
        loss[:, _MORNING] = 0.01
        loss[:, _EVENING] *= 0.5
    return 1.0 - loss * strength


def _event(day: date, base: str, chance: np.random.Generator) -> float:
    """Now and then a weekend with a festival in the streets, more often in spring and autumn."""
    often = 0.12 if day.month in (4, 5, 9, 10) else 0.03
    happens, size = chance.random() < often, chance.uniform(1.15, 1.35)
    return float(size) if happens and base != "weekday" else 1.0


def _scatter(mean: NDArray[np.float64], base: str, chance: np.random.Generator) -> Counts:
    """Chance of the day, chance of each hour, and that of counting people one by one."""
    of_day, of_hour = (0.020, 0.032) if base == "weekday" else (0.045, 0.042)
    spread = np.full(mean.shape, of_hour)
    if base == "weekday":
        spread[1, _MORNING] = spread[0, _EVENING] = of_hour / 2
    people = mean * chance.normal(1.0, of_day) * chance.normal(1.0, spread)
    return chance.poisson(np.maximum(people, 0.0)).astype(np.int64)
