"""The dynamic linear model: the day's total and the hours' shares of it, followed day by day.
It has no fitting of its own: its variances are declared; the filter is in `kalman`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.forecasting import kalman, kinds
from seongsu_assets.forecasting.days import Days
from seongsu_assets.forecasting.kalman import Asked, States

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
SATURDAY = 5  # the place in the week
#: Saturday and Sunday change faster than working days.
WEEKEND_WEEKDAYS = 4.0
#: Prior standard deviations in logs: of the level, a weekday, a kind of day, the seasons (two
#: waves a year and the turn of the year), and rain, snow, cold, heat.
LEVEL, WEEKDAY, KIND = 0.55, 0.55, 0.25
SEASON = (0.07, 0.07, 0.05, 0.05, 0.1)
WEATHER = (0.02, 0.035, 0.035, 0.035)
#: Days before the first forecast; days that say which slots are regular.
ENOUGH, LATELY = 14, 28
#: Unknown weather counts as that of the days before, a day this long ago half.
WEATHER_HALF_LIFE = 21.0
#: The kinds that have a level of their own; distances and runs say nothing linear.
KINDS = tuple(
    name
    for name in kinds.NAMES
    if name.startswith(("is_", "festival_", "seollal_", "chuseok_", "holiday_"))
    and name != "is_adjacent"
)


def forecast(
    known: Days, origins: NDArray[np.int64], horizon: int, lag_days: int
) -> tuple[Array, Array]:
    """The forecast of each origin (its place in `known`): log(1 + value) by origin, horizon, series
    and hour, and the standard deviation of the day's log by origin and horizon. NaN where too
    little is known. Nothing newer than the day `lag_days` - 1 before the origin is used."""
    days, series, hours = known.logs.shape
    slots = known.logs.reshape(days, series * hours)
    total = day_totals(slots)
    newest = origins + 1 - lag_days
    targets = origins[:, None] + np.arange(1, horizon + 1)
    weather = _weather(known, targets, newest)
    asked = _Asking(known, targets, newest, lag_days)
    whole, spread = asked(total[:, None], DAY, weather)
    share, _ = asked(slots - total[:, None], SHARE, None)
    people = np.maximum(np.expm1(whole + share), 0.0)
    counted = regular(slots)[np.maximum(newest, 0)][:, None, :]
    summed = np.where(counted & np.isfinite(people), people, 0.0).sum(axis=2, keepdims=True)
    scaled = people * np.divide(
        np.maximum(np.expm1(whole), 0.0), summed, out=np.ones_like(summed), where=summed > 0
    )
    return np.log1p(scaled).reshape(*targets.shape, series, hours), np.sqrt(spread)


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
        self, values: Array, how: Variances, weather: tuple[Array, Array] | None
    ) -> tuple[Array, Array]:
        off = self.known.weekend_like
        moved = off & (self.known.dow < SATURDAY) | (self.known.kinds[:, _place("is_festival")] > 0)
        rows = _rows(self.known, moved)
        ahead = rows[self.targets]
        prior = [LEVEL**2, 0.0, 0.0, *[WEEKDAY**2] * 7, *np.square(SEASON * 2)]
        prior += [KIND**2] * len(KINDS)
        if weather is not None:
            rows = np.hstack([rows, _by_class(weather[0], off)])
            ahead = np.concatenate([ahead, _by_class(weather[1], off[self.targets])], axis=-1)
            prior += [*np.square(WEATHER * 2)]
        resting = moved | _weekend(self.known.dow)
        noise = how.noise * np.where(resting, how.restless, 1.0)
        states = _states(how, np.array(prior), noise)
        asked = Asked(self.newest, ahead, self.lag_days, noise[self.targets])
        return kalman.forecast(values, rows, states, asked, enough=ENOUGH)


def _weekend(dow: NDArray[np.int64]) -> NDArray[np.bool_]:
    return dow >= SATURDAY


def _states(how: Variances, prior: Array, noise: Array) -> States:
    """Level, recent deviation, that of days off, seven weekdays, and regressors that stay."""
    left, added = np.ones(len(prior)), np.zeros(len(prior))
    left[1:3] = how.recent_left, how.weekend_left
    added[:3] = how.level, how.recent, how.weekend
    added[3:10] = how.weekday
    added[8:10] *= WEEKEND_WEEKDAYS
    prior[1:3] = added[1:3] / (1.0 - left[1:3] ** 2)
    return States(left, added, prior, noise, how.clip)


def _rows(known: Days, moved: NDArray[np.bool_]) -> Array:
    """Everything but the weather. A day off in the week counts half as Saturday, half as Sunday."""
    weekday = np.eye(7)[known.dow]
    weekday[moved] = [0, 0, 0, 0, 0, 0.5, 0.5]
    one = np.ones(len(known.dow))
    resting = moved | _weekend(known.dow)
    season = _by_class(known.season, known.weekend_like)
    chosen = known.kinds[:, [_place(name) for name in KINDS]]
    return np.column_stack([one, one, resting, weekday, season, chosen]).astype(np.float64)


def _by_class(columns: Array, off: NDArray[np.bool_]) -> Array:
    """Each column once for working days and once for days off."""
    return np.concatenate([columns * ~off[..., None], columns * off[..., None]], axis=-1)


def _weather(
    known: Days, targets: NDArray[np.int64], newest: NDArray[np.int64]
) -> tuple[Array, Array] | None:
    """The weather of every day, and of the targets as it was known: (day, column) and (origin,
    horizon, column)."""
    if known.weather is None:
        return None
    usual = _running_mean(known.weather)
    before = np.vstack([np.zeros((1, usual.shape[1])), usual[:-1]])
    past = np.where(np.isfinite(known.weather), known.weather, before)
    told = known.weather_of(targets)
    at_hand = usual[np.maximum(newest, 0)][:, None, :]
    return past, np.where(np.isfinite(told), told, at_hand)


def _running_mean(columns: Array) -> Array:
    """The mean of what is known up to each day, recent days counting more; 0 before the first."""
    keep = 0.5 ** (1.0 / WEATHER_HALF_LIFE)
    total = np.zeros(columns.shape[1])
    weight = np.zeros(columns.shape[1])
    answer = np.empty_like(columns)
    for day, row in enumerate(columns):
        there = np.isfinite(row)
        total = total * keep + np.where(there, row, 0.0)
        weight = weight * keep + there
        answer[day] = total / np.maximum(weight, 1e-9)
    return answer


def _place(name: str) -> int:
    return kinds.NAMES.index(name)
