"""Which part of the dynamic model's forecast is whose: level, trend, holiday, season, weather.
Regressors and logs only; the states are in `kalman`, people in `explain`."""

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting.regressors import RECENT, Nature

Array = NDArray[np.float64]
Weather = tuple[Array | None, Array | None]

#: What is told apart, in order; the weekday is what they leave.
PARTS = ("level", "trend", "holiday", "season", "weather")
#: Logs closer than this: any mean of the two will do.
CLOSE = 1e-8


def rows(
    target: Nature, dow: NDArray[np.int64], season: tuple[Array, Array], weather: Weather
) -> Array:
    """The row of each of PARTS (origin, step, part, state): what sets a target apart from an
    ordinary day of its weekday `dow`, and the mean of the seven ordinary days as the level. Season
    and weather are those of the targets (origin, step, column) and of lately (origin, 1,
    column)."""
    week = np.broadcast_to(np.arange(7), (len(dow), 7))
    level = Nature.ordinary(week).rows(season[1], weather[1]).mean(axis=1, keepdims=True)
    ordinary = Nature.ordinary(dow).rows(season[1], weather[1])
    full = target.rows(season[0], weather[0])
    wet = target.rows(season[1], weather[0])
    calm = target.rows(season[1], weather[1])
    level, holiday = np.broadcast_to(level, full.shape).copy(), calm - ordinary
    level[..., RECENT] = holiday[..., RECENT] = 0.0
    trend = np.zeros_like(full)
    trend[..., RECENT] = full[..., RECENT]
    return np.stack([level, trend, holiday, full - wet, wet - calm], axis=2)


def log_mean(one: Array, other: Array) -> Array:
    """The logarithmic mean of positive numbers: difference over difference of logs."""
    logs = np.log(one) - np.log(other)
    apart = np.abs(logs) > CLOSE
    return np.where(apart, (one - other) / np.where(apart, logs, 1.0), one)


def coherent(whole: Array, share: Array, said: Array, counted: NDArray[np.bool_]) -> Array:
    """Parts of the scaled forecast (origin, step, part, slot), in logs. `whole` (origin, step,
    part, 1) and `share` are those of the total and the shares, `said` the shares' forecast
    (origin, step, slot). Scaling divides by the sum of the `counted` shares. Its change from the
    level's sum belongs to the parts by the weights of Sato and Vartia, which leave no residual
    (Vartia 1976, Ideal log-change index numbers)."""
    level = np.where(counted, np.exp(share[:, :, 0]), 0.0)
    now = np.where(counted, np.exp(said), 0.0)
    summed = _sum(level)
    ones = np.where(counted, level / summed, 1.0)
    others = np.where(counted, now / _sum(now), 1.0)
    weight = np.where(counted, log_mean(ones, others), 0.0)
    weight /= _sum(weight)
    moved = np.where(counted[:, :, None], share, 0.0) * weight[:, :, None]
    scaling = moved.sum(axis=-1, keepdims=True)
    scaling[:, :, 0] = np.log(summed)
    return whole + share - scaling


def _sum(values: Array) -> Array:
    """Over slots; NaN where nothing counts."""
    summed = values.sum(axis=-1, keepdims=True)
    return np.where(summed > 0, summed, np.nan)
