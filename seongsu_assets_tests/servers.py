"""Helpers for tests of the embedded server: other users of it, and questions about it.
No tests here."""

import fcntl
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg

from seongsu_assets import guard

USER = """
import signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from seongsu_assets.warehouse.embedded import running
with running(Path(sys.argv[1]), int(sys.argv[2])) as server:
    print(server.url("postgres"), flush=True)
    sys.stdin.read()
"""


@contextmanager
def user(home, port, *before):
    """Another process that uses the server until its standard input is closed."""
    command = [*before, sys.executable, "-c", USER, str(home), str(port)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def eventually(claim, seconds=8.0):
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_gone(home):
    """Whether no process of the server is left: each of them holds this lock."""
    with (home / "postgres" / "alive").open("a") as file:
        return guard.lock(file, fcntl.LOCK_EX)


def postmaster(home):
    text = (home / "postgres" / "cluster" / "data" / "postmaster.pid").read_text()
    return int(text.splitlines()[0])


def ask(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        result = connection.execute(query)
        return result.fetchall() if result.description else None
