"""An API for tests of the operator's page: it answers as it is told, and keeps what it was asked.
No assertion is made here."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

from seongsu_assets_tests.adjusting import BY

KEY = "s3cret-of-the-operator"


class Api:
    """Answers as it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[SimpleNamespace] = []
        self.answers: dict[str, tuple[int, Any]] = {"/key": (200, {"fingerprint": BY})}
        self.headers: dict[str, str] = {}
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer()

            def do_POST(self) -> None:
                self.answer()

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                key = self.headers.get("authorization")
                told = json.loads(body) if body else None
                api.asked.append(SimpleNamespace(path=self.path, key=key, body=told))
                status, said = api.answers.get(self.path, (200, {}))
                if key != f"Bearer {KEY}" and status == 200:
                    status, said = 401, {"detail": "hidden"}
                sent = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                for name, value in api.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
