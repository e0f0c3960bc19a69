"""A local server that answers like Coinbase's candles, and misbehaves on demand.
No expectation here: its rules are the guide's."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

#: status, body, headers
Reply = tuple[int, bytes, dict[str, str]]
_HOUR, _MOST = 3600, 300


@dataclass
class Rest:
    """`held` are the candles by their time; `faults` answer first, one a request; `spoil` changes
    the list before it is sent; `inclusive` says whether the candle at `end` is told."""

    held: dict[int, list[float]] = field(default_factory=dict[int, list[float]])
    faults: list[Reply] = field(default_factory=list[Reply])
    spoil: Callable[[list[list[float]]], Any] = list
    inclusive: bool = True
    asked: list[str] = field(default_factory=list[str])

    def __enter__(self) -> Self:
        rest = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                rest.asked.append(self.path)
                status, body, headers = (
                    rest.faults.pop(0) if rest.faults else rest.answer(self.path)
                )
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(OSError):
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - its name

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def hold(self, *candles: list[float]) -> None:
        self.held |= {int(candle[0]): candle for candle in candles}

    def answer(self, path: str) -> Reply:
        parts = urlsplit(path)
        if parts.path != "/coinbase/products/BTC-USD/candles":
            return refused(404, "NotFound")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if query.get("granularity") != str(_HOUR):
            return refused(400, "Unsupported granularity")
        first, last = (datetime.fromisoformat(query[name]).timestamp() for name in ("start", "end"))
        if (last - first) / _HOUR > _MOST:
            return refused(400, "granularity too small for the requested time range")
        told = [
            self.held[when]
            for when in sorted(self.held, reverse=True)
            if first <= when < last or (self.inclusive and when == last)
        ]
        return 200, json.dumps(self.spoil(told)).encode(), {"Content-Type": "application/json"}


def refused(status: int, message: str) -> Reply:
    return status, json.dumps({"message": message}).encode(), {}
