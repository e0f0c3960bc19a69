"""The homes of rehearsals: which there are, who is rehearsing now, and how old ones are swept.
What is told in a home is in `records`; no process is started here."""

import fcntl
import os
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from seongsu_assets import guard
from seongsu_assets.errors import SeongsuError
from seongsu_assets.rehearsal import records

FOLDER, LOCK, LOG = "rehearsals", "lock", "rehearsal.log"
#: Homes that are kept, the newest.
KEPT = 3
#: A home takes about a fifth of this; the database must never find the disk full.
NEEDED_BYTES = 2 * 1024**3
#: How long a newcomer waits for somebody who only looks at the lock.
LOOK_SECONDS = 1.0


class Busy(SeongsuError):  # noqa: N818 - a state, not a fault
    """Another rehearsal is under way."""


def new(folder: Path, now: datetime) -> Path:
    """The path of a new home; by their names the newest is last."""
    return folder / f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:4]}"


def all_of(folder: Path) -> list[Path]:
    """Homes in which something was told, the newest first."""
    found = [path.parent for path in folder.glob(f"*/{records.FILE}")]
    return sorted(found, key=lambda home: home.name, reverse=True)


def sweep(folder: Path) -> None:
    """Remove all but the newest homes. What no rehearsal has made is left alone."""
    for home in all_of(folder)[KEPT:]:
        shutil.rmtree(home)


def room(folder: Path, *, needed: int = NEEDED_BYTES) -> None:
    """Raises SeongsuError where the disk is too full for a home."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SeongsuError(
            f"{free / 1024**3:.1f} GiB are free at {folder}, {needed / 1024**3:.0f} are needed",
            remedy="free some of the disk",
        )


def hold(folder: Path, home: Path) -> None:
    """From here until this process ends, also as another program, it alone rehearses.

    The kernel frees the lock of a process that was killed. Raises Busy when another has it."""
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    deadline = time.monotonic() + LOOK_SECONDS
    while not _locked(handle, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            os.close(handle)
            raise Busy("another rehearsal is under way", remedy="wait for its end, or stop it")
        time.sleep(0.05)
    os.set_inheritable(handle, True)  # it outlives `exec`; what is started gets no such files
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()} {home.name}".encode())


def holder(folder: Path) -> tuple[int, Path] | None:
    """The process that rehearses now, and its home; None when nobody does."""
    try:
        with (folder / LOCK).open() as file:
            if guard.lock(file, fcntl.LOCK_SH):
                return None
            pid, _, name = file.read().partition(" ")
    except FileNotFoundError:
        return None
    return (int(pid), folder / name) if name else None


@contextmanager
def told(home: Path) -> Generator[None]:
    """However what is inside ends short of its end, the home says so."""
    from seongsu_assets import clock

    try:
        yield
    except KeyboardInterrupt:
        records.append(home, records.Stopped(at=clock.life()))
        raise
    except SeongsuError as error:
        why = str(error).removesuffix(f" -> {error.remedy}")
        records.append(home, records.Failed(at=clock.life(), why=why, remedy=error.remedy))
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        records.append(home, records.Failed(at=clock.life(), why=why))
        raise


def _locked(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
