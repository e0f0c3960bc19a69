"""The slow proof of `seongsu listen`: a real process, signal, kill, warehouse and instance.
What single messages and lines do is in `test_coinbase_hours` and `test_live_listener`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import dagster as dg
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import running
from seongsu_assets_tests.coin import heartbeat, subscriptions, ticker
from seongsu_assets_tests.servers import ask, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
#: The command in a process in which the coin is a domain like any other.
COMMAND = """
import sys
from seongsu_assets import domains
from seongsu_assets_tests.coin import domain
domains.DOMAINS = {"coin": domain()}
sys.argv = ["seongsu", "listen", "coin"]
from seongsu_assets.cli import main
main()
"""


class Market:
    """A trade and a heartbeat every twentieth of a second, to whoever subscribes."""

    def __init__(self) -> None:
        self.trades = 0
        self.subscribed = list[str]()
        self.over = Event()

    def serve(self, connection: ServerConnection) -> None:
        try:
            self.subscribed.append(str(connection.recv()))
            connection.send(subscriptions().decode())
            while not self.over.wait(0.05):
                self.trades += 1
                now = datetime.now(UTC)
                connection.send(ticker(self.trades, now).decode())
                connection.send(heartbeat(self.trades, now).decode())
        except ConnectionClosed:
            return


@pytest.fixture
def market() -> Iterator[tuple[Market, str]]:
    told = Market()
    with serve(told.serve, "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        port = server.socket.getsockname()[1]
        yield told, f"http://127.0.0.1:{port}"
        told.over.set()
        server.shutdown()
        thread.join()


@contextmanager
def listening(home: Path, upstream: str, port: int) -> Iterator[subprocess.Popen[str]]:
    known = {
        "SEONGSU_HOME": str(home), "SEONGSU_UPSTREAM": upstream, "NO_PROXY": "127.0.0.1",
        "SEONGSU_POSTGRES_PORT": str(port), "PYTHONPATH": str(Path(__file__).parents[1]),
    }  # fmt: skip
    with (home.parent / "said").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", COMMAND], env=os.environ | known, text=True,
            stdout=said, stderr=said, cwd=Path(__file__).parents[1],
        )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_kill_loses_nothing_that_was_heard_and_a_signal_stops_it_cleanly(
    tmp_path: Path, market: tuple[Market, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told, upstream = market
    home, port = tmp_path / "home", free_port(20_000 + os.getpid() % 1000 * 8)
    home.mkdir()
    tape = home / "live" / "coin"

    def heard() -> int:
        return sum(path.stat().st_size for path in tape.glob("*.open"))

    with running(home, port) as server:
        with listening(home, upstream, port) as process:
            assert eventually(lambda: heard() > 2_000, 120), (tmp_path / "said").read_text()
            process.send_signal(signal.SIGKILL)
            process.wait()
        kept = b"".join(path.read_bytes() for path in tape.glob("*.open"))
        with listening(home, upstream, port) as process:
            assert eventually(lambda: len(told.subscribed) == 2 and heard() > 4_000, 120)
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0, (tmp_path / "said").read_text()
        url = server.url("seongsu")
        payloads = ask(url, "select sha256 from warehouse.payload order by id")
        assert payloads is not None
        assert len(payloads) >= 2
        (detail,) = ask(url, "select detail from warehouse.heartbeat where name = 'live coin'")[0]
        assert json.loads(detail)["messages"] > 20
        monkeypatch.setenv("SEONGSU_DAGSTER_URL", server.url("dagster", "postgresql+psycopg2"))
        with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
            records = instance.fetch_observations(dg.AssetKey(["coin", "raw"]), limit=10).records
            told_of = {
                record.event_log_entry.asset_observation.metadata["sha256"].value  # type: ignore[union-attr]
                for record in records
            }
        assert told_of == {sha for (sha,) in payloads}
    assert kept.count(b'"ticker"') > 5
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_it_says_what_it_hears_no_longer(tmp_path: Path) -> None:
    """Nobody is there: it goes on asking, with pauses, until it is told to stop."""
    home, port = tmp_path / "home", free_port(21_000 + os.getpid() % 1000 * 8)
    home.mkdir()
    nowhere = f"http://127.0.0.1:{free_port(30_000)}"
    with running(home, port), listening(home, nowhere, port) as process:
        said = tmp_path / "said"
        assert eventually(lambda: said.read_text().count("the line is lost") >= 2, 120)
        began = datetime.now(UTC)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert datetime.now(UTC) - began < timedelta(seconds=15)
        assert said.read_text().count("the line is lost") < 20
