"""A server that answers as it is told: over real sockets, byte by byte if need be.
No provider's envelope here, and no tests."""

import gzip
import socketserver
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote

#: What is said to one request, given its head: the pieces of the answer, as they go out.
Behaviour = Callable[[str], Iterator[bytes]]
#: How a client begins who takes this for the port of https.
TLS = b"\x16"


@dataclass
class Misbehaving:
    """The running server: where it listens, and the head of each request that it was sent."""

    port: int = 0
    heads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def targets(self) -> list[str]:
        """What was asked for, as it stood on the wire."""
        return [head.split(" ")[1] for head in self.heads]


@contextmanager
def misbehaving(
    *behaviours: Behaviour, tls: ssl.SSLContext | None = None
) -> Generator[Misbehaving]:
    """The n-th request meets the n-th behaviour, all further ones the last; then it hangs up."""
    server = Misbehaving()
    turn = iter([*behaviours[:-1]])
    lock = threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # the client may go away: some tests are about that
                if self.rfile.peek(1).startswith(TLS):
                    self.wfile.write(head(400))
                    return
                asked = "".join(
                    line.decode("latin-1") for line in iter(self.rfile.readline, b"\r\n")
                )
                with lock:
                    server.heads.append(asked)
                    behaviour = next(turn, behaviours[-1])
                for piece in behaviour(asked):
                    self.wfile.write(piece)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Handler) as running:
        server.port = running.server_address[1]
        if tls:
            running.socket = tls.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()


def says(body: bytes = b"{}", status: int = 200, after: float = 0.0, **headers: str) -> Behaviour:
    """A well-formed answer; `_` in a header's name stands for `-`."""

    def behaviour(_: str) -> Iterator[bytes]:
        time.sleep(after)
        yield head(status, Content_Length=str(len(body)), **headers) + body

    return behaviour


def packed(body: bytes) -> Behaviour:
    return says(gzip.compress(body), Content_Encoding="gzip")


def head(status: int = 200, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} So", "Connection: close"]
    lines += (f"{k.replace('_', '-')}: {v}" for k, v in headers.items())
    return "\r\n".join([*lines, "", ""]).encode()


def raw(*pieces: bytes, every: float = 0.0) -> Behaviour:
    """These bytes, a pause of `every` seconds after each, and nothing else."""

    def behaviour(_: str) -> Iterator[bytes]:
        for piece in pieces:
            yield piece
            time.sleep(every)

    return behaviour


def hangs_up(_: str) -> Iterator[bytes]:
    return iter(())


def drips(before: bytes = b"", every: float = 0.05, bytes_in_all: int = 200) -> Behaviour:
    """`before` at once, then single bytes: each in time, all of them far too late."""
    return raw(before, *[b"x"] * bytes_in_all, every=every)


def bomb(mebibytes: int) -> Behaviour:
    """Zeros that unpack to so many MiB from a thousandth of it. After a full flush the packed block
    can be repeated, which is much faster than packing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    gzip_head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return raw(head(Content_Encoding="gzip"), gzip_head, *[block] * mebibytes)


def echoes(status: int = 200) -> Behaviour:
    """What was asked for, as it stood on the wire and decoded, in the body and in headers."""

    def behaviour(asked: str) -> Iterator[bytes]:
        target = asked.split(" ")[1]
        body = f'{{"asked": "{target}", "that is": "{unquote(target)}"}}'.encode()
        where = f"http://elsewhere.invalid{target}"
        yield head(status, Content_Length=str(len(body)), Location=where, X_Asked=target) + body

    return behaviour
