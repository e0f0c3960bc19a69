"""The weather that happened in the seeded world, and what was expected of it at any time.
No provider's words here. Hours are KST; an amount of rain is that of the hour before."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from seongsu_assets.sources.sample_day import RAINY
from seongsu_assets_tests.upstream.wire import KST

Hours = NDArray[np.float64]


@dataclass(frozen=True)
class Sky:
    """24 hours: degrees C, mm of the hour before, % of humidity, m/s eastward and northward, and
    the share of sky under clouds."""

    temperature: Hours
    rain: Hours
    humidity: Hours
    east: Hours
    north: Hours
    cloud: Hours

    def at(self, hour: int) -> "Instant":
        mm, degrees = round(float(self.rain[hour]), 1), round(float(self.temperature[hour]), 1)
        humid, cloud = int(self.humidity[hour]), round(float(self.cloud[hour]), 2)
        wind = round(float(self.east[hour]), 1), round(float(self.north[hour]), 1)
        return Instant(degrees, mm, humid, *wind, cloud)


@dataclass(frozen=True)
class Instant:
    """One hour of a Sky, rounded as instruments round."""

    temperature: float
    rain: float
    humidity: int
    east: float
    north: float
    cloud: float

    @property
    def snows(self) -> bool:
        return self.rain > 0 and self.temperature <= 0.5

    @property
    def wind(self) -> float:
        return round(float(np.hypot(self.east, self.north)), 1)

    @property
    def comes_from(self) -> int:
        """Degrees clockwise from north."""
        return int(np.degrees(np.arctan2(-self.east, -self.north)) % 360)


class Weather:
    """`on` a day it happened; `expected` for a day it was said by a run issued earlier."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.on = lru_cache(maxsize=4096)(self._on)
        self._expected = lru_cache(maxsize=1024)(self._guess)

    def at(self, when: datetime) -> Instant:
        local = when.astimezone(KST)
        return self.on(local.date()).at(local.hour)

    def expected(self, when: datetime, issued: datetime) -> Instant:
        """What the run `issued` says of the hour `when`."""
        local, run = when.astimezone(KST), issued.astimezone(KST)
        sky = self._expected(local.date(), run.replace(minute=0, second=0, microsecond=0))
        return sky.at(local.hour)

    def _on(self, day: date) -> Sky:
        hours = np.arange(24)
        # The first two draws are those by which a sample day decides about its rain, so that the
        # people of the seeded world stay away when it rains in it.
        rain_of_day = np.random.default_rng([self._seed, day.toordinal()])
        wet, amount = rain_of_day.random() < RAINY[day.month - 1], rain_of_day.exponential(8.0)
        chance = np.random.default_rng([self._seed, day.toordinal(), 5])
        season = -np.cos(2 * np.pi * (day.timetuple().tm_yday - 20) / 365)
        course = np.cos(2 * np.pi * (hours - 15) / 24)
        temperature = 12.5 + 14.5 * season + 4.5 * course + chance.normal(0, 2.5)
        shape = np.clip(1 - np.abs(hours - chance.uniform(8, 20)) / chance.uniform(2, 7), 0, None)
        rain = amount * shape / max(shape.sum(), 1e-9) if wet else np.zeros(24)
        cloud = np.full(24, 0.9 if wet else chance.uniform(0, 0.85))
        humidity = np.clip(55 - 15 * course + 25 * cloud + chance.normal(0, 5), 15, 100)
        wind = chance.normal(0, 1.5, 2)[:, None] + chance.normal(0, 0.6, (2, 24))
        return Sky(temperature, np.round(rain, 1), humidity, wind[0], wind[1], cloud)

    def _guess(self, day: date, run: datetime) -> Sky:
        """The truth with an error that grows with the distance; far rain is often missed."""
        truth = self.on(day)
        midnight = datetime(day.year, day.month, day.day, tzinfo=KST)
        ahead = max(0.0, (midnight + timedelta(hours=12) - run) / timedelta(days=1))
        number = int(run.timestamp()) // 3600
        chance = np.random.default_rng([self._seed, day.toordinal(), number])
        temperature = truth.temperature + chance.normal(0, 0.4 + 0.4 * ahead)
        seen = chance.random() > 0.06 * ahead
        rain = truth.rain * chance.lognormal(0, 0.1 + 0.15 * ahead) * seen
        return replace(truth, temperature=temperature, rain=np.round(rain, 1))
