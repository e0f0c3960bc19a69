"""Open-Meteo's forecast and archive over HTTP: hours made days, and each refusal.
No key is needed for any of it."""

import json
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from seongsu_assets.domain import READING_COLUMNS, Payload, Window
from seongsu_assets.sources.open_meteo import OpenMeteoArchive, OpenMeteoForecast
from seongsu_assets_tests.test_open_meteo_days import answer
from seongsu_assets_tests.upstream import KST, Upstream
from seongsu_assets_tests.weather_web import ask, broken, meanings, payload

FORECAST, ARCHIVE = OpenMeteoForecast(37.5446, 127.0560), OpenMeteoArchive(37.5446, 127.0560)
TODAY = date(2026, 3, 2)


@pytest.fixture
def upstream():
    with Upstream(now=datetime(2026, 3, 2, 12, 55, 12, tzinfo=KST)) as server:
        yield server


def midnight(day):
    return pd.Timestamp(datetime(day.year, day.month, day.day, tzinfo=KST))


def asked_for(upstream):
    (seen,) = upstream.requests
    return {name: values[0] for name, values in parse_qs(urlsplit(seen.path).query).items()}


def days(found):
    dates = found.rows["at"].dt.tz_convert(KST).dt.date
    return dict(zip(dates, found.rows["attributes"], strict=True))


def test_two_days_past_and_nine_from_today_are_asked_for_in_korean_time(upstream):
    payload(FORECAST, upstream)
    assert asked_for(upstream) == {
        "latitude": "37.5446", "longitude": "127.056",
        "hourly": "temperature_2m,precipitation,snowfall",
        "timezone": "Asia/Seoul", "past_days": "2", "forecast_days": "9",
    }  # fmt: skip


def test_an_issue_is_one_reading_a_day_of_what_was_known_at_the_moment_it_came(upstream):
    given = payload(FORECAST, upstream)
    found = FORECAST.parse(given)
    assert tuple(found.rows.columns) == (*READING_COLUMNS, "place")
    assert list(days(found)) == [TODAY + timedelta(n) for n in range(-2, 9)]
    assert set(found.rows["issued_at"]) == {pd.Timestamp(upstream.now)}
    assert set(found.rows["key"]) == {"day"}
    assert found.received == 11 * 24
    assert not found.rejects
    assert broken(FORECAST, given) == set()


def test_a_day_is_the_sum_of_the_hours_that_end_in_it(upstream):
    found = days(FORECAST.parse(payload(FORECAST, upstream)))
    yesterday = TODAY - timedelta(1)
    ends = [midnight(yesterday) + pd.Timedelta(hours=n) for n in range(1, 25)]
    skies = [upstream.world.weather.at(end.to_pydatetime()) for end in ends]
    assert found[yesterday]["precipitation"] == pytest.approx(sum(sky.rain for sky in skies))
    mean = sum(sky.temperature for sky in skies) / 24
    assert found[yesterday]["temperature"] == pytest.approx(mean, abs=0.01)
    assert found[yesterday]["hours"] == 24


@pytest.mark.parametrize("source", [FORECAST, ARCHIVE])
@pytest.mark.parametrize(
    ("fault", "meaning", "calls"),
    [
        (("rate_limited", {"window": "Minutely"}), "outage", 4),
        (("rate_limited", {"window": "Hourly"}), "quota", 1),
        (("rate_limited", {"window": "Daily"}), "quota", 1),
        (("code", {"code": "Cannot initialize"}), "refused", 1),
        (("down", {}), "outage", 4),
        (("http_503", {}), "outage", 4),
        (("cut_json", {}), "outage", 4),
        (("empty_body", {}), "outage", 4),
        (("html_page", {}), "outage", 4),
    ],
)
def test_each_refusal_is_told_as_what_it_is(upstream, source, fault, meaning, calls):
    upstream.fault(fault[0], **fault[1])
    day = TODAY - timedelta(20)
    assert meanings(source, upstream, Window(day, day)) == [(day, meaning)]
    assert len(upstream.requests) == calls


def test_the_reason_of_a_refusal_is_passed_on(upstream):
    upstream.fault("code", code="Parameter 'latitude' and 'longitude' must be set")
    (absence,) = ask(FORECAST, upstream)
    assert "Parameter 'latitude'" in absence.detail


def test_a_column_that_is_gone_is_refused(upstream):
    upstream.fault("rename_column", old="precipitation", new="rain_sum")
    assert [meaning for _, meaning in meanings(FORECAST, upstream)] == ["refused"]


def test_the_archive_tells_a_day_gone_by_to_its_last_hour(upstream):
    day = TODAY - timedelta(20)
    given = payload(ARCHIVE, upstream, Window(day, day))
    found = ARCHIVE.parse(given)
    (row,) = found.rows.to_dict("records")
    assert row["at"] == midnight(day)
    assert row["issued_at"] == midnight(day + timedelta(1))
    ends = [midnight(day) + pd.Timedelta(hours=n) for n in range(1, 25)]
    rain = sum(upstream.world.weather.at(end.to_pydatetime()).rain for end in ends)
    assert row["attributes"]["precipitation"] == pytest.approx(rain)
    assert row["attributes"]["hours"] == 24
    assert (found.received, found.rejects) == (48, ())
    assert broken(ARCHIVE, given) == set()
    assert asked_for(upstream)["timezone"] == "Asia/Seoul"


def test_the_archive_is_five_days_late_and_what_is_younger_is_not_due(upstream):
    found = ask(ARCHIVE, upstream, Window(TODAY - timedelta(7), TODAY))
    given = [each for each in found if isinstance(each, Payload)]
    assert len(given) == 3
    assert [absence.meaning for absence in found[3:]] == ["not due"] * 4
    assert len(upstream.requests) == 6  # yesterday's last hour is of today: nobody can know it


def test_a_day_that_the_archive_should_have_is_late(upstream):
    day = TODAY - timedelta(20)
    upstream.fault("set_column", column="precipitation", value=None)
    assert meanings(ARCHIVE, upstream, Window(day, day)) == [(day, "late")]


def test_a_day_that_the_archive_half_knows_is_not_taken(upstream):
    upstream.now = upstream.now + timedelta(5)
    half = answer(temperature_2m=[5.0] * 13 + [None] * 35)
    upstream.fault("body", content=json.dumps(half).encode())
    (absence,) = ask(ARCHIVE, upstream, Window(TODAY, TODAY))
    assert (absence.meaning, absence.detail) == ("not due", "12 hours of the day are known")


def test_the_recorded_limits_are_what_they_say(shared_data, upstream):
    folder = shared_data / "seoul" / "api_fixtures" / "transcribed"
    recorded = {"openmeteo_429_daily.json": "quota", "openmeteo_429_minutely.json": "outage"}
    for name, meaning in recorded.items():
        fault = upstream.fault("body", content=(folder / name).read_bytes(), status=429)
        assert [told for _, told in meanings(FORECAST, upstream)] == [meaning]
        upstream.clear(fault)
