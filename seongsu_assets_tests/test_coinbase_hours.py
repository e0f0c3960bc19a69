"""Which closes are proved by what was heard, and that nothing else ever is.
No socket and no payload: messages in, closes out."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seongsu_assets.sources.coinbase.hours import Hours
from seongsu_assets.sources.live import opening, read
from seongsu_assets_tests.coin import DAY, MIDNIGHT, at, heartbeat, subscriptions, ticker

HOUR = timedelta(hours=1)


def heard(*connections: list[bytes]) -> Hours:
    hours = Hours("BTC-USD")
    for number, messages in enumerate(connections):
        hours.opened(f"{number}", opening(f"{number}", MIDNIGHT))
        for raw in messages:
            hours.heard(raw)
    return hours


def closes(*connections: list[bytes]) -> dict[int, float]:
    return heard(*connections).closes(DAY)


LAST, NEXT = ticker(100, at("02:59:58")), ticker(101, at("03:00:02"))


def test_the_next_trade_by_number_proves_the_last_of_the_hour() -> None:
    assert closes([LAST, NEXT]) == {2: 60_100.0}


def test_a_heartbeat_after_the_end_that_knows_of_no_other_trade_proves_it() -> None:
    assert closes([LAST, heartbeat(100, at("03:00:01.2"))]) == {2: 60_100.0}
    assert closes([LAST, heartbeat(100, at("05:10:00"))]) == {2: 60_100.0}


@pytest.mark.parametrize(
    "after",
    [
        [],
        [heartbeat(100, at("02:59:59.9"))],
        [heartbeat(100, at("03:00:00.4"))],
        [heartbeat(101, at("03:00:01.2"))],
        [ticker(102, at("03:00:02"))],
        [ticker(102, at("03:00:02")), heartbeat(102, at("03:00:03"))],
        [b"garbage", b'{"type": "ticker"', subscriptions()],
        [ticker(101, at("03:00:02"), product="ETH-USD")],
        [heartbeat(100, at("03:00:01.2"), product="ETH-USD")],
    ],
    ids=[
        "nothing after",
        "a heartbeat before the end",
        "one that may be of the moment before",
        "one that knows of a trade that was missed",
        "a number was left out",
        "a number was left out, and a heartbeat agrees with what came",
        "garbage",
        "another product's trade",
        "another product's heartbeat",
    ],
)
def test_anything_else_leaves_the_hour_unknown(after: list[bytes]) -> None:
    assert closes([LAST, *after]) == {}


def test_an_hour_without_a_trade_has_no_close() -> None:
    quiet = [heartbeat(100, at(f"0{hour}:30:00")) for hour in (3, 4, 5)]
    assert closes([LAST, *quiet, ticker(101, at("06:00:00"))]) == {2: 60_100.0}


def test_the_proof_must_come_on_the_same_connection() -> None:
    assert closes([LAST], [NEXT]) == {}
    assert closes([LAST], [heartbeat(100, at("03:00:05"))]) == {}
    assert closes([ticker(99, at("02:59:50")), NEXT], [LAST]) == {}
    assert closes([LAST], [LAST, NEXT]) == {2: 60_100.0}


def test_a_trade_that_another_connection_knows_of_speaks_against_the_proof() -> None:
    proved = [LAST, heartbeat(100, at("03:00:02"))]
    assert closes(proved, [ticker(101, at("02:59:59"))]) == {}
    assert closes(proved, [heartbeat(101, at("02:59:59"))]) == {}
    assert closes(proved, [ticker(99, at("03:20:00"))]) == {}
    assert closes(proved, [ticker(100, at("02:59:58"), price=1.0)]) == {}
    assert closes(proved, [LAST]) == {2: 60_100.0}


@pytest.mark.parametrize(
    "contradiction",
    [
        ticker(100, at("02:59:58"), price=1.0),
        ticker(100, at("03:20:00")),
        ticker(99, at("03:20:00")),
        ticker(101, at("01:20:00")),
        heartbeat(101, at("02:59:59")),
    ],
    ids=["two prices", "two hours", "an old number later", "a new number before", "a heartbeat"],
)
def test_what_contradicts_itself_is_unknown(contradiction: bytes) -> None:
    good = [LAST, ticker(101, at("03:30:00"))]
    assert closes(good) == {2: 60_100.0}
    assert 2 not in closes([*good, contradiction])
    assert 2 not in closes([contradiction, *good])


def test_a_contradiction_about_an_earlier_trade_of_the_hour_is_of_no_weight() -> None:
    early = [ticker(99, at("02:50:00")), ticker(99, at("02:50:00"), price=1.0)]
    assert closes([*early, LAST, NEXT]) == closes([LAST, NEXT, *early]) == {2: 60_100.0}


def test_garbage_between_does_no_harm_where_the_numbers_prove() -> None:
    torn = [b"", b"null", b"[]", b"\xff\xfe", b'{"type":"ticker","product_id":"BTC-USD"}']
    assert closes([*torn, LAST, *torn, NEXT, *torn]) == {2: 60_100.0}


@pytest.mark.parametrize(
    "spoiled",
    [
        {b'"trade_id": 101': b'"trade_id": "101"'},
        {b'"trade_id": 101': b'"trade_id": 101.0'},
        {b'"trade_id": 101': b'"trade_id": true'},
        {b'"trade_id": 101': b'"trade_id": -1'},
        {b'"price": "60101.00"': b'"price": 60101.00'},
        {b'"price": "60101.00"': b'"price": "-1"'},
        {b'"price": "60101.00"': b'"price": "0.00"'},
        {b'"price": "60101.00"': b'"price": "NaN"'},
        {b'"price": "60101.00"': b'"price": "1e5"'},
        {b"000000Z": b"000000"},
        {b"2026-03-01T": b"yesterday "},
        {b'"type": "ticker"': b'"type": 7'},
        {b'"type": "ticker"': b'"kind": "ticker"'},
    ],
)
def test_a_message_of_another_shape_is_unreadable_and_proves_nothing(spoiled) -> None:
    raw = NEXT
    for before, after in spoiled.items():
        assert before in raw
        raw = raw.replace(before, after)
    assert heard([]).heard(raw).kind == "unreadable"
    assert closes([LAST, raw]) == {}


def test_what_each_message_was_is_told() -> None:
    hours = heard([])
    told = [
        (subscriptions(), "other"),
        (ticker(7, at("01:00:00")), "news"),
        (ticker(7, at("01:00:00")), "repeated"),
        (ticker(6, at("00:59:59")), "repeated"),
        (heartbeat(7, at("01:00:01")), "heartbeat"),
        (heartbeat(9, at("01:00:02")), "heartbeat"),  # 9 may still come
        (heartbeat(9, at("01:00:03")), "gap"),  # it did not
        (heartbeat(9, at("01:00:04")), "heartbeat"),  # told once
        (ticker(12, at("01:00:05")), "news"),  # a cascade is no gap
        (b'{"type":"error","message":"Failed","reason":"no such product"}', "refusal"),
        (b'{"type":"brand_new"}', "other"),
        (b"<html>", "unreadable"),
    ]
    assert [hours.heard(raw).kind for raw, _ in told] == [kind for _, kind in told]
    assert hours.heard(told[9][0]).reason == "Failed no such product"


def test_before_any_connection_was_opened_nothing_is_proved() -> None:
    hours = Hours("BTC-USD")
    for raw in (LAST, NEXT):
        hours.heard(raw)
    assert hours.closes(DAY) == {}


# -- whatever is lost, late or repeated


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
