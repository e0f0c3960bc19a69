"""The watcher's two pages: /metrics for Prometheus, /healthz for whoever asks.
What the metrics are is said in `metrics`; nothing is changed by asking."""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from seongsu_assets import clock
from seongsu_assets.errors import SeongsuError, ServiceError
from seongsu_assets.metrics.page import CONTENT_TYPE, exposition
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets.watching.look import Watcher

#: A watcher that has not looked for so long hangs.
HANGS_SECONDS = 600.0
Answer = tuple[HTTPStatus, str, bytes]


@contextmanager
def serving(watcher: Watcher, host: str, port: int) -> Generator[int]:
    """Serve the pages on an address of this machine while inside; the true port. Raises
    ServiceError when it is taken."""

    class Page(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            status, kind, body = answer(watcher, self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Every scrape is no news."""

    try:
        server = ThreadingHTTPServer((host, port), Page)
    except OSError as error:
        raise ServiceError(
            f"port {port} is taken", remedy="stop the other watcher, or set SEONGSU_WATCH_PORT"
        ) from error
    server.daemon_threads = True
    with server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def answer(watcher: Watcher, path: str) -> Answer:
    """What a page says: status, type and body."""
    match path.partition("?")[0]:
        case "/healthz":
            return _health(watcher)
        case "/metrics":
            return _metrics(watcher)
        case _:
            return HTTPStatus.NOT_FOUND, "text/plain", b"/metrics and /healthz are here\n"


def _metrics(watcher: Watcher) -> Answer:
    try:
        with connect(watcher.url) as conn:
            told = exposition(conn, watcher.instance, watcher.domains, clock.now())
    except SeongsuError as error:
        return HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", f"{error}\n".encode()
    return HTTPStatus.OK, CONTENT_TYPE, told


def _health(watcher: Watcher) -> Answer:
    """200 while the watcher looks and every part of its last look was done."""
    last = watcher.looked_at
    hangs = last is None or time.monotonic() - last > HANGS_SECONDS
    good = not hangs and not watcher.broken
    told = {
        "status": "ok" if good else "hangs" if hangs else "broken",
        "broken": sorted(watcher.broken),
    }
    status = HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE
    return status, "application/json", json.dumps(told).encode() + b"\n"
