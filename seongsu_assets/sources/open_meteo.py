"""Open-Meteo's weather of a place by day, which needs no key: as forecast, and as analysed later.
What its lists say is in `open_meteo_days`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Expectation, Parsed, Payload, Reject, Terms, Window
from seongsu_assets.errors import NoData
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.claims import between
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.feed import Reading, as_parsed, asked
from seongsu_assets.sources.open_meteo_days import (
    FEWEST_HOURS,
    UNITS,
    Day,
    Table,
    refuse,
    table,
)
from seongsu_assets.sources.providers import OPEN_METEO, OPEN_METEO_ARCHIVE
from seongsu_assets.sources.values import KST

_KEY = "day"
_PAST_DAYS, _DAYS_AHEAD = 2, 9
_ONE_DAY = timedelta(days=1)


def _contract(days: int) -> tuple[Expectation, ...]:
    return (
        between(
            "every_day_is_there",
            "days",
            days,
            days,
            "So many days were asked for; fewer are used as they are.",
            blocking=False,
        ),
        between(
            "rain_is_plausible",
            "wettest",
            None,
            600,
            "No day in Seoul's records has 400 mm: more means another unit.",
        ),
    )


FORECAST = Terms(OPEN_METEO, due_days=-1, contract=_contract(_PAST_DAYS + _DAYS_AHEAD))
ARCHIVE = Terms(OPEN_METEO_ARCHIVE, due_days=6, contract=_contract(1))


@dataclass(frozen=True)
class OpenMeteoForecast:
    """What is said now of the two days past, today and the eight days to come, for a place in
    degrees, by the days of `timezone`."""

    latitude: float
    longitude: float
    name: str = "open_meteo"
    terms: Terms = FORECAST
    timezone: str = KST.key

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """What is said now, whatever the window: earlier forecasts cannot be asked for."""
        return asked(web, self.terms, window.last, partial(self._ask, web))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS, one reading a day; at is its midnight, issued_at the moment at which
        the answer was received: nobody here knew it sooner. attributes as `Day` of
        `open_meteo_days`."""
        issued_at = payload.received_at.astimezone(UTC)
        zone = ZoneInfo(self.timezone)
        found = table(payload.body, zone)
        return _parsed(found, [_said(day, issued_at, zone) for day in found.days])

    def _ask(self, web: Web) -> Payload:
        asks = {"past_days": str(_PAST_DAYS), "forecast_days": str(_DAYS_AHEAD)}

        def read(answer: Answer) -> Payload:
            refuse(answer)
            table(answer.body, ZoneInfo(self.timezone))
            return Payload(self.name, answer.request, answer.body, answer.received_at)

        parameters = _place(self.latitude, self.longitude, self.timezone) | asks
        return web.get(self.terms.provider, "/v1/forecast", parameters, read)


@dataclass(frozen=True)
class OpenMeteoArchive:
    """What the reanalysis says of days gone by, for a place in degrees and the days of `timezone`.
    It knows a day about five days later: for learning and judging, never for a forecast's
    features."""

    latitude: float
    longitude: float
    name: str = "open_meteo_archive"
    terms: Terms = ARCHIVE
    timezone: str = KST.key

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        return by_day(self.terms, window, web, partial(self._ask, web), self.timezone)

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS, the reading of the day asked for; issued_at is the end of the day, which
        is what it tells of, though it was told later. attributes as `OpenMeteoForecast`."""
        zone, day = ZoneInfo(self.timezone), day_of(payload.request)
        found, told = table(payload.body, zone), _midnight(day + _ONE_DAY, zone)
        return _parsed(found, [_said(each, told, zone) for each in found.days if each.date == day])

    def _ask(self, web: Web, day: date) -> Payload:
        """From the hour in which the day begins to that of the next midnight, under which its last
        hour is told; their dates by the clock of today, which the archive keeps."""
        zone = ZoneInfo(self.timezone)
        now = web.now().astimezone(zone)
        if day + _ONE_DAY >= now.date():
            raise NoData("the archive is about five days late")
        clock = timezone(now.utcoffset() or timedelta())
        begins, ends = (_midnight(each, zone).astimezone(clock) for each in (day, day + _ONE_DAY))
        asks = {"start_date": f"{begins.date()}", "end_date": f"{ends.date()}"}

        def read(answer: Answer) -> Payload:
            refuse(answer)
            told = table(answer.body, zone).days
            hours = sum(len(each.known) for each in told if each.date == day)
            if hours < FEWEST_HOURS:
                raise NoData(f"{hours} hours of the day are known")
            request = request_of("archive", day)
            return Payload(self.name, request, answer.body, answer.received_at)

        parameters = _place(self.latitude, self.longitude, self.timezone) | asks
        return web.get(self.terms.provider, "/v1/archive", parameters, read)


def _place(latitude: float, longitude: float, timezone: str) -> dict[str, str]:
    return {
        "latitude": str(latitude),
        "longitude": str(longitude),
        "hourly": ",".join(UNITS),
        "timezone": timezone,
    }


def _said(day: Day, issued_at: datetime, zone: ZoneInfo) -> list[Reading | Reject]:
    """The day as one reading; where it is not whole, each of its hours is refused."""
    first, last = day.known[0], day.known[-1]
    if day.whole:
        place = f"{first.place} to {last.place.removeprefix('hour ')}"
        at = _midnight(day.date, zone)
        return [Reading(_KEY, issued_at, at, day.attributes, place, first.record)]
    reason = f"of {day.date} only {len(day.known)} hours are known"
    return [Reject(hour.place, reason, hour.record, day.date) for hour in day.known]


def _parsed(found: Table, days: list[list[Reading | Reject]]) -> Parsed:
    said = [*found.rejects, *(each for day in days for each in day)]
    told = [each.attributes for each in said if isinstance(each, Reading)]
    wettest = max((each["precipitation"] for each in told), default=0.0)
    return as_parsed(said, found.received, {"days": len(told), "wettest": wettest})


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
