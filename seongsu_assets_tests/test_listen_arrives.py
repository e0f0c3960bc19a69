"""What was heard live enters the warehouse by the door of everything else, and the graph is told.
The line itself is in test_live_listener."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import dagster as dg
import pytest

from seongsu_assets.cli import listen
from seongsu_assets.domain import Domain, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import SeongsuError, ServiceError, WarehouseError
from seongsu_assets.fetching import fetch
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.ingest import ingest
from seongsu_assets.live import standing
from seongsu_assets.live.standing import Standing
from seongsu_assets.metrics.page import exposition
from seongsu_assets.outside import Web
from seongsu_assets.settings import Settings
from seongsu_assets.sources.providers import COINBASE_FEED
from seongsu_assets.warehouse import incidents, observations, settling
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets_tests.coin import (
    DAY,
    MIDNIGHT,
    TICKER,
    at,
    candle,
    candles,
    domain,
    payload,
    ticker,
    told_by_rest,
)
from seongsu_assets_tests.metered import samples

COIN = domain()
CANDLES = COIN.sources[0]
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HEARD = [ticker(1, at("02:59:58"), 60_002.5), ticker(2, at("03:59:00"), 60_003.5),
         ticker(3, at("04:00:01"))]  # fmt: skip


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def events(instance: dg.DagsterInstance) -> list[dg.AssetObservation]:
    told = instance.fetch_observations(dg.AssetKey(["coin", "raw"]), limit=10).records
    return [record.event_log_entry.asset_observation for record in told]  # type: ignore[misc]


def settled(conn: Connection, coin: Domain = COIN) -> dict[int, float]:
    settling.settle(conn, coin, "coin", Window(DAY, DAY), NOW, lambda *_: None, 1)  # type: ignore[arg-type,return-value]
    found = observations.read(conn, "coin")
    return dict(zip(found["hour"], found["value"], strict=True))


def test_a_day_that_is_over_enters_and_its_hour_is_told_as_an_observation(
    conn, warehouse_url: str, instance
) -> None:
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    assert settled(conn) == {2: 60_002.5, 3: 60_003.5}
    (event,) = events(instance)
    assert (event.asset_key.path, event.partition) == (["coin", "raw"], "2026-03-01")
    told = {name: each.value for name, each in event.metadata.items()}
    assert told["audit"] == "accepted"
    assert told["sha256"] == payload(HEARD).sha256
    assert json.loads(told["closes"]) == {"2": 60_002.5, "3": 60_003.5}


def test_an_hour_of_a_day_that_runs_on_is_kept_and_told_and_no_observation_yet(
    conn, warehouse_url: str, instance
) -> None:
    running = payload(HEARD, received_at=at("04:00:02"))
    listen.arrive(warehouse_url, instance, COIN, TICKER, running)
    assert settled(conn) == {}
    assert conn.execute("select count(*) from warehouse.quarantine").fetchone() == (0,)
    assert conn.execute("select body from warehouse.payload").fetchone() == (running.body,)
    (event,) = events(instance)
    assert event.metadata["audit"].value == "nothing new of a day that is over"
    assert event.metadata["hours_proved"].value == 2


def test_the_bytes_of_an_hour_that_are_handed_on_twice_are_kept_once(
    conn, warehouse_url: str, instance
) -> None:
    for _ in range(2):
        listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    assert conn.execute("select count(*) from warehouse.payload").fetchone() == (1,)
    assert conn.execute("select count(*) from warehouse.arrival").fetchone() == (1,)
    assert [event.metadata["audit"].value for event in events(instance)] == [
        "taken in before",
        "accepted",
    ]


def test_what_the_candles_say_counts_and_the_ticker_fills_what_they_lack(
    conn, warehouse_url: str, instance
) -> None:
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    records = [each for each in candles() if each[0] != at("02:00").timestamp()]
    ingest(conn, COIN, "coin", CANDLES, [told_by_rest(records)], now=NOW)
    found = settled(conn)
    assert found[2] == 60_002.5  # the ticker alone knows it
    assert found[3] == 60_003.0  # both know it
    assert len(found) == 24


def test_it_counts_also_where_the_candles_came_first(conn, warehouse_url: str, instance) -> None:
    ingest(conn, COIN, "coin", CANDLES, [told_by_rest(candles())], now=NOW)
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    assert settled(conn)[3] == 60_003.0


def test_the_newest_payload_of_a_day_tells_all_of_it(conn, warehouse_url: str, instance) -> None:
    """The source's last arrival stands for the day, so it must bring the earlier hours along."""
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    more = [*HEARD, ticker(4, at("05:00:00"), 60_004.5), ticker(5, at("06:00:00"))]
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(more))
    assert set(settled(conn)) == {2, 3, 4, 5}


