"""What a payload of the live feed says, and how it is read again.
How it is heard and kept is in test_live_tape and test_live_listener."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from seongsu_assets.domain import OBSERVATION_COLUMNS, Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.sources.live import Live, connection_of, opening, pack, unpack
from seongsu_assets_tests.coin import (
    DAY,
    MIDNIGHT,
    TICKER,
    at,
    heartbeat,
    payload,
    subscriptions,
    ticker,
)

HEARD = [
    subscriptions(),
    ticker(100, at("02:59:58")),
    ticker(101, at("03:00:02")),
    heartbeat(102, at("03:10:00")),
    heartbeat(102, at("03:10:01")),
    b"torn",
]


def test_a_proved_close_is_a_row_of_its_hour_and_says_where_it_stands() -> None:
    found = TICKER.parse(payload(HEARD))
    (row,) = found.rows.to_dict("records")
    assert list(found.rows.columns) == [*OBSERVATION_COLUMNS, "place"]
    assert (row["series"], row["hour"], row["value"]) == ("close", 2, 60_100.0)
    assert row["place"] == "coinbase_ticker/23/20260301 hour 2"
    assert found.facts == {
        "hours_proved": 1, "closes": '{"2": 60100.0}', "connections": 1, "messages": 6,
        "gap": 1, "repeated": 0, "unreadable": 1, "refusal": 0,
    }  # fmt: skip


def test_a_day_that_is_not_over_has_no_rows_yet() -> None:
    running = payload(HEARD, received_at=MIDNIGHT + timedelta(days=1, microseconds=-1))
    found = TICKER.parse(running)
    assert found.rows.empty
    assert list(found.rows.dtypes) == list(TICKER.parse(payload(HEARD)).rows.dtypes)
    assert json.loads(found.facts["closes"]) == {"2": 60_100.0}
    assert len(TICKER.parse(replace(running, received_at=MIDNIGHT + timedelta(days=1))).rows) == 1


def test_only_the_day_of_the_payload_is_told() -> None:
    night = [ticker(7, at("23:59:00", DAY - timedelta(days=1))), ticker(8, at("00:00:01"))]
    assert TICKER.parse(payload(night)).rows.empty
    before = payload(night, day=DAY - timedelta(days=1))
    assert TICKER.parse(before).rows["hour"].tolist() == [23]


def test_nothing_of_it_can_be_asked_for() -> None:
    assert list(TICKER.fetch(Window(DAY, DAY))) == []
    assert isinstance(TICKER, Live)


def test_the_subscription_is_that_of_the_guide() -> None:
    assert json.loads(TICKER.subscription()) == {
        "type": "subscribe", "product_ids": ["BTC-USD"], "channels": ["ticker", "heartbeat"],
    }  # fmt: skip


def test_the_bytes_come_back_and_the_same_lines_are_the_same_payload() -> None:
    lines = [opening("a", MIDNIGHT), b"\xff\x00 anything", b'{"connection": 1, "type": "error"}']
    body = pack(b"\n".join(lines))
    assert body == pack(b"\n".join(lines))
    assert unpack(Payload("x", "y", body, MIDNIGHT)) == lines
    assert [connection_of(line) for line in lines] == ["a", None, None]


@pytest.mark.parametrize(
    "body", [b"", b"plain", pack(b"x" * 99)[:-9]], ids=["nothing", "plain", "cut short"]
)
def test_what_no_listener_wrote_is_an_error(body: bytes) -> None:
    with pytest.raises(SourceError, match="see who wrote it"):
        TICKER.parse(replace(payload(HEARD), body=body))


def test_a_message_that_looks_like_ours_opens_no_connection() -> None:
    fake = b'{"connection": "line 0", "opened_at": "x", "type": "error", "message": "m"}'
    assert TICKER.parse(payload([*HEARD, fake])).facts["refusal"] == 1
