"""The numbers behind Open-Meteo's variable names, by hour and by day, known, expected or null.
No parameters and no envelope here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from seongsu_assets_tests.upstream.weather import Instant, Weather
from seongsu_assets_tests.upstream.wire import KST, Row

_KMH = 3.6
#: Centimetres of snow that a millimetre of water makes.
_SNOW = 0.7


def _code(sky: Instant) -> int:
    """WMO's code: clouds without rain, else rain or snow."""
    if sky.rain > 0:
        return 71 if sky.snows else 61
    return 0 if sky.cloud < 0.2 else 2 if sky.cloud < 0.7 else 3


HOURLY: Mapping[str, Callable[[Instant], float]] = {
    "temperature_2m": lambda sky: sky.temperature,
    "apparent_temperature": lambda sky: round(sky.temperature - 0.2 * sky.wind, 1),
    "dew_point_2m": lambda sky: round(sky.temperature - (100 - sky.humidity) / 5, 1),
    "relative_humidity_2m": lambda sky: sky.humidity,
    "precipitation": lambda sky: sky.rain,
    "precipitation_probability": lambda sky: 80 if sky.rain > 0 else round(20 * sky.cloud),
    "rain": lambda sky: 0.0 if sky.snows else sky.rain,
    "showers": lambda _sky: 0.0,
    "snowfall": lambda sky: round(sky.rain * _SNOW, 2) if sky.snows else 0.0,
    "weather_code": _code,
    "cloud_cover": lambda sky: round(100 * sky.cloud),
    "wind_speed_10m": lambda sky: round(sky.wind * _KMH, 1),
    "wind_gusts_10m": lambda sky: round(sky.wind * _KMH * 1.8, 1),
    "wind_direction_10m": lambda sky: sky.comes_from,
}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


#: The hourly variable of which a daily one is made, and how.
DAILY: Mapping[str, tuple[str, Callable[[Sequence[float]], float]]] = {
    "temperature_2m_max": ("temperature_2m", max),
    "temperature_2m_min": ("temperature_2m", min),
    "temperature_2m_mean": ("temperature_2m", _mean),
    "precipitation_sum": ("precipitation", sum),
    "precipitation_hours": ("precipitation", lambda values: sum(each > 0 for each in values)),
    "precipitation_probability_max": ("precipitation_probability", max),
    "rain_sum": ("rain", sum),
    "snowfall_sum": ("snowfall", sum),
    "weather_code": ("weather_code", max),
    "wind_speed_10m_max": ("wind_speed_10m", max),
}


@dataclass(frozen=True)
class Times:
    """The weather as seen at `now`: what is past happened, what is ahead is what the newest run
    says; after `known_until` nothing is known (null)."""

    weather: Weather
    zone: ZoneInfo
    now: datetime
    known_until: date | None

    def hours(self, days: Sequence[date], names: Sequence[str]) -> list[Row]:
        return [self._row(day, hour, names) for day in days for hour in range(24)]

    def days(self, days: Sequence[date], names: Sequence[str]) -> list[Row]:
        rows: list[Row] = []
        for day in days:
            row: Row = {"time": f"{day}"}
            for name in names:
                of, sum_up = DAILY[name]
                values = [self._row(day, hour, (of,))[of] for hour in range(24)]
                row[name] = None if None in values else round(sum_up(values), 2)
            rows.append(row)
        return rows

    def _row(self, day: date, hour: int, names: Sequence[str]) -> Row:
        # The hours of a day are laid out by the offset of today, as Open-Meteo does.
        offset = self.now.astimezone(self.zone).utcoffset() or timedelta()
        at = (datetime.combine(day, time(hour), UTC) - offset).astimezone(KST)
        row: Row = {"time": f"{day}T{hour:02}:00"}
        if self.known_until is not None and day > self.known_until:
            return row | dict.fromkeys(names)
        sky = self.weather.at(at) if at <= self.now else self.weather.expected(at, self._run())
        return row | {name: HOURLY[name](sky) for name in names}

    def _run(self) -> datetime:
        """The newest run: four a day."""
        now = self.now.astimezone(UTC)
        return now.replace(hour=now.hour // 6 * 6, minute=0, second=0, microsecond=0)