def test_a_day_that_the_claims_refuse_is_told_as_refused(
    conn, warehouse_url: str, instance
) -> None:
    wild = [ticker(n, MIDNIGHT + n * timedelta(hours=1), 1000.0 * 2**n) for n in range(4)]
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(wild))
    (event,) = events(instance)
    assert "price_is_of_this_product" in event.metadata["audit"].value
    assert settled(conn) == {}


def test_what_cannot_be_read_is_kept_and_told(conn, warehouse_url: str, instance) -> None:
    torn = replace(payload(HEARD), body=b"torn")
    listen.arrive(warehouse_url, instance, COIN, TICKER, torn)
    (event,) = events(instance)
    assert "no gzip" in event.metadata["audit"].value
    assert conn.execute("select body from warehouse.payload").fetchone() == (b"torn",)


def test_a_warehouse_that_is_away_is_an_error_that_can_be_waited_out(instance) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(WarehouseError):
        listen.arrive(nowhere, instance, COIN, TICKER, payload(HEARD))


def test_the_age_of_the_last_message_is_in_the_metrics(conn, instance) -> None:
    told = Standing(since=NOW - timedelta(hours=1))
    standing.tell(conn, COIN, told)
    assert samples(exposition(conn, instance, [COIN], NOW))[
        'seongsu_heartbeat_age_seconds{name="live coin"}'
    ] == pytest.approx(3600)
    told.last_message_at, told.messages, told.connections = NOW - timedelta(seconds=7), 42, 3
    standing.tell(conn, COIN, told)
    page = samples(exposition(conn, instance, [COIN], NOW))
    assert page['seongsu_heartbeat_age_seconds{name="live coin"}'] == pytest.approx(7)
    row = conn.execute("select detail from warehouse.heartbeat where name = 'live coin'").fetchone()
    assert row
    detail = json.loads(row[0])
    assert (detail["messages"], detail["reconnects"], detail["gaps"]) == (42, 2, 0)


def test_a_source_that_is_not_asked_says_nothing_of_the_drop_folder(conn) -> None:
    torn = Symptom("coin", "file_refused", "torn.csv", "it is torn", owner="team:data")
    incidents.reconcile(conn, "coin", {"file_refused"}, [torn], NOW)
    alone = replace(COIN, sources=[TICKER])
    fetch(conn, alone, Window(DAY, DAY), cast("Web", None), lambda _: None)
    assert [each.symptom.subject for each in incidents.open_incidents(conn)] == ["torn.csv"]


def test_a_domain_without_a_live_source_says_so() -> None:
    assert listen.live(COIN) is TICKER
    with pytest.raises(SeongsuError, match="no source of seongsu tells by itself"):
        listen.live(SEONGSU)


def test_in_a_rehearsal_the_feed_is_the_rehearsals_server() -> None:
    assert listen.address_of(COINBASE_FEED, Settings(_env_file=None)) == (
        "wss://ws-feed.exchange.coinbase.com"
    )
    rehearsed = Settings(_env_file=None, upstream="http://127.0.0.1:8099/")
    assert listen.address_of(COINBASE_FEED, rehearsed) == "ws://127.0.0.1:8099/coinbase_feed"


def test_two_processes_do_not_write_one_tape(tmp_path: Path) -> None:
    with listen.alone(tmp_path / "coin"):  # noqa: SIM117 - the second is refused
        with pytest.raises(ServiceError, match="listens already"), listen.alone(tmp_path / "coin"):
            pass
    with listen.alone(tmp_path / "coin") as folder:
        assert folder.is_dir()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it(number: int) -> None:
    stopped = list[bool]()

    async def run(stop: asyncio.Event) -> None:
        os.kill(os.getpid(), number)
        async with asyncio.timeout(2):
            await stop.wait()
        stopped.append(True)

    asyncio.run(listen._until_told(run))
    assert stopped == [True]


def test_a_price_at_the_door_is_that_of_the_payload(conn, warehouse_url: str, instance) -> None:
    """Two days in one process: each keeps its own."""
    other = DAY - timedelta(days=1)
    heard = [ticker(1, at("02:59:58", other)), ticker(2, at("03:00:00", other))]
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(heard, day=other))
    listen.arrive(warehouse_url, instance, COIN, TICKER, payload(HEARD))
    ingest(conn, COIN, "coin", CANDLES, [told_by_rest([candle(MIDNIGHT)])], now=NOW)
    rows = conn.execute(
        """select business_date, hour, value from warehouse.arrival a
           join warehouse.arrival_row r on r.arrival_id = a.id
           where source = 'coinbase_ticker' order by 1, 2"""
    ).fetchall()
    assert rows == [(other, 2, 60_001.0), (DAY, 2, 60_002.5), (DAY, 3, 60_003.5)]
