"""What the look-back says at each origin: weekday levels and how recent days stand to them.
Nothing about target days, and nothing newer than the window it is given."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: Half-lives in days of the three levels: quick to follow, usual, slow and quiet.
HALF_LIVES = {"fast": 7.0, "usual": 21.0, "slow": 56.0}
#: Half-lives in days of a shock, over all days and over days of one class.
SHOCK, CLASS_SHOCK = 3.0, 10.0
WEEKDAYS = np.arange(7)
WEEKEND = np.array([False] * 5 + [True] * 2)


@dataclass(frozen=True)
class Window:
    """The look-back of a batch of origins, oldest day first: logs (origin, day, series, hour);
    day of week, ordinary and regressors per (origin, day); age in days per day."""

    logs: Array
    dow: NDArray[np.int64]
    ordinary: NDArray[np.bool_]
    regressors: Array
    age: Array


@dataclass(frozen=True)
class Recent:
    """Per origin. Levels are (origin, weekday, series, hour), `regressors` their weighted means
    (origin, weekday, column); shocks are log ratios to the usual level, hourly or of the day."""

    levels: dict[str, Array]
    support: Array
    regressors: Array
    share: Array
    residuals: Array
    day_residuals: Array
    shock_hour: Array
    shock_class_hour: Array
    day_shock: Array
    day_shock_class: Array


def mean(values: Array, weights: Array, axis: int | tuple[int, ...]) -> Array:
    """Weighted mean over what is known; NaN where nothing is."""
    known = np.isfinite(values)
    weight = np.where(known, weights, 0.0)
    total = weight.sum(axis=axis)
    summed = (np.where(known, values, 0.0) * weight).sum(axis=axis)
    return np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)


def summarise(window: Window) -> Recent:
    """The state of the world at each origin of the batch."""
    kept = window.ordinary[:, None, :] & (window.dow[:, None, :] == WEEKDAYS[None, :, None])
    logs = np.where(window.ordinary[:, :, None, None], window.logs, np.nan)
    levels = {name: _levels(logs, kept, window.age, life) for name, life in HALF_LIVES.items()}
    usual = levels["usual"]
    share = _share(usual)
    place = np.arange(len(logs))[:, None]
    residuals = logs - usual[place, window.dow]
    day = mean(residuals, share[place, window.dow], axis=(2, 3))
    weekend = WEEKEND[window.dow]
    recently = 0.5 ** (window.age / SHOCK)
    by_class = np.stack([~weekend, weekend], 1) * 0.5 ** (window.age / CLASS_SHOCK)
    return Recent(
        levels=levels,
        support=_support(logs, kept),
        regressors=_regressors(window, kept),
        share=share,
        residuals=residuals,
        day_residuals=day,
        shock_hour=shrunk(residuals, recently[None, :, None, None], axis=1),
        shock_class_hour=np.stack(
            [shrunk(residuals, by_class[:, n, :, None, None], axis=1) for n in (0, 1)], 1
        ),
        day_shock=shrunk(day, recently[None, :], axis=1),
        day_shock_class=np.stack([shrunk(day, by_class[:, n], axis=1) for n in (0, 1)], 1),
    )


def shrunk(values: Array, weights: Array, axis: int) -> Array:
    """Like `mean`, drawn towards zero as if one more day had shown nothing."""
    known = np.isfinite(values)
    weight = np.where(known, weights, 0.0)
    return (np.where(known, values, 0.0) * weight).sum(axis=axis) / (1.0 + weight.sum(axis=axis))


def _levels(logs: Array, kept: NDArray[np.bool_], age: Array, half_life: float) -> Array:
    """Weighted mean of ordinary days per weekday. A weekday without any borrows its class."""
    weight = 0.5 ** (age / half_life)
    known = np.isfinite(logs)
    filled = np.where(known, logs, 0.0)
    weights = kept * weight
    total = np.einsum("owd,odsh->owsh", weights, known.astype(float), optimize=True)
    summed = np.einsum("owd,odsh->owsh", weights, filled, optimize=True)
    level = np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0)
    for members in (~WEEKEND, WEEKEND):
        pooled = mean(level[:, members], np.ones(1), axis=1)[:, None]
        level[:, members] = np.where(np.isnan(level[:, members]), pooled, level[:, members])
    return level


def _share(level: Array) -> Array:
    """Each slot's part in the day's total, by weekday."""
    size = np.where(np.isfinite(level), np.expm1(level), 0.0)
    total = size.sum(axis=(2, 3), keepdims=True)
    return np.divide(size, total, out=np.zeros(size.shape), where=total > 0)


def _support(logs: Array, kept: NDArray[np.bool_]) -> Array:
    known = np.any(np.isfinite(logs), axis=(2, 3))
    return (kept & known[:, None, :]).sum(axis=2).astype(float)


def _regressors(window: Window, kept: NDArray[np.bool_]) -> Array:
    """Means of the regressors over the very days that make the usual level."""
    known = np.any(np.isfinite(window.logs), axis=(2, 3))
    weights = (kept & known[:, None, :]) * 0.5 ** (window.age / HALF_LIVES["usual"])
    values = np.broadcast_to(
        window.regressors[:, None], (*weights.shape, window.regressors.shape[-1])
    )
    level = mean(values, weights[..., None], axis=2)
    return np.where(np.isnan(level), mean(level, np.ones(1), axis=1)[:, None], level)
