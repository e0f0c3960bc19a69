"""Closes of markets of which any part was lost, late or repeated: true, or unknown.
Single messages and what they prove are in test_coinbase_hours."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seongsu_assets.sources.coinbase.hours import Hours
from seongsu_assets.sources.live import opening, read
from seongsu_assets_tests.coin import DAY, MIDNIGHT, at, closes, heard, heartbeat, ticker

LAST, NEXT = ticker(100, at("02:59:58")), ticker(101, at("03:00:02"))


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[bytes], dict[int, float]]:
    """A true market of some hours: every trade and its heartbeats in order, and the true closes."""
    gaps = draw(st.lists(st.integers(1, 2400), min_size=2, max_size=14))
    when, told, truth = at("00:40:00"), list[tuple[datetime, bytes]](), dict[int, float]()
    trades = list[tuple[datetime, int]]()
    for number, seconds in enumerate(gaps, start=draw(st.integers(0, 5))):
        when += timedelta(seconds=seconds)
        trades.append((when, number))
        truth[when.hour] = 60_000.0 + number
        told.append((when, ticker(number, when)))
    for seconds in draw(st.lists(st.integers(0, 9 * 3600), max_size=12)):
        moment = at("00:30:00") + timedelta(seconds=seconds, milliseconds=300)
        known = [number for time, number in trades if time <= moment]
        if known:
            told.append((moment, heartbeat(known[-1], moment)))
    return [raw for _, raw in sorted(told)], truth


#: For each message: left out, or heard on one connection, on another, or on both.
PLACES = st.sampled_from(["lost", "first", "second", "both"])


@settings(max_examples=300, deadline=None)
@given(markets(), st.data())
def test_a_close_that_is_known_is_true_whatever_was_lost_late_or_repeated(market, data) -> None:
    told, truth = market
    places = [data.draw(PLACES) for _ in told]
    lines = [
        [raw for raw, place in zip(told, places, strict=True) if place in {name, "both"}]
        for name in ("first", "second")
    ]
    again = [data.draw(st.permutations([*line, *line[::2]])) for line in lines]
    found = closes(*again)
    assert found.items() <= truth.items()
    assert found == closes(*lines)  # neither order nor repetition matters


@settings(max_examples=100, deadline=None)
@given(markets())
def test_of_a_whole_market_every_hour_but_the_last_is_known(market) -> None:
    told, truth = market
    found = closes(told)
    assert found.items() <= truth.items()
    assert set(truth) - set(found) <= {max(truth)}


@settings(max_examples=200, deadline=None)
@given(markets(), st.data())
def test_the_evidence_alone_tells_the_same(market, data) -> None:
    told, _ = market
    lines = [[raw for raw in told if data.draw(st.booleans())] for _ in range(2)]
    lines[0] += data.draw(st.lists(st.sampled_from([ticker(3, at("01:10:00"), 5.0), b"torn"])))
    hours = heard(*lines)
    since = data.draw(st.sampled_from([MIDNIGHT, at("02:00:00")]))
    again = Hours("BTC-USD")
    for line in hours.evidence(MIDNIGHT):
        read(again, line)
    assert again.closes(DAY) == hours.closes(DAY)
    assert list(again.evidence(since)) == list(hours.evidence(since))


@pytest.mark.parametrize(
    "told",
    [
        [LAST, heartbeat(100, at("03:00:01.2")), heartbeat(105, at("03:50:00"))],
        [LAST, NEXT, ticker(150, at("03:50:00"))],
        [LAST, ticker(100, at("02:59:58"), price=1.0), NEXT],
        [LAST, heartbeat(101, at("02:59:59")), heartbeat(90, at("02:10:00")), NEXT],
        [LAST, heartbeat(100, at("03:00:00.4")), heartbeat(100, at("03:00:01.4"))],
    ],
    ids=["an old heartbeat", "the first trade", "two prices", "a new heartbeat", "a settled one"],
)
def test_whatever_decides_an_hour_is_evidence(told: list[bytes]) -> None:
    noise = [ticker(n, at("02:30:00")) for n in range(20, 40)]
    hours, again = heard([*noise, *told]), Hours("BTC-USD")
    evidence = list(hours.evidence(MIDNIGHT))
    for line in evidence:
        read(again, line)
    assert again.closes(DAY) == hours.closes(DAY) == closes(told)
    assert len(evidence) <= 1 + 2 * 5


def test_what_is_forgotten_is_not_evidence_and_the_rest_is() -> None:
    hours = heard([ticker(1, at("01:00:00"))], [LAST, NEXT])
    hours.forget(at("02:00:00"))
    assert list(hours.evidence(MIDNIGHT)) == [opening("1", MIDNIGHT), LAST, NEXT]
    assert hours.closes(DAY) == {2: 60_100.0}
