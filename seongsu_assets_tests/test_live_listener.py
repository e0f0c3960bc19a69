"""The listener against a server that speaks the protocol and does what servers and lines do.
What the messages prove is in test_coinbase_hours, how they are kept in test_live_tape."""

import asyncio
import json
import socket
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from seongsu_assets.domain import Payload
from seongsu_assets.errors import WarehouseError
from seongsu_assets.live.listener import Listener, Times
from seongsu_assets.live.standing import Standing
from seongsu_assets.live.tape import Tape
from seongsu_assets.sources.live import unpack
from seongsu_assets_tests.coin import TICKER, at, heartbeat, subscriptions, ticker
from seongsu_assets_tests.coin_feed import QUICK, Clock, Played, play

IMPATIENT = replace(QUICK, silent=0.15)
BEFORE, LAST = ticker(99, at("02:59:50")), ticker(100, at("02:59:58"))
NEXT, BEAT = ticker(101, at("03:00:02")), heartbeat(101, at("03:00:03"))


def first_payload(_: Listener, taken: list[Payload]) -> bool:
    return bool(taken)


def heard(number: int):
    return lambda listener, _: listener.standing.messages >= number


def connected(number: int):
    return lambda listener, _: listener.standing.connections >= number


def raw(played: Played) -> list[bytes]:
    """The messages of all payloads; the lines of ours left out."""
    lines = [line for payload in played.taken for line in unpack(payload)]
    return [line for line in lines if not line.startswith(b'{"connection"')]


def test_an_hour_is_heard_proved_and_handed_on(tmp_path: Path) -> None:
    clock = Clock()
    script = [subscriptions(), BEFORE, LAST, clock.shows("03:00:02"), NEXT, BEAT]
    played = play(tmp_path, script, until=first_payload, clock=clock)
    assert json.loads(played.feed.said[0]) == json.loads(TICKER.subscription())
    assert played.closes == {2: 60_100.0}
    assert raw(played)[:4] == [subscriptions(), BEFORE, LAST, NEXT]
    assert played.taken[0].request == "coinbase_ticker/02/20260301"


def test_a_dropped_line_is_opened_again_and_its_hour_stays_unknown(tmp_path: Path) -> None:
    clock = Clock()
    scripts = [[LAST, "drop"], [clock.shows("03:00:11"), NEXT, BEAT]]
    played = play(tmp_path, *scripts, until=first_payload, clock=clock)
    assert played.standing.reconnects == 1
    assert played.closes == {}
    assert {LAST, NEXT} <= set(raw(played))


def test_a_new_line_that_repeats_the_last_trade_proves_it(tmp_path: Path) -> None:
    clock = Clock()
    scripts = [[LAST, "close"], [LAST, clock.shows("03:00:02"), NEXT]]
    played = play(tmp_path, *scripts, until=first_payload, clock=clock)
    assert played.closes == {2: 60_100.0}


def test_trades_that_were_lost_on_the_way_leave_the_hour_unknown(tmp_path: Path) -> None:
    clock = Clock()
    lost = [LAST, clock.shows("03:00:11"), ticker(104, at("03:00:02")), BEAT]
    played = play(tmp_path, lost, until=first_payload, clock=clock)
    assert played.closes == {}


def test_gaps_are_counted_when_a_heartbeat_tells_of_them(tmp_path: Path) -> None:
    script = [LAST, heartbeat(105, at("02:59:59")), heartbeat(105, at("03:00:00"))]
    played = play(tmp_path, script, until=heard(3))
    assert played.standing.gaps == 1


def test_late_and_repeated_messages_and_garbage_do_no_harm(tmp_path: Path) -> None:
    clock = Clock()
    script = [LAST, LAST, b"<html>", BEFORE, b"\xc3", clock.shows("03:00:02"), b"{}", NEXT, LAST]
    played = play(tmp_path, script, until=first_payload, clock=clock)
    assert played.closes == {2: 60_100.0}
    assert played.standing.connections == 1
    assert played.standing.unreadable == 3


def test_a_line_that_falls_silent_is_closed_and_opened_again(tmp_path: Path) -> None:
    played = play(tmp_path, *[[LAST, "silence"]] * 3, until=connected(3), times=IMPATIENT)
    waited = [after - before for before, after in pairwise(played.feed.opened)]
    assert all(pause >= IMPATIENT.silent for pause in waited)
    assert "TimeoutError" in played.standing.last_failure


