"""The linear part: log ratios to the level, explained with informative priors.
No trees, no intervals, and no reading of frames: arrays in, coefficients out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting import kinds

Array = NDArray[np.float64]

#: How far a coefficient may be expected from its prior mean of zero, in logs per unit, for all
#: slots of the day together; a slot of its own may differ from that by `OWN` of it.
PRIOR = {
    "fast": 0.3, "slow": 0.3, "pool": 0.1, "same_1": 0.15, "same_2": 0.15, "shock_hour": 0.3,
    "shock_class_hour": 0.3, "day_fast": 0.3, "day_slow": 0.3, "day_same_1": 0.15,
    "day_same_2": 0.15, "day_shock": 0.3, "day_shock_class": 0.3, "day_shock_other": 0.15,
    "day_newest": 0.15,
}  # fmt: skip
#: The same for the seasons and for weather, once on working days and once on days off.
SEASON_PRIOR = {
    "sin_1_change": 0.07, "cos_1_change": 0.07, "sin_2_change": 0.05, "cos_2_change": 0.05,
    "christmas_change": 0.1,
}  # fmt: skip
WEATHER_PRIOR = {"rain_change": 0.03, "snow_change": 0.05, "cold_change": 0.05, "heat_change": 0.05}
KIND_PRIOR = 0.25
KINDS = tuple(name for name in kinds.NAMES if name.startswith(("is_", "festival_", "seollal_",
              "chuseok_", "holiday_")))  # fmt: skip
OWN = 0.4
#: Residuals beyond this many standard deviations count less (Huber).
CLIP = 1.5
ROUNDS = 3


@dataclass(frozen=True)
class Linear:
    """Coefficients by slot (rows) and column of `design`."""

    coefficients: Array

    def predict(self, design: Array, slot: NDArray[np.int64]) -> Array:
        return np.einsum("nc,nc->n", design, self.coefficients[slot])


def design(features: Mapping[str, Array], weather: bool) -> tuple[Array, Array]:
    """The columns the linear part uses, and the prior standard deviation of each."""
    off = features["off"]
    weekday = [features["dow"] == day for day in range(7)]
    columns = [features[name] for name in (*PRIOR, *KINDS)] + weekday
    priors = [*PRIOR.values(), *[KIND_PRIOR] * len(KINDS), *[0.03] * 7]
    for name, prior in _split(weather).items():
        columns += [features[name] * (1 - off), features[name] * off]
        priors += [prior] * 2
    return np.column_stack(columns).astype(np.float64), np.array(priors)


def fit(
    table: Array,
    prior: Array,
    target: Array,
    *,
    slot: NDArray[np.int64],
    day: NDArray[np.int64],
    weight: Array,
    size: Array,
) -> Linear:
    """First whole days, a slot counting by its `size`; then each slot, drawn to what the days
    say. `day` numbers one target day seen from one origin. `weight` of all rows of the same
    target day and slot sums to about one."""
    from threadpoolctl import threadpool_limits

    whole = _by_day(np.column_stack([table, target, weight]), day, size)
    order = np.argsort(slot, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(slot[order])) + 1)
    own = np.zeros((int(slot.max()) + 1, len(prior)))
    with threadpool_limits(1, "blas"):  # small products: threads cost more, and change the bits
        shared = _robust(whole[:, :-2], whole[:, -2], whole[:, -1], np.zeros(len(prior)), prior)
        own[:] = shared
        for rows in groups:
            own[slot[rows[0]]] = _robust(
                table[rows], target[rows], weight[rows], shared, prior * OWN
            )
    return Linear(own)


def _by_day(values: Array, day: NDArray[np.int64], size: Array) -> Array:
    """Means of the rows of each day, weighted by size."""
    order = np.argsort(day, kind="stable")
    starts = np.flatnonzero(np.diff(day[order], prepend=-1))
    summed = np.add.reduceat(values[order] * size[order, None], starts, axis=0)
    return summed / np.add.reduceat(size[order], starts)[:, None]


def _robust(table: Array, target: Array, weight: Array, centre: Array, prior: Array) -> Array:
    """Ridge towards `centre` by iterated weights, the noise estimated as it goes."""
    coefficients, factor = centre, np.ones(len(target))
    residual = target - table @ centre
    for _ in range(ROUNDS):
        noise = max(_spread(residual, weight), 1e-4)
        weighted = table * (weight * factor / noise**2)[:, None]
        left = weighted.T @ table + np.diag(1.0 / prior**2)
        right = weighted.T @ (target - table @ centre)
        coefficients = centre + np.linalg.solve(left, right)
        residual = target - table @ coefficients
        limit = CLIP * max(_spread(residual, weight), 1e-4)
        factor = np.minimum(1.0, limit / np.maximum(np.abs(residual), 1e-12))
    return coefficients


def _spread(residual: Array, weight: Array) -> float:
    """A robust standard deviation: mean absolute residual times the Gaussian factor."""
    return float(1.2533 * np.average(np.abs(residual), weights=weight))


def columns(weather: bool) -> Sequence[str]:
    """Names of the columns of `design`, in order."""
    split = [f"{name}:{day}" for name in _split(weather) for day in ("working", "off")]
    return [*PRIOR, *KINDS, *[f"dow_{day}" for day in range(7)], *split]


def _split(weather: bool) -> dict[str, float]:
    return SEASON_PRIOR | (WEATHER_PRIOR if weather else {})
