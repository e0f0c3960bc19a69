"""Observations, calendar and weather as arrays on one gapless axis of dates.
Nothing about origins beyond the span they need, and no feature."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Plan
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import kinds
from seongsu_assets.forecasting.shift import Shift, restated

Array = NDArray[np.float64]
#: The columns that weather may bring.
READINGS = ("temperature", "precipitation", "snowfall")
YEAR = 365.2425
CHRISTMAS_EVE = 358  # day of the year
#: Days over which the bustle before Christmas and the quiet after New Year come and go.
CHRISTMAS_WIDTH = 8.0


@dataclass(frozen=True)
class Days:
    """Everything per date. `logs` is log(1 + value) by date, series and hour; `ahead` the weather
    of the days after each date as it was forecast then, by date, horizon and column. Unknown is
    NaN."""

    dates: pd.DatetimeIndex
    logs: Array
    dow: NDArray[np.int64]
    ordinary: NDArray[np.bool_]
    weekend_like: NDArray[np.bool_]
    kinds: Array
    season: Array
    weather: Array | None
    ahead: Array | None

    def place(self, moment: pd.Timestamp) -> int:
        return int((moment - self.dates[0]).days)

    def at_level(self, shifts: list[Shift], first: int) -> "Days":
        """The same days, those before each shift as they would be after it. Its places count from
        `first`."""
        if not shifts:
            return self
        placed = [replace(each, begins=each.begins + first) for each in shifts]
        return replace(self, logs=restated(self.logs, placed))

    def since(self, place: int) -> "Days":
        """The days from `place` on."""
        return Days(
            dates=self.dates[place:],
            logs=self.logs[place:],
            dow=self.dow[place:],
            ordinary=self.ordinary[place:],
            weekend_like=self.weekend_like[place:],
            kinds=self.kinds[place:],
            season=self.season[place:],
            weather=None if self.weather is None else self.weather[place:],
            ahead=None if self.ahead is None else self.ahead[place:],
        )

    def weather_of(self, targets: NDArray[np.int64]) -> Array:
        """The weather of targets (origin, horizon): as forecast at the origin, or as it came."""
        assert self.weather is not None
        return self.weather[targets] if self.ahead is None else self.ahead[targets[:, 0] - 1]


def arrange(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    plan: Plan,
    origins: Sequence[pd.Timestamp],
    hours: Sequence[int],
    series: Sequence[str],
    weather: pd.DataFrame | None,
    ahead: pd.DataFrame | None,
) -> Days:
    """The span from what the first origin remembers to the last target. Raises NotEnoughHistory."""
    assert ahead is None or weather is not None, "targets are compared with the look-back's weather"
    if not len(origins):
        raise NotEnoughHistory("no origin was given", remedy="name at least one origin")
    first = min(origins) - pd.Timedelta(days=plan.look_back_days)
    if len(observations):
        oldest = max(observations["business_date"].min(), memory_start(min(origins), plan))
        first = min(first, oldest)
    last = max(origins) + pd.Timedelta(days=plan.horizon)
    dates = pd.date_range(first, last, freq="D")
    margin = pd.Timedelta(days=kinds.NEAR_FESTIVAL)
    wide = pd.date_range(first - margin, last + margin, freq="D")
    inside = slice(kinds.NEAR_FESTIVAL, -kinds.NEAR_FESTIVAL)
    table = covering(calendar, wide)
    return Days(
        dates=dates,
        logs=logs(observations, dates, hours, series),
        dow=dates.dayofweek.to_numpy().astype(np.int64),
        ordinary=table["kind"].eq("ordinary").to_numpy(dtype=bool)[inside],
        weekend_like=kinds.weekend_like(table)[inside],
        kinds=kinds.columns(table)[inside],
        season=_season(dates),
        weather=None if weather is None else readings(weather, dates),
        ahead=None if ahead is None else _ahead(ahead, dates, plan.horizon),
    )


def memory_start(origin: pd.Timestamp, plan: Plan) -> pd.Timestamp:
    """The first day that the dynamic model may know at this origin."""
    return pd.Timestamp(origin.year - plan.memory_years, 1, 1)


def logs(
    observations: pd.DataFrame,
    dates: pd.DatetimeIndex,
    hours: Sequence[int],
    series: Sequence[str],
) -> Array:
    """log(1 + value) by date, series and hour; NaN where there is no row."""
    grid = np.full((len(dates), len(series), len(hours)), np.nan)
    day = dates.get_indexer(pd.DatetimeIndex(observations["business_date"]))
    name = pd.Index(list(series)).get_indexer(pd.Index(observations["series"]))
    hour = pd.Index(list(hours)).get_indexer(pd.Index(observations["hour"]))
    inside = (day >= 0) & (name >= 0) & (hour >= 0)
    value = observations["value"].to_numpy(dtype=np.float64)[inside]
    grid[day[inside], name[inside], hour[inside]] = np.log1p(np.maximum(value, 0.0))
    return grid


def covering(calendar: pd.DataFrame, dates: pd.DatetimeIndex) -> pd.DataFrame:
    """The calendar of each date, in order. Raises NotEnoughHistory where it lacks one."""
    table = calendar.set_index("business_date").reindex(dates)
    absent = table.index[table["kind"].isna()]
    if len(absent):
        raise NotEnoughHistory(
            f"the calendar lacks {len(absent)} days, the first is {absent[0]:%Y-%m-%d}",
            remedy=f"build the calendar from {dates[0]:%Y-%m-%d} to {dates[-1]:%Y-%m-%d}",
        )
    table = table.astype({"off": bool})
    return table.rename_axis("business_date").reset_index()


def _season(dates: pd.DatetimeIndex) -> Array:
    angle = 2 * np.pi * dates.dayofyear.to_numpy() / YEAR
    waves = [wave(turn * angle) for turn in (1, 2) for wave in (np.sin, np.cos)]
    turn = _days_from_christmas(dates)
    return np.column_stack([*waves, np.exp(-0.5 * (turn / CHRISTMAS_WIDTH) ** 2)])


def _days_from_christmas(dates: pd.DatetimeIndex) -> Array:
    """Signed days from the nearest 24 December."""
    half = YEAR / 2
    passed = dates.dayofyear.to_numpy() - CHRISTMAS_EVE
    return (passed + half) % YEAR - half


def readings(weather: pd.DataFrame, dates: pd.DatetimeIndex) -> Array:
    """The readings of each date: see `readings_of`."""
    table = weather.set_index("business_date")
    return readings_of(table.reindex(index=dates, columns=list(READINGS)))


def _ahead(ahead: pd.DataFrame, dates: pd.DatetimeIndex, horizon: int) -> Array:
    table = ahead.set_index(["origin", "business_date"]).reindex(columns=list(READINGS))
    targets = [dates + pd.Timedelta(days=day) for day in range(1, horizon + 1)]
    told = [table.reindex(pd.MultiIndex.from_arrays([dates, target])) for target in targets]
    return np.stack([readings_of(part) for part in told], axis=1)


def readings_of(table: pd.DataFrame) -> Array:
    """Rain and snow in logs, degrees of cold and of heat in tens, by row. NaN is unknown."""
    table = table.astype(float)
    drizzle = 1.0  # below it, archives report rain on days that were dry
    rain = np.log1p(table["precipitation"].mask(table["precipitation"] < drizzle, 0.0))
    return np.column_stack(
        [
            rain,
            np.log1p(table["snowfall"]),
            (5.0 - table["temperature"]).clip(lower=0.0) / 10.0,
            (table["temperature"] - 23.0).clip(lower=0.0) / 10.0,
        ]
    )
