"""Faults of the counts themselves: a day that a source tells wrongly, for every station alike.
No rows and no envelope here; hours stand in the order of the operating day."""

from collections.abc import Callable, Mapping

import numpy as np

from seongsu_assets_tests.upstream.truth import Counts

#: The day's counts and those of the day before.
Pair = tuple[Counts, Counts]


def swap_directions(days: Pair) -> Counts:
    """Boarding and alighting change places."""
    return days[0][:, ::-1]


def times_100(days: Pair) -> Counts:
    return days[0] * 100


def partial_day(days: Pair, hours: int = 12) -> Counts:
    """Only the first `hours` clock hours of the operating day, from 04:00."""
    cut = days[0].copy()
    cut[:, :, hours:] = np.nan
    return cut


def zeros(days: Pair) -> Counts:
    """Every hour that ran has 0 people."""
    return days[0] * 0


def frozen(days: Pair) -> Counts:
    """The counts of the day before, once more."""
    return days[1]


#: Called with the day's counts and those of the day before.
COUNTS: Mapping[str, Callable[..., Counts]] = {
    each.__name__: each for each in (swap_directions, times_100, partial_day, zeros, frozen)
}
