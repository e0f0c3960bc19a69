"""The rows of KMA's short-term forecast: hourly for days, then in steps of three hours.
No publication times and no envelope here."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from seongsu_assets_tests.upstream import kma_text as say
from seongsu_assets_tests.upstream.kma_ultra import Told
from seongsu_assets_tests.upstream.weather import Instant, Weather

#: From so far ahead PCP and SNO are bare numbers.
_FAR = timedelta(hours=50)
#: The bases of the evening reach one day further.
_EVENING = 17

_CATEGORIES: Mapping[str, Callable[[Instant], str]] = {
    "TMP": lambda sky: str(round(sky.temperature)),
    "UUU": lambda sky: say.short(sky.east),
    "VVV": lambda sky: say.short(sky.north),
    "VEC": lambda sky: str(sky.comes_from),
    "WSD": lambda sky: say.short(sky.wind),
    "SKY": say.clouds,
    "PTY": say.precipitation_kind,
    "POP": say.probability,
    "WAV": lambda _sky: "0",
    "PCP": lambda sky: say.rain_words(sky.rain),
    "REH": lambda sky: str(sky.humidity),
    "SNO": say.snow_words,
}
_FAR_CATEGORIES: Mapping[str, Callable[[Instant], str]] = {
    **_CATEGORIES,
    "PCP": lambda sky: say.short(sky.rain),
    "SNO": lambda sky: say.short(sky.rain) if sky.snows else "0",
}


def forecast(weather: Weather, base: datetime) -> list[Told]:
    """Hour by hour, and in each every category; TMN at 06:00, TMX at 15:00. 980 rows of base 23."""
    told: list[Told] = []
    for hour in hours(base):
        sky = weather.expected(hour, base)
        words = _FAR_CATEGORIES if hour - base >= _FAR else _CATEGORIES
        told += [(category, hour, words[category](sky)) for category in _CATEGORIES]
        if hour.hour in (6, 15):
            day = [weather.expected(hour.replace(hour=each), base) for each in range(24)]
            degrees = [each.temperature for each in day]
            extreme = ("TMN", min(degrees)) if hour.hour == 6 else ("TMX", max(degrees))
            told.append((extreme[0], hour, f"{round(extreme[1])}.0"))
    return told


def hours(base: datetime) -> list[datetime]:
    """Hourly until the end of the third day after, then 00, 03, 06 ... until the midnight that
    ends the fourth; the bases before the evening stop at its beginning."""
    midnight = base.replace(hour=0)
    coarse = midnight + timedelta(days=4)
    end = coarse + timedelta(days=1) if base.hour >= _EVENING else coarse
    found: list[datetime] = []
    hour = base + timedelta(hours=1)
    while hour <= end:
        found.append(hour)
        hour += timedelta(hours=1 if hour < coarse else 3)
    return found
