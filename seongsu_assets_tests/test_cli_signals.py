"""A command that a script has started beside itself, where a shell ignores Ctrl-C for it."""

import signal
import subprocess
import sys

import pytest

#: As a command begins, and as Dagster sets its signals before each run.
COMMAND = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
{begin}
from dagster._utils.interrupts import setup_interrupt_handlers
setup_interrupt_handlers()
print("ready", flush=True)
time.sleep(60)
"""
HEAR = "from seongsu_assets.cli import hear; hear()"


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(told: signal.Signals) -> None:
    command = [sys.executable, "-W", "ignore", "-c", COMMAND.format(begin=HEAR)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(told)
        assert process.wait(20) != 0


def test_else_dagster_would_make_it_deaf_to_both() -> None:
    command = [sys.executable, "-W", "ignore", "-c", COMMAND.format(begin="")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(1)
        finally:
            process.kill()
