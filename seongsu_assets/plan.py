"""The plan: everything that makes a forecast what it is, how strongly the model learns included.
Nothing of a particular domain, and nothing that is learned from data."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

#: Who learns: `dynamic` one place with a rich calendar, `panel` many series at once.
Learner = Literal["dynamic", "panel", "walk"]


@dataclass(frozen=True)
class Tuning:
    """How strongly the model learns. All but `dynamic_weight` are above zero.

    The trees: `rounds` of at most so many `leaves`, each of at least `rows_in_leaf` rows, learning
    at `rate`, drawn to zero by `ridge` (L2). A row `half_life_days` older counts half.
    `dynamic_weight`, from 0 to 1, is that of the dynamic model in logs: it wins festivals, hours
    and young histories, level and trees win days far ahead."""

    leaves: int = 15
    rounds: int = 200
    rate: float = 0.05
    rows_in_leaf: int = 150
    ridge: float = 5.0
    half_life_days: float = 540.0
    #: From 0.3 to 0.5 nothing measured moves by more than two parts in a hundred; as a feature of
    #: the trees, or as their level, the dynamic model gained nothing.
    dynamic_weight: float = 0.35


@dataclass(frozen=True)
class Plan:
    """Its hash is part of every model's identity.

    Levels and shocks look back some weeks; the dynamic model remembers from the first day of the
    year `memory_years` before the origin's, so that it has met each festival before. A period is of
    `step` days; after `cycle` periods a series is alike again. The horizon counts periods, whatever
    is named days counts days."""

    learner: Learner = "dynamic"
    step: int = 1
    cycle: int = 7
    horizon: int = 7
    quantiles: tuple[float, ...] = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    look_back_days: int = 84
    memory_years: int = 3
    train_days: int = 760
    minimum_days: int = 120
    tuning: Tuning = Tuning()

    def span(self, periods: int) -> pd.Timedelta:
        """So many periods."""
        return pd.Timedelta(days=periods * self.step)

    @property
    def reach_days(self) -> int:
        """No feature of an origin is older than this."""
        return max(self.look_back_days, 366 * (self.memory_years + 1))


#: Days, alike after a week.
DAYS = Plan()
