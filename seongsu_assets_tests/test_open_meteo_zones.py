"""Weather of a place whose clocks change: the days are its own, whatever clock the answer keeps.
Everything else of Open-Meteo is tested with Seoul."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from seongsu_assets.domain import Parsed, Payload, Window
from seongsu_assets.outside import Absence
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.open_meteo import OpenMeteoArchive, OpenMeteoForecast
from seongsu_assets.sources.open_meteo_days import UNITS
from seongsu_assets_tests.doors import Notes
from seongsu_assets_tests.misbehaving import misbehaving, says

PARIS = ZoneInfo("Europe/Paris")
PLACE = (48.8566, 2.3522)
FORECAST = OpenMeteoForecast(*PLACE, timezone=PARIS.key)
ARCHIVE = OpenMeteoArchive(*PLACE, timezone=PARIS.key)
SUMMER, WINTER = 7200, 3600
ONE_HOUR = timedelta(hours=1)


def answer(first: date, days: int, offset: int, **changed: Any) -> bytes:
    """Hours from midnight on the clock of `offset`; each rains as many mm as there are hours since
    2025, a tenth of them, so that every sum tells which hours it is of."""
    clock = timezone(timedelta(seconds=offset))
    begins = datetime(first.year, first.month, first.day, tzinfo=clock)
    times = [begins + n * ONE_HOUR for n in range(24 * days)]
    hourly = {
        "time": [f"{each:%Y-%m-%dT%H:%M}" for each in times],
        "temperature_2m": [5.0] * len(times),
        "precipitation": [rain(each) for each in times],
        "snowfall": [0.0] * len(times),
    }
    tree = {
        "utc_offset_seconds": offset, "timezone": PARIS.key, "hourly_units": UNITS,
        "hourly": hourly,
    }  # fmt: skip
    return json.dumps(tree | changed).encode()


def rain(ends: datetime) -> float:
    return (ends.timestamp() // 3600 % 977) / 10


def fallen(day: date) -> float:
    """All that fell in the hours of a day of Paris, of which there may be 23 or 25."""
    begins, ends = (
        datetime(each.year, each.month, each.day, tzinfo=PARIS).timestamp()
        for each in (day, day + timedelta(1))
    )
    hours = range(int(begins) + 3600, int(ends) + 1, 3600)
    return sum(rain(datetime.fromtimestamp(each, PARIS)) for each in hours)


def parsed(body: bytes, received: datetime, source=FORECAST, request: str = "asked") -> Parsed:
    return source.parse(Payload(source.name, request, body, received))


def days(found: Parsed) -> dict[date, dict[str, Any]]:
    dates = found.rows["at"].dt.tz_convert(PARIS).dt.date
    return dict(zip(dates, found.rows["attributes"], strict=True))


@pytest.mark.parametrize(
    ("first", "offset"),
    [
        (date(2026, 3, 27), WINTER),  # the clocks go forward on the third day
        (date(2026, 3, 28), SUMMER),  # they went: the list begins an hour before the day
        (date(2026, 10, 23), SUMMER),
        (date(2026, 10, 24), WINTER),  # likewise, an hour within it
        (date(2026, 6, 1), SUMMER),
    ],
)
def test_each_day_has_the_hours_of_its_own_midnights(first: date, offset: int):
    found = parsed(answer(first, 5, offset), datetime(2026, 3, 28, 12, tzinfo=PARIS))
    told = days(found)
    assert list(told) == [first + timedelta(n) for n in range(5)]
    for day in list(told)[1:-1]:
        assert told[day]["precipitation"] == pytest.approx(fallen(day))
        assert told[day]["hours"] == {3: 23, 10: 25}.get(
            day.month if day.day in {25, 29} else 0, 24
        )
    assert min(told[day]["hours"] for day in told) >= 22
    assert not found.rejects


def test_the_midnight_of_a_reading_is_that_of_the_place():
    found = parsed(answer(date(2026, 6, 1), 2, SUMMER), datetime(2026, 6, 1, 12, tzinfo=PARIS))
    assert found.rows["at"].iloc[0] == pd.Timestamp("2026-05-31T22:00Z")


@pytest.mark.parametrize(
    "changed",
    [{"utc_offset_seconds": 0}, {"utc_offset_seconds": [3600]}, {"timezone": "Asia/Seoul"}],
)
def test_hours_of_another_clock_are_refused(changed: dict[str, Any]):
    from seongsu_assets.errors import RequestRefused

    with pytest.raises(RequestRefused, match="not those of Europe/Paris"):
        parsed(
            answer(date(2026, 6, 1), 2, SUMMER, **changed), datetime(2026, 6, 1, 12, tzinfo=PARIS)
        )


class Archive:
    """It keeps the clock of now for every day that is asked for."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.asked: list[dict[str, str]] = []

    def __call__(self, head: str) -> Iterator[bytes]:
        asks = {k: v[0] for k, v in parse_qs(urlsplit(head.split(" ")[1]).query).items()}
        self.asked.append(asks)
        first, last = (date.fromisoformat(asks[name]) for name in ("start_date", "end_date"))
        offset = int(self.now.astimezone(PARIS).utcoffset().total_seconds())
        return says(answer(first, (last - first).days + 1, offset))(head)

    def ask(self, day: date) -> list[Payload | Absence]:
        with (
            misbehaving(self) as server,
            Door(Notes(), lambda _: None, lambda: self.now, server.url) as web,
        ):
            return list(ARCHIVE.fetch(Window(day, day), web))


@pytest.mark.parametrize("now", ["2026-07-20T12:00", "2026-12-20T12:00"])
@pytest.mark.parametrize("day", ["2026-01-15", "2026-03-29", "2026-07-05", "2025-10-26"])
def test_the_archive_tells_a_whole_day_in_summer_and_in_winter(day: str, now: str):
    when, archive = (
        date.fromisoformat(day),
        Archive(datetime.fromisoformat(now).replace(tzinfo=PARIS)),
    )
    (brought,) = archive.ask(when)
    assert isinstance(brought, Payload)
    told = days(ARCHIVE.parse(brought))
    assert list(told) == [when]
    assert told[when]["precipitation"] == pytest.approx(fallen(when))
    assert told[when]["hours"] == {"2026-03-29": 23, "2025-10-26": 25}.get(day, 24)
    (asked,) = archive.asked
    assert asked["timezone"] == "Europe/Paris"


def test_the_day_before_is_judged_by_the_clock_of_the_place():
    """In Paris it is still the 4th, in Seoul the 5th."""
    archive = Archive(datetime(2026, 7, 4, 18, tzinfo=PARIS))
    (absence,) = archive.ask(date(2026, 7, 3))
    assert isinstance(absence, Absence)
    assert (absence.meaning, archive.asked) == ("not due", [])
    assert archive.ask(date(2026, 7, 4)) == []
