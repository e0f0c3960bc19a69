"""The dynamic linear model: the day's total and the hours' shares of it, followed day by day.
It has no fitting of its own: its variances are declared; the filter is in `kalman`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting import attribution, kalman
from seongsu_assets.forecasting.days import Days
from seongsu_assets.forecasting.kalman import Asked, States
from seongsu_assets.forecasting.regressors import KINDS, Nature

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Variances:
    """Variances in logs and a day, and how much of a deviation is left after a day. A weekend day
    is `restless` times as noisy as a working day."""

    level: float
    recent: float
    recent_left: float
    weekend: float
    weekend_left: float
    weekday: float
    noise: float
    restless: float
    clip: float


#: Chosen on Seongsu by the hour, 2023-07 to 2024-08, and by the day, to 2025-08, beside five other
#: stations; within a factor of two of each the error moves by less than one part in a hundred.
DAY = Variances(2e-5, 6e-4, 0.87, 3e-4, 0.995, 3e-7, 8e-5, 2.5, 1.2)
SHARE = Variances(1e-5, 5e-4, 0.85, 5e-5, 0.99, 1e-6, 5e-3, 3.0, 1.1)
#: Saturday and Sunday change faster than working days.
WEEKEND_WEEKDAYS = 4.0
#: Prior standard deviations in logs: of the level, a weekday, a kind of day, the seasons (two
#: waves a year and the turn of the year), and rain, snow, cold, heat.
LEVEL, WEEKDAY, KIND = 0.55, 0.55, 0.25
SEASON = (0.07, 0.07, 0.05, 0.05, 0.1)
WEATHER = (0.02, 0.035, 0.035, 0.035)
#: Days before the first forecast; days that say which slots are regular.
ENOUGH, LATELY = 14, 28
#: The season and the weather of lately are those of the days before, a day this long ago half.
#: Unknown weather counts as that of lately.
LATELY_HALF_LIFE = 21.0


def forecast(
    known: Days, origins: NDArray[np.int64], horizon: int, lag_days: int
) -> tuple[Array, Array, Array]:
    """The forecast of each origin (its place in `known`): log(1 + value) by origin, horizon, series
    and hour; the standard deviation of the day's log by origin and horizon; and the first with
    attribution.PARTS as its last axis, of which the weekday is the rest. NaN where too little is
    known. Nothing newer than the day `lag_days` - 1 before the origin is used."""
    days, series, hours = known.logs.shape
    slots = known.logs.reshape(days, series * hours)
    total = day_totals(slots)
    newest = origins + 1 - lag_days
    targets = origins[:, None] + np.arange(1, horizon + 1)
    weather = _weather(known, targets, newest)
    asked = _Asking(known, targets, newest, lag_days)
    whole, spread, of_whole = asked(total[:, None], DAY, weather)
    share, _, of_share = asked(slots - total[:, None], SHARE, None)
    people = np.maximum(np.expm1(whole + share), 0.0)
    counted = regular(slots)[np.maximum(newest, 0)][:, None, :] & np.isfinite(people)
    summed = np.where(counted, people, 0.0).sum(axis=2, keepdims=True)
    scaled = people * np.divide(
        np.maximum(np.expm1(whole), 0.0), summed, out=np.ones_like(summed), where=summed > 0
    )
    parts = np.moveaxis(attribution.coherent(of_whole, of_share, share, counted), 2, 3)
    shape = (*targets.shape, series, hours)
    return np.log1p(scaled).reshape(shape), np.sqrt(spread), parts.reshape(*shape, -1)


def regular(slots: Array) -> NDArray[np.bool_]:
    """Whether each slot was known on most of the newest days that were known at all, up to each
    day (day, slot). A hole in the data changes nothing."""
    there = np.isfinite(slots)
    at_all = there.any(axis=1)
    seen = np.cumsum(there[at_all], axis=0)
    before = np.vstack([np.zeros((min(LATELY, len(seen)), seen.shape[1])), seen[:-LATELY]])
    counted = np.minimum(np.arange(1, len(seen) + 1), LATELY)[:, None]
    mostly = np.vstack([np.zeros((1, slots.shape[1]), dtype=bool), (seen - before) * 2 > counted])
    return mostly[np.cumsum(at_all)]


def day_totals(slots: Array) -> Array:
    """The log of each day's sum over regular slots; NaN where one of them is unknown."""
    counted = regular(slots)
    people = np.where(counted, np.expm1(slots), 0.0).sum(axis=1)
    there = counted.any(axis=1) & np.isfinite(slots).any(axis=1) & np.isfinite(people)
    return np.log1p(people, out=np.full(len(slots), np.nan), where=there)


