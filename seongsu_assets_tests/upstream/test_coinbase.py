"""Coinbase's candles at the rehearsal's server, as the platform asks for them.
How an answer is read in general is in test_coinbase_candles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from seongsu_assets.domain import Payload, Window
from seongsu_assets.sources.coinbase.candles import Candles
from seongsu_assets_tests.feeding import ask, meanings
from seongsu_assets_tests.upstream import Upstream

DAY = date(2026, 3, 1)
SOURCE = Candles()


@pytest.fixture
def town():
    with Upstream(now=datetime(2026, 3, 3, 12, 30, tzinfo=UTC)) as server:
        yield server


def test_days_that_are_over_come_whole_and_the_running_one_is_not_asked_for(town) -> None:
    found = ask(SOURCE, town, Window(DAY, DAY + timedelta(days=2)))
    assert [isinstance(each, Payload) for each in found] == [True, True]
    read = [SOURCE.parse(each) for each in found if isinstance(each, Payload)]
    assert [len(each.rows) for each in read] == [24, 24]
    assert read[0].rows["value"].iloc[-1] != read[1].rows["value"].iloc[-1]
    assert all(each.rejects == () for each in read)
    assert len(town.requests) == 2


@pytest.mark.parametrize("fault", ["down", "http_503", "rate_limited", "cut_json", "html_page"])
def test_a_fault_of_the_wire_is_an_outage(town, fault: str) -> None:
    town.fault(fault)
    assert meanings(SOURCE, town, Window(DAY, DAY)) == [(DAY, "outage")]


def test_another_product_is_refused(town) -> None:
    other = Candles(product="BTC-EUR")
    assert meanings(other, town, Window(DAY, DAY)) == [(DAY, "refused")]
