"""The recipe of a model and of a forecast: every setting that their numbers depend on, as JSON.
No data is held here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from seongsu_assets.domain import Cadence, Domain, Levels, Plan
from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import learners
from seongsu_assets.forecasting.growing import Grower
from seongsu_assets.forecasting.learners import Model
from seongsu_assets.plan import Tuning


@dataclass(frozen=True)
class Recipe:
    """What is recorded beside the data: with both, the same code makes the same numbers."""

    plan: Plan
    levels: Levels
    series: tuple[str, ...]
    total: str
    timezone: str
    lag_days: int
    seed: int = 0
    threads: int = 1
    #: How many processes learned beside the one that asked; see `growing`.
    workers: int = 0

    @classmethod
    def of(cls, domain: Domain, threads: int = 1, grower: Grower | None = None) -> "Recipe":
        return cls(
            plan=domain.plan,
            levels=domain.levels,
            series=domain.series,
            total=domain.total,
            timezone=domain.cadence.timezone,
            lag_days=domain.lateness.lag_days,
            threads=threads,
            workers=grower.workers if grower else 0,
        )

    def as_json(self) -> dict[str, Any]:
        return _lists(asdict(self))

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Recipe":
        """The recipe of `as_json`. Raises ModelError when it is of another version or damaged."""
        try:
            given = _tuples(dict(value))
            plan, levels = dict(given.pop("plan")), dict(given.pop("levels"))
            tuning = Tuning(**plan.pop("tuning"))
            return cls(plan=Plan(**plan, tuning=tuning), levels=Levels(**levels), **given)
        except (TypeError, KeyError, ValueError) as error:
            raise ModelError(
                f"the recorded recipe is of another version: {error}",
                remedy="run the version of the code that made it",
            ) from error

    def fit(
        self, features: pd.DataFrame, observations: pd.DataFrame, grower: Grower | None = None
    ) -> Model:
        """The model that this recipe makes of these rows; see `learners`. Raises ModelError when
        it asks for other workers than those given."""
        if self.workers and (grower is None or grower.workers != self.workers):
            raise ModelError(
                f"{self.workers} workers learned it together",
                remedy=f"set SEONGSU_DASK to a scheduler with {self.workers} workers",
            )
        together = {"grower": grower} if self.workers else {}
        return learners.of(self.plan).fit(
            features, observations, self.plan,
            total=self.total, seed=self.seed, threads=self.threads, **together,
        )  # fmt: skip

    def at(self, day: date, hour: int) -> datetime:
        """The instant at which the slot starts."""
        return Cadence(self.timezone, day, ()).at(day, hour)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(part) for name, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _tuples(part) for name, part in value.items()}
    return tuple(value) if isinstance(value, list) else value
