"""A rehearsal as a process of its own, started and stopped for a page.
Who may do so is not decided here; the command itself is in `cli`."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.errors import ServiceError
from seongsu_assets.programs import ROOT
from seongsu_assets.rehearsal import homes, records
from seongsu_assets.rehearsal.plan import check
from seongsu_assets.settings import settings

#: All that a rehearsal is told of the one who starts it: no keys, no places that alerts go to.
_PASSED = (
    "PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONPATH", "LD_LIBRARY_PATH",
    "DATABASE_URL", "SEONGSU_HOME", "SEONGSU_POSTGRES_PORT", "SEONGSU_THREADS",
)  # fmt: skip
_children: list[subprocess.Popen[bytes]] = []


def folder() -> Path:
    """Where the homes of rehearsals are."""
    return settings().root / homes.FOLDER


def start(domain: str, days: int, faults: Sequence[str]) -> Path:
    """The home of a rehearsal that goes on by itself. Raises SeongsuError for what is none, Busy
    where another is under way."""
    chosen = check(days, faults)
    _reap()
    folder().mkdir(parents=True, exist_ok=True)
    if _children or homes.holder(folder()):  # one that has just begun has no lock yet
        raise homes.Busy("another rehearsal is under way", remedy="wait for its end, or stop it")
    home = homes.new(folder(), clock.life())
    home.mkdir()
    asked = records.Asked(at=clock.life(), domain=domain, days=days, faults=chosen, by="page")
    records.append(home, asked)
    words = ["rehearse", domain, "--days", str(days), "--home", str(home)]
    words += [word for fault in chosen for word in ("--fault", fault)]
    with (home / homes.LOG).open("wb") as log:
        _children.append(
            subprocess.Popen(  # noqa: S603 - our own command, a list, no shell
                [sys.executable, "-m", "seongsu_assets.cli", *words],
                env={name: os.environ[name] for name in _PASSED if name in os.environ},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # it goes on when whoever asked is gone
            )
        )
    return home


def stop(pid: int) -> None:
    """End the group of processes that `start` has begun. What they hold ends with them.

    Raises ServiceError for a process that leads no group: somebody has started it at a terminal."""
    try:
        if os.getpgid(pid) != pid:
            raise ServiceError(
                f"process {pid} was started elsewhere", remedy="press Ctrl-C where it runs"
            )
        os.killpg(pid, signal.SIGTERM)
    except ProcessLookupError:
        return  # it has ended meanwhile


def _reap() -> None:
    """Let the system forget those that have ended."""
    _children[:] = [child for child in _children if child.poll() is None]
