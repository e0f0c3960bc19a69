"""Open-Meteo's hourly lists made days: whole ones, torn ones and those of another unit.
Requests are tested in test_open_meteo."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from seongsu_assets.domain import Payload
from seongsu_assets.errors import RequestRefused
from seongsu_assets.sources.open_meteo import OpenMeteoForecast
from seongsu_assets_tests.upstream import KST
from seongsu_assets_tests.weather_web import broken

FORECAST = OpenMeteoForecast(37.5446, 127.0560)
TODAY = date(2026, 3, 2)
RECEIVED = datetime(2026, 3, 2, 3, 55, 12, tzinfo=UTC)


def answer(days=2, **changed):
    """Hours from the midnight of TODAY, dry and of 5 degrees; `changed` columns instead."""
    first = datetime(TODAY.year, TODAY.month, TODAY.day)  # noqa: DTZ001 - local, without an offset
    times = [f"{first + timedelta(hours=n):%Y-%m-%dT%H:%M}" for n in range(24 * days)]
    hourly = {
        "time": times,
        "temperature_2m": [5.0] * len(times),
        "precipitation": [0.0] * len(times),
        "snowfall": [0.0] * len(times),
    }
    return {
        "latitude": 37.55, "longitude": 127.06, "generationtime_ms": 0.1, "elevation": 20.0,
        "utc_offset_seconds": 32400, "timezone": "Asia/Seoul", "timezone_abbreviation": "GMT+9",
        "hourly_units": {
            "time": "iso8601", "temperature_2m": "°C", "precipitation": "mm", "snowfall": "cm",
        },
        "hourly": hourly | changed,
    }  # fmt: skip


def parsed(tree):
    return FORECAST.parse(Payload("open_meteo", "request", json.dumps(tree).encode(), RECEIVED))


def days(found):
    dates = found.rows["at"].dt.tz_convert(KST).dt.date
    return dict(zip(dates, found.rows["attributes"], strict=True))


def test_midnight_closes_the_day_before():
    rain = [0.0] * 48
    rain[0], rain[24], rain[25] = 7.0, 3.0, 1.0
    found = days(parsed(answer(precipitation=rain)))
    assert [found[day]["precipitation"] for day in sorted(found)] == [3.0, 1.0]
    assert [found[day]["hours"] for day in sorted(found)] == [24, 23]


def test_the_hours_of_the_day_before_the_first_are_no_rejects():
    found = parsed(answer())
    assert TODAY - timedelta(1) not in days(found)
    assert (found.received, found.rejects) == (48, ())


def test_an_hour_that_is_null_is_unknown_and_not_dry():
    rain = [0.0] * 48
    rain[5] = None
    assert days(parsed(answer(precipitation=rain)))[TODAY]["hours"] == 23


def test_a_day_without_enough_hours_is_refused_with_its_hours():
    rain = [0.0] * 48
    rain[1:10] = [None] * 9
    found = parsed(answer(precipitation=rain))
    assert list(days(found)) == [TODAY + timedelta(1)]
    assert len(found.rejects) == 15
    assert "15 hours" in found.rejects[0].reason


def test_a_day_of_which_nothing_is_known_is_neither_told_nor_refused():
    rain = [0.0] * 25 + [None] * 23
    found = parsed(answer(precipitation=rain))
    assert list(days(found)) == [TODAY]
    assert not found.rejects


def test_snow_that_is_not_known_in_every_hour_is_not_told():
    snow = [0.5] * 48
    snow[3] = None
    first, second = days(parsed(answer(snowfall=snow))).values()
    assert "snowfall" not in first
    assert second["snowfall"] == 11.5


@pytest.mark.parametrize("value", ["mild", True, [1], 61, -61, {}])
def test_an_hour_that_is_not_understood_is_refused_and_the_others_stand(value):
    found = parsed(answer(temperature_2m=[5.0, value, *[5.0] * 46]))
    assert [reject.place for reject in found.rejects] == ["hour 2"]
    assert days(found)[TODAY]["hours"] == 23


@pytest.mark.parametrize("time", ["2026-03-02T25:00", "soon", None, 5, "2026-03-02"])
def test_an_hour_without_its_time_is_refused(time):
    tree = answer()
    tree["hourly"]["time"][4] = time
    found = parsed(tree)
    assert [reject.place for reject in found.rejects] == ["hour 5"]


def test_an_hour_that_is_told_twice_is_refused():
    tree = answer()
    tree["hourly"]["time"][4] = tree["hourly"]["time"][3]
    assert [reject.place for reject in parsed(tree).rejects] == ["hour 4", "hour 5"]


@pytest.mark.parametrize(
    "changed",
    [
        {"timezone": "GMT"},
        {"utc_offset_seconds": 0},
        {"hourly": []},
        {"hourly_units": {}},
        {"hourly_units": {"temperature_2m": "°F", "precipitation": "mm", "snowfall": "cm"}},
        {"hourly_units": {"temperature_2m": "°C", "precipitation": "inch", "snowfall": "cm"}},
        {"hourly": answer()["hourly"] | {"precipitation": [0.0] * 47}},
        {"hourly": answer()["hourly"] | {"snowfall": None}},
        {"error": True, "reason": "no"},
    ],
)
def test_another_zone_another_unit_and_torn_lists_are_refused_whole(changed):
    with pytest.raises(RequestRefused):
        parsed(answer() | changed)


def test_fewer_days_than_asked_for_are_noticed():
    found = Payload("open_meteo", "", json.dumps(answer()).encode(), RECEIVED)
    assert broken(FORECAST, found) == {"every_day_is_there"}


def test_rain_of_another_unit_breaks_the_contract():
    wet = answer(precipitation=[40.0] * 48)
    found = Payload("open_meteo", "", json.dumps(wet).encode(), RECEIVED)
    assert "rain_is_plausible" in broken(FORECAST, found)
