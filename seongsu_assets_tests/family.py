"""A process, all below it, and the PostgreSQL of its home: their memory and their processor time.
Read from Linux's /proc; nothing is known here of what they do."""

import os
import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

EVERY_SECONDS = 0.5
PROC = Path("/proc")


@dataclass
class Watched:
    """The most MB that all had at once, each shared page counted in parts, and of these PostgreSQL;
    and the processor's seconds of each process."""

    mb: float = 0.0
    postgres_mb: float = 0.0
    cpu: dict[int, float] = field(default_factory=dict[int, float])

    @property
    def cpu_seconds(self) -> float:
        return sum(self.cpu.values())

    def look(self, root: int, home: str) -> None:
        found = family(root, home)
        parts = {pid: memory([pid]) for pid in found}
        server = sum(mb for pid, mb in parts.items() if "postgres" in words(pid))
        self.mb = max(self.mb, sum(parts.values()))
        self.postgres_mb = max(self.postgres_mb, server)
        self.cpu |= {pid: seconds for pid in found if (seconds := _cpu(pid)) is not None}


@contextmanager
def watched(root: int, home: Path) -> Generator[Watched]:
    """Looks twice a second, as long as the block takes."""
    told, over = Watched(), Event()

    def watch() -> None:
        while not over.wait(EVERY_SECONDS):
            told.look(root, str(home))

    thread = Thread(target=watch)
    thread.start()
    try:
        yield told
    finally:
        over.set()
        thread.join()


def family(root: int, home: str) -> set[int]:
    """All processes below `root`, and those whose command names the `home`: no process is above the
    database server."""
    parents = {int(f.name): p for f in PROC.glob("[0-9]*") if (p := _parent(f)) is not None}
    found = {root, *(pid for pid in parents if home in words(pid))} - {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def words(pid: int) -> str:
    """The command of a process; empty where it is gone."""
    try:
        return (PROC / str(pid) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def memory(pids: Iterable[int]) -> float:
    """MB (proportional set size), each shared page counted in parts."""
    whole = 0
    for pid in pids:
        try:
            text = (PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        whole += sum(map(int, re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)))
    return whole / 1000


def _parent(folder: Path) -> int | None:
    told = _stat(folder)
    return int(told[1]) if told else None


def _cpu(pid: int) -> float | None:
    told = _stat(PROC / str(pid))
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK") if told else None


def _stat(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
