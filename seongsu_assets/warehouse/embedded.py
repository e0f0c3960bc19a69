"""A PostgreSQL server of our own under the home folder, shared by all processes that use it.
No tables and no queries here, and no way to make the data folder: see cluster.py.

Two locks carry everything, and the kernel frees both when a process is killed. `lease` is held
shared by each user; the guard stops the server once nobody holds it. `alive` is inherited by the
guard, the server and its backends: while it is free, no process of ours touches the data.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg

from seongsu_assets import guard
from seongsu_assets.errors import ServiceError
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse import cluster as clusters
from seongsu_assets.warehouse import databases

LIMIT_SECONDS = 60.0  # recovery after a power cut may take long on a slow disk
STOP_SECONDS = 20.0
LOG_BYTES = 10_000_000
ATTEMPTS = 3


@dataclass(frozen=True)
class Server:
    """A server that is up. The port is the true one, not the wished one."""

    port: int
    folder: Path
    password: str = field(repr=False)

    def url(self, database: str, scheme: str = "postgresql") -> str:
        """An address with the password in it: for environments, never for command lines."""
        return f"{scheme}://{clusters.ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"

    def ensure_database(self, name: str) -> None:
        """Create the database unless it exists; safe when two processes ask at once."""
        databases.ensure(self.url(name))

    def revive(self) -> bool:
        """Start it again, on the same port, if it died; whether that was needed."""
        if _port(self.folder) == self.port and _locked(self.folder / "alive"):
            return False
        if _ensure_up(self.folder, self.port).port != self.port:
            raise ServiceError(
                f"PostgreSQL died and its port {self.port} is taken",
                remedy="start everything again",
            )
        return True


@contextmanager
def running(home: Path, port: int) -> Generator[Server]:
    """The server of this home, started unless it is up. The last user who leaves stops it.
    Raises ServiceError when it cannot be started."""
    folder = home.expanduser().absolute() / "postgres"
    with _open_lease(folder) as lease:
        _until(lambda: guard.lock(lease, fcntl.LOCK_SH), "the previous server did not stop")
        try:
            yield _ensure_up(folder, port)
        finally:
            fcntl.flock(lease, fcntl.LOCK_UN)
            _wait_if_last(folder)


def _open_lease(folder: Path) -> IO[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clusters.owner(folder / "cluster")
        return (folder / "lease").open("a")
    except PermissionError as error:
        raise ServiceError(
            f"{folder} cannot be written: {error}",
            remedy="run as the user who made it, or set SEONGSU_HOME to a folder of your own",
        ) from error


def _ensure_up(folder: Path, wished: int) -> Server:
    """Start the server unless it answers. Of several processes, whoever gets `alive` starts it."""
    deadline = time.monotonic() + LIMIT_SECONDS
    attempts = 0
    while time.monotonic() < deadline:
        if (server := _answering(folder)) is not None:
            return server
        with (folder / "alive").open("a") as alive:
            if guard.lock(alive, fcntl.LOCK_EX):
                if attempts == ATTEMPTS:
                    break
                attempts += 1
                _start(folder, wished, alive.fileno())
        time.sleep(0.02)
    raise ServiceError(
        f"PostgreSQL did not start: {_tail(folder)}", remedy=f"read {_log(folder)}, then try again"
    )


def _start(folder: Path, wished: int, alive: int) -> None:
    """Start a guard that holds the server. The caller has locked `alive`, which they inherit."""
    cluster = folder / "cluster"
    user = clusters.owner(cluster)
    clusters.ensure(cluster, user, alive)
    _forget_stranger(cluster / "data")
    settings = {
        "port": _choose_port(folder, wished),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",  # one door, with a password
        "timezone": "UTC",
        "max_parallel_workers_per_gather": 0,  # needs more shared memory than containers give
        "recovery_init_sync_method": "syncfs" if os.uname().sysname == "Linux" else "fsync",
    }
    with clusters.reach(cluster, user) as way, _open_log(folder) as log:
        server = [str(clusters.programs(user) / "postgres"), "-D", f"{way.path}/data"]
        server += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        subprocess.run(  # noqa: S603 - our own binary, no shell
            guard.command_line(
                server,
                lease=folder / "lease",
                stop=signal.SIGINT,  # on SIGTERM it would wait for its clients
                grace=STOP_SECONDS,
                user=user,
            ),
            pass_fds=(*way.files, alive),
            env=clusters.environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=True,
        )


def _choose_port(folder: Path, wished: int) -> int:
    """The wished port. While another program has it, the one used last time, or the next free."""
    memory = folder / "port"
    port = free_port(wished)
    if port != wished and memory.exists():
        port = free_port(int(memory.read_text()))
    memory.write_text(str(port))
    return port


def _forget_stranger(data: Path) -> None:
    """Remove a `postmaster.pid` that is torn or names a living process which is no server of this
    folder (its number was given anew): PostgreSQL would refuse to start. A dead one it handles."""
    file = data / "postmaster.pid"
    if not file.exists() or not Path("/proc/self").exists():
        return
    first = file.read_text().partition("\n")[0]
    place = Path("/proc", first, "cwd")
    try:
        ours = bool(first) and place.readlink() == data.resolve()
    except FileNotFoundError:
        return
    except PermissionError:
        ours = False
    if not ours:
        file.unlink()


def _answering(folder: Path) -> Server | None:
    """The server of this folder if it accepts us now."""
    if (port := _port(folder)) is None or not _locked(folder / "alive"):
        return None
    password = (folder / "cluster" / "password").read_text()
    server = Server(port, folder, password)
    try:
        psycopg.connect(server.url("postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return None
    return server


def _port(folder: Path) -> int | None:
    """What a server that is ready wrote into its own file."""
    try:
        lines = (folder / "cluster" / "data" / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    return int(lines[3]) if len(lines) > 7 and lines[7].strip() == "ready" else None  # noqa: PLR2004 - the file's layout


def _wait_if_last(folder: Path) -> None:
    """Return once the server is gone, at once if somebody else still uses it."""

    def settled() -> bool:
        if not _locked(folder / "alive"):
            return True
        with (folder / "lease").open("a") as lease:
            # locked alone by the guard: it is stopping; lockable alone: it is about to
            return guard.lock(lease, fcntl.LOCK_SH) and not guard.lock(lease, fcntl.LOCK_EX)

    _until(settled, "PostgreSQL did not stop")


def _until(reached: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not reached():
        if time.monotonic() > deadline:
            raise ServiceError(otherwise, remedy="look for a `postgres` process and end it")
        time.sleep(0.02)


def _locked(path: Path) -> bool:
    """Whether somebody holds this lock alone or shared."""
    with path.open("a") as file:
        return not guard.lock(file, fcntl.LOCK_EX)


def _log(folder: Path) -> Path:
    return folder.parent / "logs" / "postgres.log"


def _open_log(folder: Path) -> IO[bytes]:
    path = _log(folder)
    path.parent.mkdir(exist_ok=True)
    full = path.exists() and path.stat().st_size > LOG_BYTES
    return path.open("wb" if full else "ab")


def _tail(folder: Path) -> str:
    path = _log(folder)
    return path.read_text(errors="replace")[-500:].strip() if path.exists() else "it said nothing"
