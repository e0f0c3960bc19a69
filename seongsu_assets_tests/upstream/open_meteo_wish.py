"""What Open-Meteo takes: its parameters as a Wish, or the reason for which it refuses them.
No number of any variable and no answer here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from seongsu_assets_tests.upstream.open_meteo_values import DAILY, HOURLY
from seongsu_assets_tests.upstream.wire import day_of
from seongsu_assets_tests.upstream.world import Ask

_MOST_PAST, _MOST_AHEAD = 92, 16
_ARCHIVE_FROM = date(1940, 1, 1)


class Refused(ValueError):  # noqa: N818 - what Open-Meteo says
    """The reason of a 400."""


@dataclass(frozen=True)
class Wish:
    """What is asked for: place, zone, the days, and the variables of each part."""

    latitude: float
    longitude: float
    zone: ZoneInfo
    first: date
    last: date
    hourly: tuple[str, ...]
    daily: tuple[str, ...]

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]

    @property
    def weight(self) -> int:
        """As how many calls it counts: more than two weeks or ten variables are several."""
        variables = max(1.0, (len(self.hourly) + len(self.daily)) / 10)
        return round(max(1.0, len(self.days) / 14) * variables)


def weight(ask: Ask) -> int:
    """As how many calls a request counts."""
    try:
        return read(ask).weight
    except Refused:
        return 1


def read(ask: Ask) -> Wish:
    given = ask.request.parameters
    latitude, longitude = _degrees(given, "latitude", 90), _degrees(given, "longitude", 180)
    hourly, daily = _names(given, "hourly", HOURLY), _names(given, "daily", DAILY)
    if daily and "timezone" not in given:
        raise Refused("Timezone is required")
    name = given.get("timezone", "GMT")
    try:
        zone = ZoneInfo("Asia/Seoul" if name == "auto" else name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("Invalid timezone") from None
    today = ask.request.at.astimezone(zone).date()
    of = _archive_days if ask.request.service == "archive" else _forecast_days
    days = of(given, today)
    return Wish(latitude, longitude, zone, *days, hourly, daily)


def _forecast_days(given: Mapping[str, str], today: date) -> tuple[date, date]:
    if "start_date" in given or "end_date" in given:
        return _dates(given, today - timedelta(_MOST_PAST), today + timedelta(_MOST_AHEAD - 1))
    past, ahead = _count(given, "past_days", 0, _MOST_PAST), _count(given, "forecast_days", 7, 16)
    return today - timedelta(past), today + timedelta(ahead - 1)


def _archive_days(given: Mapping[str, str], today: date) -> tuple[date, date]:
    if not ("start_date" in given and "end_date" in given):
        raise Refused("Parameter 'start_date' and 'end_date' must be set")
    return _dates(given, _ARCHIVE_FROM, today)


def _dates(given: Mapping[str, str], least: date, most: date) -> tuple[date, date]:
    first, last = day_of(given.get("start_date", "")), day_of(given.get("end_date", ""))
    if first is None or last is None:
        raise Refused("Both 'start_date' and 'end_date' must be set")
    if last < first:
        raise Refused("End-date must be larger or equals than start-date")
    for name, day in (("start_date", first), ("end_date", last)):
        if not least <= day <= most:
            raise Refused(f"Parameter '{name}' is out of allowed range from {least} to {most}")
    return first, last


def _count(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        title = name.replace("_", " ").capitalize()
        raise Refused(f"{title} is invalid. Allowed range 0 to {most}. Given {text}.")
    return int(text)


def _degrees(given: Mapping[str, str], name: str, most: int) -> float:
    try:
        value = float(given[name])
    except KeyError:
        raise Refused(f"Parameter '{name}' must be set") from None
    except ValueError:
        raise Refused(f"Value of type 'Float' required for key '{name}'.") from None
    if not abs(value) <= most:
        raise Refused(
            f"{name.capitalize()} must be in range of -{most} to {most}°. Given: {value}."
        )
    return value


def _names(given: Mapping[str, str], part: str, known: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(name for name in given.get(part, "").split(",") if name)
    for name in names:
        if name not in known:
            raise Refused(f"Data corrupted at path ''. Cannot initialize {part} from '{name}'.")
    return names
