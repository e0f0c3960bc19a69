"""The trains of the minute, asked of the upstream over HTTP, and every way to be refused them.
How one train is read stands in test_trains."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from seongsu_assets.sources.seoul.trains import Trains
from seongsu_assets_tests.feeding import FAULTS, ask, blocking, broken, meanings, payload
from seongsu_assets_tests.upstream import KST, Upstream

TODAY = date(2026, 6, 30)
SEONGSU = Trains("성수")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """At 14:18 of a Tuesday in Seoul."""
    with Upstream(now=datetime(2026, 6, 30, 14, 18, 24, tzinfo=KST)) as served:
        yield served


def test_over_http_the_trains_of_the_minute_arrive(upstream: Upstream):
    brought = payload(SEONGSU, upstream)
    parsed = SEONGSU.parse(brought)
    assert "{key}" in brought.request
    assert len(parsed.rows) == parsed.received >= 4
    assert {each["station"] for each in parsed.rows["attributes"]} == {"성수"}
    assert {each["direction"] for each in parsed.rows["attributes"]} == {"내선", "외선"}
    assert broken(SEONGSU, brought) == [set()]


def test_no_train_in_the_night_is_neither_an_error_nor_late(upstream: Upstream):
    upstream.now = datetime(2026, 6, 30, 3, 0, tzinfo=KST)
    assert meanings(SEONGSU, upstream) == [(TODAY, "not due")]


def test_without_a_key_the_city_is_not_asked(upstream: Upstream):
    assert ask(SEONGSU, upstream, key=lambda _: None) == []
    assert upstream.requests == []


def test_a_bad_key_is_a_bad_key_and_is_not_tried_again(upstream: Upstream):
    assert meanings(SEONGSU, upstream, key=lambda _: "a-key-of-nobody") == [(TODAY, "bad key")]
    assert len(upstream.requests) == 1


def test_the_thousandth_and_first_call_of_the_day_spends_no_more(upstream: Upstream):
    upstream.quota["seoul_realtime"] = 1
    payload(SEONGSU, upstream)
    assert meanings(SEONGSU, upstream) == [(TODAY, "quota")]


@pytest.mark.parametrize(("fault", "arguments", "expected"), FAULTS)
def test_every_fault_has_its_meaning_and_only_outages_are_asked_again(
    upstream: Upstream, fault: str, arguments: Mapping[str, Any], expected: str
):
    upstream.fault(fault, **arguments)
    assert meanings(SEONGSU, upstream) == [(TODAY, expected)]
    assert (len(upstream.requests) > 1) == (expected == "outage")


def test_an_outage_that_passes_leaves_no_trace(upstream: Upstream):
    upstream.fault("code", code="ERROR-500", times=2)
    assert not SEONGSU.parse(payload(SEONGSU, upstream)).rows.empty


def test_a_partial_list_is_withheld(upstream: Upstream):
    upstream.fault("partial_page")
    (found,) = broken(SEONGSU, payload(SEONGSU, upstream))
    assert found == {"every_announced_train_is_listed"}
    assert found <= blocking(SEONGSU)


def test_a_renamed_field_is_withheld_and_not_read_as_unknown(upstream: Upstream):
    upstream.fault("rename_column", old="barvlDt", new="barvlSec")
    brought = payload(SEONGSU, upstream)
    assert SEONGSU.parse(brought).rows.empty
    assert "every_field_is_there" in broken(SEONGSU, brought)[0] & blocking(SEONGSU)


def test_trains_that_are_told_twice_are_kept_once(upstream: Upstream):
    once = SEONGSU.parse(payload(SEONGSU, upstream)).rows
    upstream.fault("duplicate_rows")
    twice = SEONGSU.parse(payload(SEONGSU, upstream))
    assert len(twice.rows) == len(once)
    assert twice.received == 2 * len(once)
