"""Hourly counts over real HTTP, through both doors: what a day is, and how it comes to be missing.
What single records may say stands in test_hourly_sums."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.outside import Absence
from seongsu_assets.sources.seoul.station_hourly import (
    AT_GATEWAY,
    GATEWAY_TERMS,
    SERVICE,
    StationHourly,
    at_hand,
)
from seongsu_assets_tests.feeding import FAULTS, ask, broken, meanings, payload
from seongsu_assets_tests.hourly_days import (
    HOURLY,
    counted,
    slots,
)
from seongsu_assets_tests.official import SEONGSU
from seongsu_assets_tests.upstream import KEYS, KST, Upstream

NOW = datetime(2026, 3, 10, 12, tzinfo=KST)
DAY = date(2026, 3, 5)
ONE = Window(DAY, DAY)
GATEWAY = StationHourly(SEONGSU, terms=GATEWAY_TERMS, form=AT_GATEWAY)
DOORS = {"seoul": HOURLY, "data_go_kr": GATEWAY}


@pytest.fixture(scope="module")
def world() -> Iterator[Upstream]:
    with Upstream(now=NOW) as running:
        yield running


@pytest.fixture
def upstream(world):
    world.clear()
    world.requests.clear()
    world.now = NOW
    world.options.wrapped = False
    world.options.gateway = "old"
    return world


@pytest.fixture(params=DOORS)
def source(request):
    return DOORS[request.param]


def paths(upstream):
    return [seen.path for seen in upstream.requests]


def test_a_day_is_one_call_and_the_sums_are_the_hours_as_they_were(upstream, source):
    brought = payload(source, upstream, ONE)
    found = source.parse(brought)
    assert slots(found) == upstream.truth.hourly(DAY)
    assert (found.rows["business_date"] == pd.Timestamp(DAY)).all()
    assert counted(found) == (found.facts["total"], 0)
    assert found.received > 200
    assert len(upstream.requests) == 1
    assert broken(source, brought) == [set()]


def test_the_city_is_asked_for_the_stations_code_and_the_gateway_for_name_and_line(upstream):
    for source in DOORS.values():
        payload(source, upstream, ONE)
    city, gateway = paths(upstream)
    assert city == f"/{KEYS['seoul']}/json/{SERVICE}/1/1000/20260305/211"
    assert gateway.startswith(
        f"/B553766/psgr/{SERVICE}?serviceKey=upstream%2Bdata%2Fgo%2Fkr%3D%3D&"
    )
    assert "pageNo=1&numOfRows=1000&pasngYmd=20260305" in gateway
    assert "lineNm=2&dataType=JSON" in gateway


def test_the_payload_names_no_key(upstream, source):
    assert payload(source, upstream, ONE).request == f"{SERVICE}/20260305"


def test_the_envelope_may_stand_once_more_under_its_name(upstream, source):
    plain = source.parse(payload(source, upstream, ONE))
    upstream.options.wrapped = True
    wrapped = payload(source, upstream, ONE)
    assert list(json.loads(wrapped.body)) == [SERVICE]
    pd.testing.assert_frame_equal(source.parse(wrapped).rows, plain.rows)


def test_a_day_comes_on_the_day_after_it_and_until_then_is_not_due(upstream, source):
    yesterday = Window(date(2026, 3, 9), date(2026, 3, 9))
    upstream.now = datetime(2026, 3, 10, 3, 3, tzinfo=KST)
    assert meanings(source, upstream, yesterday) == [(yesterday.first, "not due")]
    upstream.now = datetime(2026, 3, 10, 21, 10, tzinfo=KST)
    assert source.parse(payload(source, upstream, yesterday)).facts["lag_days"] == 1


def test_zero_records_under_code_00_are_late_where_the_day_was_due_and_no_empty_day(
    upstream, source
):
    day = date(2026, 3, 8)
    upstream.truth.withhold(day, SERVICE)
    assert meanings(source, upstream, Window(day, day)) == [(day, "late")]


def test_what_the_source_has_forgotten_is_gone_without_a_call(upstream, source):
    window = Window(date(2026, 3, 1), date(2026, 3, 4))
    brought = ask(source, upstream, window)
    assert [each.meaning if isinstance(each, Absence) else "payload" for each in brought] == [
        "gone", "gone", "payload", "payload",
    ]  # fmt: skip
    assert len(upstream.requests) == 2
    assert brought[0].detail == "the source keeps 7 days"


def test_the_oldest_day_that_is_asked_for_is_the_oldest_that_the_source_has(upstream, source):
    upstream.options.hourly_keeps = 6  # a source that forgets sooner says: nothing, with code 00
    oldest = date(2026, 3, 3)
    assert meanings(source, upstream, Window(oldest, oldest)) == [(oldest, "late")]
    upstream.options.hourly_keeps = 7
    assert payload(source, upstream, Window(oldest, oldest))


@pytest.mark.parametrize(("fault", "arguments", "meaning"), FAULTS)
def test_a_fault_of_the_city_is_told_as_what_it_is(upstream, fault, arguments, meaning):
    upstream.fault(fault, **arguments)
    assert meanings(HOURLY, upstream, ONE) == [(DAY, meaning)]


@pytest.mark.parametrize("form", ["old", "new"])
@pytest.mark.parametrize(
    ("fault", "arguments", "meaning"),
    [
        ("down", {}, "outage"),
        ("http_500", {}, "outage"),
        ("html_page", {}, "outage"),
        ("empty_body", {}, "outage"),
        ("cut_json", {}, "outage"),
        ("bad_key", {}, "bad key"),
        ("quota", {}, "quota"),
        ("code", {"code": "03"}, "not due"),
        ("code", {"code": "10"}, "refused"),
        ("code", {"code": "99"}, "outage"),
    ],
)
def test_a_fault_of_the_gateway_is_told_as_what_it_is(upstream, form, fault, arguments, meaning):
    upstream.options.gateway = form
    upstream.now = datetime(2026, 3, 6, 12, tzinfo=KST)
    upstream.fault(fault, **arguments)
    assert meanings(GATEWAY, upstream, ONE) == [(DAY, meaning)]


def test_a_bad_key_costs_one_call_however_many_days_are_asked_for(upstream, source):
    week = Window(DAY - timedelta(1), NOW.date())
    found = meanings(source, upstream, week, lambda _: "not-a-key")
    assert {meaning for _, meaning in found} == {"bad key"}
    assert len(upstream.requests) == 1


def test_the_door_is_the_one_that_there_is_a_key_for():
    only_gateway = at_hand(SEONGSU, {"data_go_kr_key": "key"}.get)
    assert only_gateway == GATEWAY
    assert at_hand(SEONGSU, {"seoul_key": "key", "data_go_kr_key": "key"}.get) == HOURLY
    assert at_hand(SEONGSU, {}.get) == HOURLY
    assert only_gateway.name == HOURLY.name
