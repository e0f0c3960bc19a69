"""The search for a tuning on rolling origins, and the proof of what it found on later ones.
Nothing is changed: whoever reads the result declares it, or does not."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.errors import SeongsuError
from seongsu_assets.forecasting import scores, significance
from seongsu_assets.forecasting.rolling import KEYS, prepare
from seongsu_assets.plan import Tuning

#: From and to, searched by ratios where above zero; widened to hold what is declared. Beyond these
#: bounds a model is another kind of model, or takes minutes.
SPACE: dict[str, tuple[float, float]] = {
    "leaves": (4, 63),
    "rounds": (50, 600),
    "rate": (0.01, 0.2),
    "rows_in_leaf": (20, 600),
    "ridge": (0.1, 100.0),
    "half_life_days": (120.0, 2000.0),
    "dynamic_weight": (0.0, 0.8),
}
#: What is found can be read, written down, and is what was scored.
DIGITS = 3


@dataclass(frozen=True)
class Compared:
    """Two tunings on the same rows of the total: the MAE of each over seasonal naive's, and by how
    many people a row the found one is nearer the truth."""

    declared: float
    found: float
    rows: int
    paired: significance.Paired


@dataclass(frozen=True)
class Found:
    """What a search found, on the origins it was tuned on and on later ones."""

    declared: Tuning
    found: Tuning
    tuned_on: Compared
    held_out: Compared
    trials: int

    @property
    def better(self) -> bool:
        """Beyond chance, on origins that nothing was tuned on; never where chance is not known."""
        return self.held_out.paired.low > 0


def search(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    *,
    plan: Plan,
    tuned_on: Sequence[pd.Timestamp],
    held_out: Sequence[pd.Timestamp],
    lag_days: int,
    hours: Sequence[int],
    series: Sequence[str],
    total: str,
    trials: int,
    weather: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Found:
    """The tuning of least MAE of the total over seasonal naive's on the origins `tuned_on`, by
    `trials` trials of a seeded TPE (Optuna); what `plan` declares is the first of them. Then both
    on the origins `held_out`, none of whose targets was tuned on. Other arguments are those of
    `backtest`; `progress` is told how many trials are done.

    Raises SeongsuError unless all of `held_out` come later, NotEnoughHistory as `backtest`."""
    if not tuned_on or not held_out or min(held_out) <= max(tuned_on):
        raise SeongsuError(
            "the origins held out must be later than all that are tuned on",
            remedy="name a holdout that begins after the last origin",
        )
    options: dict[str, Any] = {
        "plan": plan, "lag_days": lag_days, "hours": hours, "series": series, "total": total,
        "weather": weather, "ahead": ahead, "threads": threads,
    }  # fmt: skip
    early = observations[observations["business_date"] <= min(held_out)]
    rolling = prepare(early, calendar, origins=tuned_on, **options)
    medians = _search(rolling.medians, plan.tuning, trials, seed, progress)
    found = min(medians, key=lambda tuning: _error(medians[tuning]))
    later = prepare(observations, calendar, origins=held_out, **options)
    declared = later.medians(plan.tuning)
    return Found(
        declared=plan.tuning,
        found=found,
        tuned_on=_compared(medians[plan.tuning], medians[found]),
        held_out=_compared(declared, declared if found == plan.tuning else later.medians(found)),
        trials=trials,
    )


def _search(
    medians: Callable[[Tuning], pd.DataFrame],
    declared: Tuning,
    trials: int,
    seed: int,
    progress: Callable[[int], None] | None,
) -> dict[Tuning, pd.DataFrame]:
    """The medians of every tuning that was tried, the declared one first."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    study.enqueue_trial(asdict(declared))
    tried = {declared: medians(declared)}
    for number in range(trials):
        trial = study.ask()
        tuning = _proposed(trial, declared)
        if tuning not in tried:
            tried[tuning] = medians(tuning)
        study.tell(trial, _error(tried[tuning]))
        if progress:
            progress(number + 1)
    return tried


def _proposed(trial: Any, declared: Tuning) -> Tuning:
    values: dict[str, Any] = {}
    for name, bounds in SPACE.items():
        low, high = min(*bounds, getattr(declared, name)), max(*bounds, getattr(declared, name))
        if isinstance(bounds[0], int):
            values[name] = trial.suggest_int(name, low, high, log=True)
        else:
            value = trial.suggest_float(name, low, high, log=low > 0)
            values[name] = float(f"{value:.{DIGITS}g}")
    return Tuning(**values)


def _error(rows: pd.DataFrame) -> float:
    return scores.ratio(rows, "q50", "seasonal_naive")


def _compared(declared: pd.DataFrame, found: pd.DataFrame) -> Compared:
    both = declared.merge(found[[*KEYS, "q50"]], on=KEYS, suffixes=("_declared", "_found"))
    paired = significance.paired(both, "q50_declared", "q50_found")
    return Compared(_error(declared), _error(found), len(both), paired)
