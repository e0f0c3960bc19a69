"""The rows of KMA's nowcast and of its forecast for the next six hours.
No publication times and no envelope here."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from seongsu_assets_tests.upstream import kma_text as say
from seongsu_assets_tests.upstream.weather import Instant, Weather

#: Category, target time (None in the nowcast) and value, all as KMA says them.
Told = tuple[str, datetime | None, str]

_NOWCAST: Mapping[str, Callable[[Instant], str]] = {
    "PTY": say.precipitation_kind,
    "REH": lambda sky: str(sky.humidity),
    "RN1": lambda sky: say.short(sky.rain),
    "T1H": lambda sky: f"{sky.temperature:.1f}",
    "UUU": lambda sky: say.short(sky.east),
    "VEC": lambda sky: str(sky.comes_from),
    "VVV": lambda sky: say.short(sky.north),
    "WSD": lambda sky: say.short(sky.wind),
}
_FORECAST: Mapping[str, Callable[[Instant], str]] = {
    "LGT": lambda _sky: "0",
    "PTY": say.precipitation_kind,
    "RN1": lambda sky: say.rain_words(sky.rain),
    "SKY": say.clouds,
    "T1H": lambda sky: str(round(sky.temperature)),
    "REH": lambda sky: str(sky.humidity),
    "UUU": lambda sky: say.short(sky.east),
    "VVV": lambda sky: say.short(sky.north),
    "VEC": lambda sky: str(sky.comes_from),
    "WSD": lambda sky: str(round(sky.wind)),
    "POP": say.probability,
}


def nowcast(weather: Weather, base: datetime) -> list[Told]:
    """Eight rows."""
    sky = weather.at(base)
    return [(category, None, text(sky)) for category, text in _NOWCAST.items()]


def forecast(weather: Weather, base: datetime) -> list[Told]:
    """66 rows: every category in turn, for each of the six full hours after `base`."""
    first = base.replace(minute=0)
    hours = [first + timedelta(hours=ahead) for ahead in range(1, 7)]
    expected = [(hour, weather.expected(hour, base)) for hour in hours]
    return [
        (category, hour, text(sky))
        for category, text in _FORECAST.items()
        for hour, sky in expected
    ]
