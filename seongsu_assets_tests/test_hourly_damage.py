"""Hourly counts that come over HTTP in more pages, with other columns, twice, or in part.
When a day comes, and what the wire does to it, stands in test_station_hourly."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from seongsu_assets.domain import Payload, Window
from seongsu_assets.sources.seoul.hourly_sums import FIELDS
from seongsu_assets_tests.feeding import ask, blocking, broken, meanings, payload
from seongsu_assets_tests.hourly_days import (
    HOURLY,
    another,
    counted,
    page,
    record,
    slots,
    whole_day,
)
from seongsu_assets_tests.test_station_hourly import DOORS
from seongsu_assets_tests.upstream import KST, Upstream

NOW = datetime(2026, 3, 10, 12, tzinfo=KST)
DAY = date(2026, 3, 5)
ONE = Window(DAY, DAY)


@pytest.fixture(scope="module")
def world() -> Iterator[Upstream]:
    with Upstream(now=NOW) as running:
        yield running


@pytest.fixture
def upstream(world):
    world.clear()
    world.requests.clear()
    world.now = NOW
    return world


def paths(upstream):
    return [seen.path for seen in upstream.requests]


def test_a_code_that_finds_nothing_is_dropped_and_all_stations_are_asked_for(upstream):
    day = [*whole_day(), another(), another("09")]
    upstream.fault("body", content=page([]), when=lambda asked: asked.path.endswith("/211"))
    upstream.fault("body", content=page(day), when=lambda asked: asked.path.endswith("/20260305"))
    found = HOURLY.parse(payload(HOURLY, upstream, ONE))
    assert [path.rpartition("1000/")[2] for path in paths(upstream)] == [
        "20260305/211",
        "20260305",
    ]
    assert counted(found) == (len(day), 0)
    assert found.facts["own_rows"] == len(day) - 2
    assert slots(found)["boarding"][8] == 6 * 807


def test_a_code_that_is_no_filter_is_no_harm_every_page_is_read_and_ours_are_summed(upstream):
    """F-01."""
    city = [another(f"{n % 24:02}", card=str(n)) for n in range(1400)]
    rows = [*city, *whole_day()]
    for first, part in (("/1/", rows[:1000]), ("/1001/", rows[1000:])):
        upstream.fault(
            "body", content=page(part, len(rows)), when=lambda asked, at=first: at in asked.path
        )
    found = HOURLY.parse(payload(HOURLY, upstream, ONE))
    assert len(upstream.requests) == 2
    assert counted(found) == (len(rows), 0)
    assert slots(found)["alighting"][8] == 6 * 723


@pytest.mark.parametrize("source", DOORS.values(), ids=DOORS)
def test_a_partial_page_is_refused_and_is_not_a_day(upstream, source):
    upstream.fault("partial_page", missing=1)
    assert meanings(source, upstream, ONE) == [(DAY, "refused")]


@pytest.mark.parametrize("fault", ["rename_column", "drop_column"])
def test_a_column_that_is_renamed_or_gone_gives_no_row_and_its_claim_says_which(upstream, fault):
    """F-05."""
    columns = [names[0] for names in FIELDS.needed.values()]
    brought = []
    for column in columns:
        upstream.clear()
        renamed = {"old": column, "new": f"{column}V2"}
        upstream.fault(fault, **(renamed if fault == "rename_column" else {"column": column}))
        brought.append(payload(HOURLY, upstream, ONE))
    for column, each, claims in zip(columns, brought, broken(HOURLY, *brought), strict=True):
        found = HOURLY.parse(each)
        assert found.rows.empty
        assert found.facts["missing_fields"] == column
        assert counted(found) == (found.facts["records"], found.facts["records"])
        assert "every_field_is_there" in claims & blocking(HOURLY)
        assert ("no_field_is_new" in claims) == (fault == "rename_column")


def test_a_column_that_is_new_is_told_and_harms_no_count(upstream):
    upstream.fault("add_column", column="trnsfNope", value="7")
    brought = payload(HOURLY, upstream, ONE)
    assert slots(HOURLY.parse(brought)) == upstream.truth.hourly(DAY)
    assert broken(HOURLY, brought) == [{"no_field_is_new"}]
    assert "no_field_is_new" not in blocking(HOURLY)


def test_a_day_of_half_its_hours_brings_those_and_is_told(upstream):
    """F-07: which hours are missing keeps the day out when it is judged whole."""
    upstream.fault("partial_day", hours=12)
    brought = payload(HOURLY, upstream, ONE)
    truth = upstream.truth.hourly(DAY)
    found = slots(HOURLY.parse(brought))
    assert set(found["boarding"]) == {4, *range(6, 16)}
    assert all(found["boarding"][hour] == truth["boarding"][hour] for hour in found["boarding"])
    assert "hours_are_those_of_the_trains" in broken(HOURLY, brought)[0]


def test_every_row_twice_is_once(upstream):
    """F-06."""
    upstream.fault("duplicate_rows")
    brought = payload(HOURLY, upstream, ONE)
    found = HOURLY.parse(brought)
    assert slots(found) == upstream.truth.hourly(DAY)
    assert found.received > 400
    assert broken(HOURLY, brought) == [set()]


def test_rows_that_come_twice_and_contradict_each_other_give_no_count(upstream):
    """F-06: the source says of no row which is the newer."""
    upstream.fault("duplicate_rows", factor=1.5)
    brought = payload(HOURLY, upstream, ONE)
    found = HOURLY.parse(brought)
    truth = upstream.truth.hourly(DAY)
    for series, by_slot in slots(found).items():
        assert all(truth[series][slot] == people for slot, people in by_slot.items())
    assert len(found.rows) < 4
    assert "own_station_is_there" in broken(HOURLY, brought)[0] & blocking(HOURLY)


def test_a_revised_day_brings_the_revised_hours(upstream):
    day = date(2026, 3, 7)
    before = HOURLY.parse(payload(HOURLY, upstream, Window(day, day)))
    upstream.truth.revise(day, 1.2)
    after = HOURLY.parse(payload(HOURLY, upstream, Window(day, day)))
    assert slots(after) == upstream.truth.hourly(day) != slots(before)


def test_a_single_record_may_come_as_an_object(upstream):
    alone = json.loads(page([record()]))
    alone["response"]["body"]["items"]["item"] = record()
    upstream.fault("body", content=json.dumps(alone).encode())
    [brought] = ask(HOURLY, upstream, ONE)
    assert isinstance(brought, Payload)
    assert slots(HOURLY.parse(brought)) == {"boarding": {8: 100}, "alighting": {8: 90}}
