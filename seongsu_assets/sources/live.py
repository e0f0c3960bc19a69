"""The words for a source that is listened to, and how what was heard is kept: lines in a gzip.
No socket, no file and no meaning of any message here."""

import gzip
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from seongsu_assets.domain import Parsed, Payload, Source
from seongsu_assets.errors import SourceError
from seongsu_assets.outside import Provider
from seongsu_assets.sources.tables import LARGEST

#: What a message was. `gap`: a heartbeat by which something never came that should have;
#: `repeated`: news that came twice or late; `refusal`: the source will not tell.
Kind = Literal["news", "repeated", "heartbeat", "gap", "other", "refusal", "unreadable"]


@dataclass(frozen=True)
class Heard:
    """What one message was, and why where it was a refusal."""

    kind: Kind
    reason: str = ""

    @property
    def alive(self) -> bool:
        """Whether the connection proved that it lives: news alone may be the last there is."""
        return self.kind in {"heartbeat", "gap"}


class Hearing(Protocol):
    """All that was heard so far, on one connection after the other; pure."""

    def opened(self, connection: str, line: bytes) -> None:
        """What is heard from here on came on this connection, new or known; `line` opens it."""
        ...

    def heard(self, raw: bytes) -> Heard: ...

    def settled(self, hour: datetime) -> bool:
        """Whether all is known of the hour that begins then."""
        ...

    def evidence(self, since: datetime) -> Iterable[bytes]:
        """So many lines, each connection's after the one that opened it, that who reads these
        alone knows the same of all that was from `since` on."""
        ...

    def forget(self, before: datetime) -> None: ...


@runtime_checkable
class Live(Source, Protocol):
    """A source that tells by itself. A payload is what was heard in one hour, under the evidence
    of the day's earlier hours: so the newest payload of a day tells all of it."""

    @property
    def provider(self) -> Provider:
        """Whose address begins with wss:// or ws://."""
        ...

    def subscription(self) -> str:
        """What is said first on a new connection."""
        ...

    def hearing(self) -> Hearing: ...

    def parse(self, payload: Payload) -> Parsed: ...


def opening(connection: str, at: datetime) -> bytes:
    """The line of ours under which the messages of a connection stand."""
    return json.dumps({"connection": connection, "opened_at": at.isoformat()}).encode()


def connection_of(line: bytes) -> str | None:
    """The connection that this line opens; None for a message."""
    if not line.startswith(b'{"connection":'):
        return None
    try:
        said = json.loads(line)
    except ValueError:
        return None
    own = isinstance(said, dict) and set(said) == {"connection", "opened_at"}
    return str(said["connection"]) if own else None


def read(hearing: Hearing, line: bytes) -> Heard | None:
    """Hear again what was kept; None for a line of ours."""
    connection = connection_of(line)
    if connection is None:
        return hearing.heard(line)
    hearing.opened(connection, line)
    return None


def pack(lines: bytes) -> bytes:
    """The body of a payload: the same lines are the same bytes."""
    return gzip.compress(lines, mtime=0)


def unpack(payload: Payload) -> list[bytes]:
    """The lines again. A message that was itself written in several lines is several here.

    SourceError for what `pack` did not make, and for more than a file may hold."""
    stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = stream.decompress(payload.body, LARGEST + 1)
    except zlib.error as error:
        raise SourceError(
            f"{payload.request} is no gzip of what was heard: {error}", remedy="see who wrote it"
        ) from error
    if len(body) > LARGEST or not stream.eof:
        raise SourceError(
            f"{payload.request} is torn, or larger than {LARGEST:,} bytes",
            remedy="see who wrote it",
        )
    return [line for line in body.split(b"\n") if line]