@dataclass(frozen=True)
class _Asking:
    """The days as regressors, shared by the total and the shares."""

    known: Days
    targets: NDArray[np.int64]
    newest: NDArray[np.int64]
    lag_days: int

    def __call__(
        self, values: Array, how: Variances, weather: tuple[Array, Array, Array] | None
    ) -> tuple[Array, Array, Array]:
        nature, told = Nature.of(self.known), self.known.season
        season = told[self.targets], _lately(told, self.newest)
        prior = [LEVEL**2, 0.0, 0.0, *[WEEKDAY**2] * 7, *np.square(SEASON * 2)]
        prior += [KIND**2] * len(KINDS)
        past, ahead, lately = weather or (None, None, None)
        if weather is not None:
            prior += [*np.square(WEATHER * 2)]
        noise = how.noise * np.where(nature.resting, how.restless, 1.0)
        states = _states(how, np.array(prior), noise)
        target = nature.at(self.targets)
        parts = attribution.rows(target, self.known.dow[self.targets], season, (ahead, lately))
        asked = Asked(
            self.newest, target.rows(season[0], ahead), parts, self.lag_days, noise[self.targets]
        )
        return kalman.forecast(values, nature.rows(told, past), states, asked, enough=ENOUGH)


def _states(how: Variances, prior: Array, noise: Array) -> States:
    """Level, recent deviation, that of days off, seven weekdays, and regressors that stay."""
    left, added = np.ones(len(prior)), np.zeros(len(prior))
    left[1:3] = how.recent_left, how.weekend_left
    added[:3] = how.level, how.recent, how.weekend
    added[3:10] = how.weekday
    added[8:10] *= WEEKEND_WEEKDAYS
    prior[1:3] = added[1:3] / (1.0 - left[1:3] ** 2)
    return States(left, added, prior, noise, how.clip)


def _weather(
    known: Days, targets: NDArray[np.int64], newest: NDArray[np.int64]
) -> tuple[Array, Array, Array] | None:
    """The weather of every day (day, column), of the targets as it was known (origin, horizon,
    column), and of lately (origin, 1, column)."""
    if known.weather is None:
        return None
    usual = _running_mean(known.weather)
    before = np.vstack([np.zeros((1, usual.shape[1])), usual[:-1]])
    past = np.where(np.isfinite(known.weather), known.weather, before)
    told = known.weather_of(targets)
    lately = usual[np.maximum(newest, 0)][:, None, :]
    return past, np.where(np.isfinite(told), told, lately), lately


def _lately(columns: Array, newest: NDArray[np.int64]) -> Array:
    return _running_mean(columns)[np.maximum(newest, 0)][:, None, :]


def _running_mean(columns: Array) -> Array:
    """The mean of what is known up to each day, recent days counting more; 0 before the first."""
    keep = 0.5 ** (1.0 / LATELY_HALF_LIFE)
    total = np.zeros(columns.shape[1])
    weight = np.zeros(columns.shape[1])
    answer = np.empty_like(columns)
    for day, row in enumerate(columns):
        there = np.isfinite(row)
        total = total * keep + np.where(there, row, 0.0)
        weight = weight * keep + there
        answer[day] = total / np.maximum(weight, 1e-9)
    return answer
