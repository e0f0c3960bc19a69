"""The generated walk of a price: calm weeks and wild ones, wild hours and calm ones, no direction.
No days, no clock and no format: an hour depends on its place in its year and the seed alone."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Where the walk begins, in USD, and in which year.
START, FIRST_YEAR = 30_000.0, 2015
#: Of hourly log returns, 2021 to 2025: standard deviation 0.0058, kurtosis 12, and the size of one
#: return and of that a day later correlate by 0.16. The logarithm of the volatility has a slow
#: part that halves in three days, and one that is each hour's own.
DEVIATION, SLOW, OWN, KEPT = 0.0058, 0.5, 0.4, 0.99
#: Beyond the largest return of those years, 0.072.
LARGEST = 0.1
#: How much livelier each hour (UTC) is than the mean one: America's morning is the liveliest.
LIVELY = (
    1.09, 1.10, 0.95, 0.86, 0.74, 0.77, 0.88, 0.84, 0.90, 0.86, 0.82, 0.81,
    1.00, 1.18, 1.48, 1.30, 1.09, 1.14, 1.09, 1.10, 1.10, 1.07, 1.00, 0.90,
)  # fmt: skip


def closes(seed: int, year: int) -> Array:
    """The closing price of every hour of the year, the one before the first included."""
    before = START if year <= FIRST_YEAR else closes(seed, year - 1)[-1]
    return before * np.exp(np.concatenate([[0.0], np.cumsum(_returns(seed, year))]))


@lru_cache(maxsize=64)
def _returns(seed: int, year: int) -> Array:
    chance = np.random.default_rng([seed, year])
    days = 366 if year % 4 == 0 else 365
    hours = days * 24
    news = chance.normal(0.0, SLOW * np.sqrt(1 - KEPT**2), hours)
    slow = np.empty(hours)
    state = chance.normal(0.0, SLOW)
    for hour, surprise in enumerate(news):
        slow[hour] = state = KEPT * state + surprise
    spread = slow + chance.normal(0.0, OWN, hours) - (SLOW**2 + OWN**2)
    returns = DEVIATION * np.tile(LIVELY, days) * np.exp(spread) * chance.normal(size=hours)
    return np.clip(returns, -LARGEST, LARGEST)
