"""The HTTP side: threads, connections, latency, and how a reply gets onto the wire.
Nothing of what is answered."""

import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from seongsu_assets_tests.upstream.wire import Reply

#: What answers a target such as /seoul/key/json/..., path and query as sent.
Answerer = Callable[[str], Reply]

_PIECES = 20


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 from the start; `serve` and `stop` run it in a thread of its own."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, answer: Answerer) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.answer = answer
        self.stopping = threading.Event()
        self.failures: list[Exception] = []
        self.connections: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="upstream")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def serve(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends waiting replies and open connections, then every thread."""
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        for connection in list(self.connections):
            hang_up(connection)
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - as given
        """A client that goes away in the middle is no error of the server's; all else is."""
        failure = sys.exc_info()[1]
        if isinstance(failure, Exception) and not isinstance(failure, OSError):
            self.failures.append(failure)


class Handler(BaseHTTPRequestHandler):
    """One connection, kept open between requests as long as the client likes."""

    server: Server  # pyright: ignore[reportIncompatibleVariableOverride] - always ours
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)
        if self.server.stopping.is_set():
            hang_up(self.connection)  # it came while the others were being closed

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        try:
            super().finish()
        except OSError:
            self.close_connection = True  # the client went away before the last bytes

    def do_GET(self) -> None:
        try:
            reply = self.server.answer(self.path)
        except Exception as failure:  # noqa: BLE001 - raised when the server is stopped
            self.server.failures.append(failure)
            reply = Reply(500, f"the upstream itself failed: {failure!r}".encode(), "text/plain")
        if reply.wait:
            self.server.stopping.wait(reply.wait)
        if reply.hang_up or self.server.stopping.is_set():
            self.close_connection = True
            hang_up(self.connection)
            return
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        pieces = _PIECES if reply.drip else 1
        size = max(1, -(-len(reply.body) // pieces))
        for start in range(0, len(reply.body), size):
            self.wfile.write(reply.body[start : start + size])
            if reply.drip:
                self.wfile.flush()
                self.server.stopping.wait(reply.drip / pieces)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it overrides
        """Silent: `Upstream.requests` is the log."""


def hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already gone
