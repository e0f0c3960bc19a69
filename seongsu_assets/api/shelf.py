"""Answers as bytes, ready to be sent again while nothing that they tell of has changed.
What they say is not known here."""

import hashlib
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starlette.types import Send

#: Answers kept, and characters of all their bodies.
MOST, LARGEST = 1024, 64_000_000
#: A cache may keep an answer, but asks each time whether it still holds.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes]


@dataclass(frozen=True)
class Entry:
    """An answer of one generation; `until` by the monotonic clock, for what changes by itself."""

    body: bytes
    generation: int
    until: float
    etag: bytes = field(default=b"")
    headers: Headers = field(default_factory=Headers)

    @classmethod
    def of(cls, value: Any, generation: int, seconds: float | None) -> "Entry":
        body = json.dumps(
            value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_iso
        ).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()
        until = float("inf") if seconds is None else time.monotonic() + seconds
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"etag", etag),
            (b"cache-control", CACHE_CONTROL.encode()),
        ]
        return cls(body, generation, until, etag, headers)

    async def send(self, known: bytes, send: Send) -> None:
        """The answer, or 304 where If-None-Match says that it is `known`."""
        same = known == b"*" or self.etag in {
            each.strip().removeprefix(b"W/") for each in known.split(b",")
        }
        status, body = (304, b"") if same else (200, self.body)
        headers = self.headers[2:] if same else self.headers
        await send({"type": "http.response.start", "status": status, "headers": [*headers]})
        await send({"type": "http.response.body", "body": body})


def _iso(value: object) -> str:
    """Days and moments as ISO 8601 writes them."""
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an answer")


class Shelf:
    """The answers of one generation, those asked for longest ago the first to go."""

    def __init__(self) -> None:
        self._held: OrderedDict[Key, Entry] = OrderedDict()
        self._size = 0

    def get(self, key: Key, generation: int) -> Entry | None:
        entry = self._held.get(key)
        if entry is None:
            return None
        if entry.generation != generation or entry.until < time.monotonic():
            self._drop(key)
            return None
        self._held.move_to_end(key)
        return entry

    def put(self, key: Key, entry: Entry) -> None:
        if key in self._held:
            self._drop(key)
        self._held[key] = entry
        self._size += len(entry.body)
        while len(self._held) > MOST or self._size > LARGEST:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Key) -> None:
        self._size -= len(self._held.pop(key).body)
