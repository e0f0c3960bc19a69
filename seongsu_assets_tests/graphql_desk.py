"""A server that stands for Dagster's webserver: it hears what is asked, and says what it is told.
No assertion is made here."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

LAUNCHED = {"data": {"launchRun": {"__typename": "LaunchRunSuccess", "run": {"runId": "r-1"}}}}


@dataclass
class GraphqlDesk:
    """`answer` is what it says next, after `delay` seconds; `asked` what it heard."""

    url: str = ""
    answer: Any = field(default_factory=lambda: LAUNCHED)
    status: int = 200
    delay: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def graphql_desk() -> Iterator[GraphqlDesk]:
    """The server while inside."""
    desk = GraphqlDesk()

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            desk.asked.append(json.loads(self.rfile.read(length)))
            body = json.dumps(desk.answer).encode()
            time.sleep(desk.delay)
            self.send_response(desk.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing of it is news."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        desk.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield desk
        server.shutdown()
        thread.join()
