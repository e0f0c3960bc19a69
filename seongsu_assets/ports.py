"""Ports on this machine: which are free.
Nothing here opens a port to stay, and nothing here knows what a port is for."""

import socket
from contextlib import suppress

from seongsu_assets.errors import ServiceError

TRIES = 100
LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server may listen on 127.0.0.1:`port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((LOOPBACK, port))
            return True
    return False


def free_port(wished: int, avoid: tuple[int, ...] = ()) -> int:
    """The wished port, or the next one that is free and not to be avoided.
    Raises ServiceError when a hundred in a row are taken."""
    for port in range(wished, wished + TRIES):
        if port not in avoid and is_free(port):
            return port
    raise ServiceError(
        f"the ports {wished} to {wished + TRIES - 1} are all taken", remedy="set another port"
    )
