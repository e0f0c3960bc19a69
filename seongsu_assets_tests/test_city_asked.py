"""The city's crowd asked of the upstream over HTTP, and every way to be refused it.
How an answer is read stands in test_city."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from seongsu_assets.sources.seoul.city import City
from seongsu_assets_tests.city_bodies import CAFES, of
from seongsu_assets_tests.feeding import FAULTS, ask, blocking, broken, meanings, payload
from seongsu_assets_tests.upstream import KST, Upstream

TODAY = date(2026, 6, 2)
WHOLE = City("POI068", "citydata")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """At 18:41 of a Tuesday in Seoul."""
    with Upstream(now=datetime(2026, 6, 2, 18, 41, tzinfo=KST)) as served:
        yield served


def test_over_http_the_crowd_and_twelve_hours_arrive(upstream: Upstream):
    brought = payload(CAFES, upstream)
    parsed = CAFES.parse(brought)
    assert "{key}" in brought.request
    assert not parsed.rejects
    (now,) = of(parsed, "now")
    forecast = of(parsed, "forecast")
    assert len(forecast) == 12
    assert all(each["issued_at"] == now["at"] < each["at"] for each in forecast)
    assert broken(CAFES, brought) == [set()]


def test_over_http_the_large_answer_says_the_same_of_the_same_minute(upstream: Upstream):
    small, brought = CAFES.parse(payload(CAFES, upstream)), payload(WHOLE, upstream)
    large = WHOLE.parse(brought)
    assert of(large, "now")[0]["attributes"] == of(small, "now")[0]["attributes"]
    assert len(of(large, "subway")) == 1
    assert broken(WHOLE, brought) == [set()]


def test_a_place_that_the_city_does_not_know_is_late_and_no_empty_street(upstream: Upstream):
    assert meanings(City("POI999"), upstream) == [(TODAY, "late")]


def test_without_a_key_the_city_is_not_asked(upstream: Upstream):
    assert ask(CAFES, upstream, key=lambda _: None) == []
    assert upstream.requests == []


@pytest.mark.parametrize(("fault", "arguments", "expected"), FAULTS)
def test_every_fault_has_its_meaning_and_only_outages_are_asked_again(
    upstream: Upstream, fault: str, arguments: Mapping[str, Any], expected: str
):
    upstream.fault(fault, **arguments)
    assert meanings(CAFES, upstream) == [(TODAY, expected)]
    assert (len(upstream.requests) > 1) == (expected == "outage")


def test_a_renamed_field_is_withheld_and_not_read_as_unknown(upstream: Upstream):
    upstream.fault("rename_column", old="AREA_PPLTN_MIN", new="AREA_PPLTN_LEAST")
    brought = payload(CAFES, upstream)
    assert of(CAFES.parse(brought), "now") == []
    assert "every_field_is_there" in broken(CAFES, brought)[0] & blocking(CAFES)
