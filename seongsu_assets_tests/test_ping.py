"""The dead man's switch: asked after every good look, and never told to anybody.
What a look is stands in `test_watch`."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from seongsu_assets.errors import ServiceError
from seongsu_assets.settings import Settings
from seongsu_assets.watching.pinging import ping
from seongsu_assets_tests.watched import Platform


@dataclass
class Switch:
    """Somebody else's dead man's switch."""

    port: int
    status: int = 200
    asked: int = 0


@pytest.fixture
def switch() -> Iterator[Switch]:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked += 1
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        found = Switch(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


def test_the_dead_mans_switch_is_asked_after_every_good_look(
    platform: Platform, switch: Switch
) -> None:
    address = SecretStr(f"http://127.0.0.1:{switch.port}/s3cret")
    platform.watcher.settings = Settings(_env_file=None, ping_url=address)
    platform.looks()
    platform.looks()
    assert switch.asked == 2
    switch.status = 500
    platform.watcher.look()
    assert "answers 500" in platform.watcher.broken["ping"]
    assert "s3cret" not in platform.watcher.broken["ping"]


@pytest.mark.parametrize("address", ["ftp://x/s3cret", "http://127.0.0.1:1/s3cret", "s3cret"])
def test_a_switch_that_cannot_be_asked_is_an_error_without_its_address(address: str) -> None:
    with pytest.raises(ServiceError) as raised:
        ping(Settings(_env_file=None, ping_url=SecretStr(address)))
    assert "s3cret" not in str(raised.value)
    assert raised.value.__cause__ is None
