"""A container says whether its part does what it is for, by asking it.
The answers of real services are in test_services and test_stack."""

import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from seongsu_assets import healthy
from seongsu_assets.errors import ServiceError
from seongsu_assets.ports import free_port


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(HTTPStatus.OK if self.path == "/well" else HTTPStatus.BAD_GATEWAY)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing to tell."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_what_answers_as_it_should_is_well(port: int) -> None:
    assert healthy.healthy(f"port {port}")
    assert healthy.healthy(f"page http://127.0.0.1:{port}/well ok")


def test_what_answers_otherwise_or_not_at_all_is_ill(port: int) -> None:
    nobody = free_port(39_400)
    assert not healthy.healthy(f"page http://127.0.0.1:{port}/well yes")
    assert not healthy.healthy(f"page http://127.0.0.1:{port}/ill ok")
    assert not healthy.healthy(f"port {nobody}")
    assert not healthy.healthy(f"graph http://127.0.0.1:{nobody}")
    assert not healthy.healthy(f"daemons http://127.0.0.1:{nobody}")


def test_a_word_that_nobody_knows_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ServiceError, match="nobody knows how to ask 'gate'"):
        healthy.healthy("gate http://127.0.0.1")


@pytest.mark.parametrize(("asked", "code"), [("", 0), ("port {port}", 0), ("page {port}", 1)])
def test_the_command_of_the_image_ends_with_the_answer(port: int, asked: str, code: int) -> None:
    known = {"SEONGSU_HEALTH": asked.format(port=port if "port" in asked else "http://127.0.0.1:9")}
    command = [sys.executable, "-m", "seongsu_assets.healthy"]
    assert subprocess.run(command, env=known, check=False).returncode == code
