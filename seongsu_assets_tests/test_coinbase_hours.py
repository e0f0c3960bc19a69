"""Which closes are proved by what was heard, and that nothing else ever is.
No socket and no payload: messages in, closes out."""

import pytest

from seongsu_assets.sources.coinbase.hours import Hours
from seongsu_assets_tests.coin import DAY, at, closes, heard, heartbeat, subscriptions, ticker

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
