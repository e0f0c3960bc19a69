"""The supervisor of the local stack: starts services, starts a dead one again, stops them all.
No service is known by name here; the standard library is enough.

Each service runs under a guard of its own (guard.py), so that whatever ends this process, and
however rudely, ends the service and all its descendants too.
"""

import fcntl
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any, Self

from seongsu_assets import guard
from seongsu_assets.errors import ServiceError

LOG_BYTES = 10_000_000
BACKOFF_SECONDS = (1, 2, 4, 8, 16)  # before each new start; then the service is given up
HEALTHY_SECONDS = 60.0  # after this long the counting of failures starts again
TICK_SECONDS = 0.2
STOPPING_SECONDS = 12.0  # what a killed stack's guards may take to end it
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Service:
    """A program that stays. `ready` says whether it can be used, `address` where (may be empty).
    `command` is seen by every user of the machine: secrets go into `env`. `folder` is its cwd."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(repr=False)
    folder: Path
    ready: Callable[[], bool]
    address: str = ""


@dataclass
class _Held:
    service: Service
    process: subprocess.Popen[bytes]
    first_start: float
    last_start: float
    failures: int = 0
    next_start: float | None = None
    is_ready: bool = False


class Supervisor:
    """Use as a context: what was started inside is stopped, last first, when it is left.
    SIGINT and SIGTERM raise KeyboardInterrupt inside, also when SIGINT was ignored (`&`)."""

    def __init__(self, home: Path, say: Callable[[str], None] = print) -> None:
        self._logs = home / "logs"
        self._lock_path = home / "services.lock"
        self._say = say
        self._held: list[_Held] = []
        self._handlers: list[Any] = []
        self._lock: IO[str]

    def __enter__(self) -> Self:
        self._logs.mkdir(parents=True, exist_ok=True)
        self._lock = self._lock_path.open("a")
        deadline = time.monotonic() + STOPPING_SECONDS
        # every process of the stack inherits this lock: it is free once the last one is gone
        while not guard.lock(self._lock, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                self._lock.close()
                raise ServiceError(
                    f"the services of {self._lock_path.parent} are already up",
                    remedy="use them, or stop them with Ctrl-C where they run",
                )
            time.sleep(TICK_SECONDS)
        self._handlers = [signal.signal(number, _interrupt) for number in SIGNALS]
        return self

    def __exit__(self, *_: object) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # stopping is bounded: nothing to hurry
        try:
            for held in reversed(self._held):
                held.process.terminate()
                held.process.wait()
        finally:
            self._lock.close()
            for number, handler in zip(SIGNALS, self._handlers, strict=True):
                signal.signal(number, handler)

    def start(self, service: Service) -> None:
        """Start it and return at once; `until_ready` waits."""
        now = time.monotonic()
        self._held.append(_Held(service, self._spawn(service), now, now))

    def until_ready(self, limit: float = 180.0) -> Iterator[tuple[Service, float]]:
        """Each service with the seconds it took, as it becomes ready.
        Raises ServiceError when one ends or is not ready within `limit` seconds."""
        deadline = time.monotonic() + limit
        while waiting := [held for held in self._held if not held.is_ready]:
            for held in waiting:
                if (code := held.process.poll()) is not None:
                    raise self._failure(held.service, f"ended with {code} before it was ready")
                if held.service.ready():
                    held.is_ready = True
                    yield held.service, time.monotonic() - held.first_start
                elif time.monotonic() > deadline:
                    raise self._failure(held.service, f"was not ready within {limit:.0f} s")
            time.sleep(TICK_SECONDS)

    def pid(self, name: str) -> int:
        """The process that guards the service of this name; its program is the child of it."""
        return next(held.process.pid for held in self._held if held.service.name == name)

    def tick(self) -> None:
        """Start again what has ended, later each time. Call this regularly."""
        for held in self._held:
            now = time.monotonic()
            if held.next_start is not None and now >= held.next_start:
                held.process, held.last_start = self._spawn(held.service), now
                held.next_start = None
            elif held.next_start is None and held.process.poll() is not None:
                self._plan_restart(held, now)

    def _plan_restart(self, held: _Held, now: float) -> None:
        failures = 0 if now - held.last_start > HEALTHY_SECONDS else held.failures
        name, code = held.service.name, held.process.returncode
        if failures == len(BACKOFF_SECONDS):
            held.next_start = float("inf")
            self._say(f"{name} ended with {code} again and is given up; see {self._log(name)}")
            return
        wait = BACKOFF_SECONDS[failures]
        held.failures, held.next_start = failures + 1, now + wait
        self._say(f"{name} ended with {code}, starting again in {wait} s; see {self._log(name)}")

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        path = self._log(service.name)
        full = path.exists() and path.stat().st_size > LOG_BYTES
        with path.open("wb" if full else "ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own commands, no shell
                guard.command_line(list(service.command)),
                pass_fds=[self._lock.fileno()],
                env=dict(service.env),
                cwd=service.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the supervisor, which stops in order
            )

    def _failure(self, service: Service, what: str) -> ServiceError:
        tail = self._log(service.name).read_text(errors="replace")[-500:].strip()
        return ServiceError(
            f"{service.name} {what}: {tail}", remedy=f"read {self._log(service.name)}"
        )

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"


def _interrupt(number: int, _: FrameType | None) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not cut the stopping short
    raise KeyboardInterrupt(signal.Signals(number).name)
