"""A channel that fails, hangs, dies or is none: what becomes of it, and that no address is shown.
What the channels that work are told is asked in `test_alerts`."""

import logging
import time
from itertools import pairwise

import pytest

from seongsu_assets import alerts
from seongsu_assets.alerts.channels import channels
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets_tests.planted import everything
from seongsu_assets_tests.receiver import TOKEN, Receiver
from seongsu_assets_tests.telling import MINUTE, NOW, STALE, WORSE, places


@pytest.mark.parametrize("temper", [500, 404, 302])
def test_a_channel_that_fails_is_tried_again_later_each_time_and_the_others_hear_at_once(
    conn: Connection, receiver: Receiver, temper: int
) -> None:
    told = places(receiver.url("bad"), receiver.url("good"))
    receiver.temper["bad"] = temper
    incidents.report(conn, STALE, NOW)
    tries: list[int] = []
    for minute in range(100):
        before = receiver.tried["bad"]
        alerts.tell(conn, told, NOW + minute * MINUTE)
        if receiver.tried["bad"] > before:
            tries.append(minute)
    assert [b - a for a, b in pairwise(tries)] == [1, 2, 4, 8, 16, 32, 32]
    assert receiver.titles("good")[0] == "[seongsu] The forecast is stale"
    assert receiver.tried["elsewhere"] == 0
    details = conn.execute(
        "select distinct detail from warehouse.delivery where outcome = 'failed'"
    )
    assert details.fetchall() == [(f"answered {temper}",)]


def test_a_channel_that_hangs_holds_no_other(conn: Connection, receiver: Receiver) -> None:
    told = places(receiver.url("bad", options="?rto=30"), receiver.url("good"))
    alerts.tell(conn, told, NOW)  # what is slow once, such as loading apprise
    receiver.temper["bad"] = "hang"
    incidents.report(conn, STALE, NOW)
    incidents.report(conn, WORSE, NOW)
    began = time.monotonic()
    alerts.tell(conn, told, NOW, patience=1.5)
    assert 1.4 < time.monotonic() - began < 4
    assert len(receiver.told["good"]) == 2
    assert receiver.told["good"][-1].at - began < 1
    assert receiver.tried["bad"] == 1
    failed = conn.execute("select channel, detail from warehouse.delivery where outcome = 'failed'")
    assert failed.fetchall() == [("json for everyone", "no answer in 2 s")]


def test_a_dead_channel_is_an_incident_that_the_others_tell_and_that_closes_when_it_answers(
    conn: Connection, receiver: Receiver
) -> None:
    told = places(receiver.url("bad"), receiver.url("good"))
    receiver.temper["bad"] = 500
    incidents.report(conn, STALE, NOW)
    for minute in range(10):
        alerts.tell(conn, told, NOW + minute * MINUTE)
    [dead] = incidents.open_incidents(conn, "platform")
    assert (dead.kind, dead.subject) == ("channel_dead", "json for everyone")
    assert dead.what.endswith("answered 500.")
    name = "A channel of alerts is dead: json for everyone"
    assert receiver.titles("good") == ["[seongsu] The forecast is stale", f"[platform] {name}"]
    del receiver.temper["bad"]
    for minute in range(10, 20):
        alerts.tell(conn, told, NOW + minute * MINUTE)
    assert incidents.open_incidents(conn, "platform") == []
    assert receiver.titles("good")[2:] == [f"[platform] Recovered: {name}"]
    assert receiver.titles("bad") == ["[seongsu] The forecast is stale"], "nothing of its own death"


def test_an_entry_that_is_no_address_is_a_dead_channel_and_the_others_serve(
    conn: Connection, receiver: Receiver
) -> None:
    told = places(f"nonsense-{TOKEN}", f"warble://{TOKEN}", receiver.url("good"))
    for minute in range(2):
        alerts.tell(conn, told, NOW + minute * MINUTE)
    dead = [each.subject for each in incidents.open_incidents(conn, "platform")]
    assert dead == ["entry 1", "entry 2"]
    assert len(receiver.titles("good")) == 2


def test_no_address_is_found_in_any_row_log_or_repr(
    conn: Connection,
    receiver: Receiver,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("apprise", "urllib3.connectionpool"):
        caplog.set_level(logging.DEBUG, logger=name)
    told = places(
        receiver.url("bad"), receiver.url("hangs", options="?rto=0.2"), receiver.url("good"),
        f"json://127.0.0.1:9/{TOKEN}", f"team:ml=discord://{TOKEN}", f"tgram://{TOKEN}/%zz",
        f"mailto://u:{TOKEN}@127.0.0.1:9?from=y@example.org&to=x@example.org", f"nonsense-{TOKEN}",
    )  # fmt: skip
    receiver.temper |= {"bad": 500, "hangs": "hang"}
    incidents.report(conn, STALE, NOW)
    for minute in range(8):
        alerts.tell(conn, told, NOW + minute * MINUTE)
    assert len(receiver.titles("good")) > 3
    said = caplog.text + "".join(capfd.readouterr()) + repr(channels(told))
    rows = [(table, row) for table, row in everything(conn) if TOKEN.encode() in row]
    assert rows == []
    assert TOKEN not in said
    assert "127.0.0.1" not in said
