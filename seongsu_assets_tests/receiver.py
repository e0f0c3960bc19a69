"""A receiver of alerts on this machine: real HTTP, a place for each channel, each with a temper.
No assertion is made here."""

import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

#: In every address; with what a URL, a log or a shell may mangle.
TOKEN = "witchhazel-tok3n"


@dataclass(frozen=True)
class Told:
    """A message that came in, at what instant of the machine."""

    title: str
    body: str
    tone: str
    at: float


@dataclass
class Receiver:
    """Places are made by naming them. `temper`: the status that a place answers with, or `hang`."""

    temper: dict[str, int | str] = field(default_factory=dict[str, int | str])
    latency: float = 0.0
    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _over: threading.Event = field(default_factory=threading.Event)

    def url(self, place: str, owner: str = "", options: str = "") -> str:
        """The entry of a place in the setting."""
        host = f"127.0.0.1:{self._server.server_port}"
        entry = f"json://user:{TOKEN}@{host}/{place}/{TOKEN}{options}"
        return f"{owner}={entry}" if owner else entry

    def titles(self, place: str) -> list[str]:
        """What the place has taken, in the order of its coming."""
        return [each.title for each in self.told[place]]

    def post(self, handler: BaseHTTPRequestHandler) -> None:
        place = handler.path.split("/")[1]
        body: dict[str, Any] = json.loads(
            handler.rfile.read(int(handler.headers["Content-Length"]))
        )
        self.tried[place] += 1
        time.sleep(self.latency)
        temper = self.temper.get(place, 200)
        if temper == "hang":
            self._over.wait()
            return
        assert isinstance(temper, int)
        if temper == 200:
            told = Told(body["title"], body["message"], body["type"], time.monotonic())
            self.told[place].append(told)
        handler.send_response(temper)
        if temper == 302:
            handler.send_header("Location", f"/elsewhere/{TOKEN}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def __enter__(self) -> Self:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.post(self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
