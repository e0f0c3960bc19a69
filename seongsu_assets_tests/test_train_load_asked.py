"""Train loads asked of the upstream over HTTP: two pages that are one edition, or no edition.
Which row is whose stands in test_train_load."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from seongsu_assets.sources.seoul.train_load import TrainLoad
from seongsu_assets_tests.feeding import FAULTS, ask, blocking, broken, meanings, payload
from seongsu_assets_tests.upstream import KST, Upstream

TODAY = date(2026, 4, 6)
LOAD = TrainLoad()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream(now=datetime(2026, 4, 6, 9, tzinfo=KST)) as served:
        yield served


def test_over_http_an_edition_is_two_calls_and_one_payload(upstream: Upstream):
    brought = payload(LOAD, upstream)
    parsed = LOAD.parse(brought)
    assert len(upstream.requests) == 2
    assert parsed.received == 1_671
    assert set(parsed.rows["key"]) == {
        f"{day} {track}"
        for day in ("weekday", "saturday", "sunday")
        for track in ("inner", "outer", "branch")
    }
    assert parsed.facts["heaviest"] == 78.5
    assert broken(LOAD, brought) == [set()]


def test_the_same_edition_is_the_same_bytes_so_that_it_is_known(upstream: Upstream):
    assert payload(LOAD, upstream).sha256 == payload(LOAD, upstream).sha256


def test_an_edition_without_the_outer_loop_is_withheld(upstream: Upstream):
    upstream.fault("station_spelling", text="성수역")
    (found,) = broken(LOAD, payload(LOAD, upstream))
    assert "the_inner_loop_is_measured" in found & blocking(LOAD)
    upstream.clear()
    upstream.fault("set_column", column="UP_DOWN_SE", value="내선")
    (found,) = broken(LOAD, payload(LOAD, upstream))
    assert "the_outer_loop_is_measured" in found & blocking(LOAD)


def test_a_partial_page_is_refused_and_never_taken_for_the_edition(upstream: Upstream):
    upstream.fault("partial_page", missing=3)
    assert meanings(LOAD, upstream) == [(TODAY, "refused")]


def test_without_a_key_the_city_is_not_asked(upstream: Upstream):
    assert ask(LOAD, upstream, key=lambda _: None) == []
    assert upstream.requests == []


@pytest.mark.parametrize(("fault", "arguments", "expected"), FAULTS)
def test_every_fault_has_its_meaning_also_on_the_second_page(
    upstream: Upstream, fault: str, arguments: Mapping[str, Any], expected: str
):
    upstream.fault(fault, when=lambda request: "/1001/" in request.path, **arguments)
    assert meanings(LOAD, upstream) == [(TODAY, expected)]


def test_an_api_that_has_no_edition_at_all_is_late(upstream: Upstream):
    upstream.fault("code", code="INFO-200")
    assert meanings(LOAD, upstream) == [(TODAY, "late")]
