"""A small process that holds one program, and ends it with all its descendants when it is not
needed any more. Runs as a script on the standard library alone; it knows nothing of what it holds.

Needed means: its parent lives. Or, for a program with many users: somebody holds its lease, a file
that each user locks shared (`flock`). The kernel frees the lock of a user who was killed, so there
is no goodbye to miss: once the guard can lock the file alone, nobody is left.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

POLL_SECONDS = 0.1
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def command_line(
    command: list[str],
    *,
    lease: Path | None = None,
    stop: signal.Signals = signal.SIGTERM,
    grace: float = 10.0,
    user: tuple[int, int] | None = None,
) -> list[str]:
    """The command that runs `command` under a guard: until this process ends, or, with a lease,
    on its own until nobody holds it. `stop` is sent first, SIGKILL after `grace` seconds; `user`
    is the (uid, gid) to become."""
    own = [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(stop)), str(grace)]
    own += [f"--lease={lease}"] if lease else []
    own += [f"--user={user[0]}:{user[1]}"] if user else []
    return [*own, "--", *command]


def lock(file: IO[str], kind: int) -> bool:
    """Lock the file, LOCK_SH or LOCK_EX, without waiting; whether that was possible."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("parent", type=int)
    parser.add_argument("stop", type=int)
    parser.add_argument("grace", type=float)
    parser.add_argument("--lease", type=Path)
    parser.add_argument("--user", type=lambda text: tuple(map(int, text.split(":"))))
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    if given.lease and os.fork():
        return 0  # nobody's child: it outlives the user who started it
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: asked.append(number))
    with given.lease.open() if given.lease else contextlib.nullcontext() as lease:

        def needed() -> bool:
            if asked:
                return False
            # the lock is kept from then on: newcomers wait until the end
            return not lock(lease, fcntl.LOCK_EX) if lease else os.getppid() == given.parent

        child = _start(given.command, given.user, given.stop)
        status = _hold(child, needed, given.stop, given.grace)
        _end_descendants(child)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code  # as a shell tells a death by signal


def _start(command: list[str], user: tuple[int, int] | None, stop: int) -> int:
    guard = os.getpid()
    if child := os.fork():
        return child
    try:
        os.setsid()
        # a program started with `&` inherits an ignored SIGINT and would never hear Ctrl-C
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(number, signal.SIG_DFL)
        if user:
            os.setgroups([])
            os.setgid(user[1])
            os.setuid(user[0])
        _prctl(PR_SET_PDEATHSIG, stop)  # after setuid, which clears it
        if os.getppid() == guard:
            os.execvp(command[0], command)  # noqa: S606 - the caller's own command, no shell
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error}\n")
    os._exit(127)


def _hold(child: int, needed: Callable[[], bool], stop: int, grace: float) -> int:
    """Wait for the child, ending it once it is not needed: its wait status."""
    deadline = None
    while True:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == child:
            return status
        if deadline is None and not needed():
            os.kill(child, stop)
            deadline = time.monotonic() + grace
        if deadline and time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
        if not pid:
            time.sleep(POLL_SECONDS)


def _end_descendants(child: int) -> None:
    """Kill what the child left behind; orphans come to the guard, so repeat until none is left."""
    # the group may be empty, or (on macOS) hold only zombies
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    while True:
        for pid in _children():
            os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    """Our direct children, dead ones included until they are reaped. Empty without /proc."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for file in tasks.glob("*/children") for pid in file.read_text().split()]


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux" and ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    sys.exit(main())