def test_trades_without_heartbeats_are_a_line_that_is_dead(tmp_path: Path) -> None:
    trades = [each for n in range(200) for each in (ticker(n, at("02:59:00")), 0.005)]
    played = play(tmp_path, trades, until=connected(2), times=IMPATIENT)
    assert 0 < played.standing.messages < 200


def test_heartbeats_keep_a_quiet_line_open(tmp_path: Path) -> None:
    beats = [each for _ in range(8) for each in (heartbeat(1, at("02:59:00")), 0.1)]
    played = play(tmp_path, beats, until=heard(8), times=replace(QUICK, silent=0.6))
    assert played.standing.connections == 1


def test_a_refusal_is_told_and_asked_again_after_a_pause(tmp_path: Path) -> None:
    error = b'{"type":"error","message":"Failed to subscribe","reason":"BTC-USD is delisted"}'
    played = play(tmp_path, [error, "silence"], until=connected(2))
    assert "BTC-USD is delisted" in played.standing.last_failure
    assert played.standing.failures >= 1


def test_pauses_double_up_to_the_longest_and_are_never_none(tmp_path: Path) -> None:
    played = play(tmp_path, *[["drop"]] * 6, until=connected(6))
    waited = [after - before for before, after in pairwise(played.feed.opened)]
    assert all(pause >= QUICK.first for pause in waited)
    assert all(pause >= QUICK.longest for pause in waited[2:])


def test_a_line_that_was_healthy_is_opened_again_without_a_long_pause(tmp_path: Path) -> None:
    times = Times(silent=1.0, first=0.01, longest=30.0, healthy=0.0, tick=0.01)
    played = play(tmp_path, *[[LAST, "drop"]] * 12, until=connected(12), times=times)
    assert played.feed.opened[-1] - played.feed.opened[0] < 3.0


def test_a_server_that_is_not_there_is_asked_again(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"ws://127.0.0.1:{free.getsockname()[1]}"
    clock = Clock()
    listener = Listener(
        TICKER, address, Tape(tmp_path, TICKER, clock()), Standing(clock()), lambda _: None,
        lambda _: None, clock, times=QUICK,
    )  # fmt: skip

    async def go() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(listener.run(stop))
        async with asyncio.timeout(5):
            while listener.standing.failures < 3:  # noqa: ASYNC110 - a poll
                await asyncio.sleep(0.005)
        stop.set()
        await running

    asyncio.run(go())
    assert listener.standing.connections == 0
    assert list(tmp_path.iterdir()) == []


def test_stopping_hands_on_what_was_heard(tmp_path: Path) -> None:
    played = play(tmp_path, [subscriptions(), LAST], until=heard(2))
    assert raw(played) == [subscriptions(), LAST]
    assert [path.suffix for path in tmp_path.iterdir()] == [".taken"]


def test_what_the_warehouse_does_not_take_waits_and_lands_later(tmp_path: Path) -> None:
    refusals = [WarehouseError("away"), WarehouseError("away")]

    def take(_: Payload) -> None:
        if refusals:
            raise refusals.pop()

    clock = Clock()
    script = [LAST, clock.shows("03:00:02"), NEXT, BEAT]
    played = play(tmp_path, script, until=first_payload, clock=clock, take=take)
    assert refusals == []
    assert played.closes == {2: 60_100.0}
    assert played.standing.untold == 0


def test_what_the_warehouse_never_takes_is_on_the_disk_for_the_next_process(tmp_path: Path) -> None:
    def away(_: Payload) -> None:
        raise WarehouseError("away")

    clock = Clock()
    first = play(tmp_path, [LAST, NEXT], until=heard(2), clock=clock, take=away)
    assert first.taken == []
    clock.shows("04:00:00")()
    second = play(tmp_path, until=first_payload, clock=clock)
    assert second.closes == {2: 60_100.0}


def test_an_error_that_nobody_foresaw_ends_the_listener_and_loses_nothing(tmp_path: Path) -> None:
    def broken(_: Payload) -> None:
        raise ZeroDivisionError

    clock = Clock()
    script = [LAST, clock.shows("03:00:02"), NEXT, BEAT]
    with pytest.raises(ZeroDivisionError):
        play(tmp_path, script, until=lambda *_: False, clock=clock, take=broken)
    assert any(path.suffix == ".heard" for path in tmp_path.iterdir())


def test_the_standing_is_told_and_says_when_the_last_message_came(tmp_path: Path) -> None:
    clock = Clock()
    played = play(tmp_path, [LAST, "silence"], until=heard(1), clock=clock)
    assert played.told
    assert played.standing.last_message_at == clock()
    assert played.standing.since == clock()
    assert not played.standing.connected
