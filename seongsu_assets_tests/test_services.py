"""The supervisor with small real processes: order, new starts, and never a process left behind.
No service of the platform runs here."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seongsu_assets import guard, services
from seongsu_assets.errors import ServiceError
from seongsu_assets.services import Service, Supervisor

# each program leaves its number in a file of its name; `parent` has a child that hides from its
# group, `stubborn` does not hear SIGTERM, `polite` writes down when it hears it
PROGRAM = """
import os, signal, subprocess, sys, time
from pathlib import Path
folder, name, kind = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def farewell(*_):
    with (folder / "farewells").open("a") as file:
        file.write(name + "\\n")
    sys.exit(0)
if kind == "polite":
    signal.signal(signal.SIGTERM, farewell)
if kind == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if kind == "hidden":
    os.setsid()
if kind == "parent":
    subprocess.Popen([*sys.orig_argv[:-2], name + "-child", "hidden"])
(folder / (name + ".part")).write_text(str(os.getpid()))
(folder / (name + ".part")).rename(folder / (name + ".pid"))
if kind == "failing":
    sys.exit("it broke")
time.sleep(60)
"""

SUPERVISED = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)  # what a shell does to a program started with `&`
from pathlib import Path
from seongsu_assets.services import Supervisor
sys.path.insert(0, sys.argv[1])
from test_services import service
folder = Path(sys.argv[2])
with Supervisor(folder) as supervisor:
    supervisor.start(service(folder, "one", "parent"))
    supervisor.start(service(folder, "two", "polite"))
    for _ in supervisor.until_ready():
        pass
    (folder / "up").touch()
    while True:
        supervisor.tick()
        time.sleep(0.1)
"""


def service(folder, name, kind="plain"):
    command = [sys.executable, "-c", PROGRAM, str(folder), name, kind]
    last = folder / (f"{name}-child.pid" if kind == "parent" else f"{name}.pid")
    return Service(name, command, dict(os.environ), folder, last.exists, f"at {name}")


def number(folder, name):
    return int((folder / f"{name}.pid").read_text())


def is_running(pid):
    """Whether the process lives. A dead one that nobody has buried yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(claim, seconds=8.0):
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_services_are_reported_when_ready_and_stopped_last_first(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        for name in ("one", "two", "three"):
            supervisor.start(service(tmp_path, name, "polite"))
        ready = {each.name: seconds for each, seconds in supervisor.until_ready()}
        assert set(ready) == {"one", "two", "three"}
        assert all(0 <= seconds < 8 for seconds in ready.values())
    assert (tmp_path / "farewells").read_text().split() == ["three", "two", "one"]


def test_leaving_ends_grandchildren_that_hid_from_the_group(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service(tmp_path, "one", "parent"))
        list(supervisor.until_ready())
        pids = [number(tmp_path, "one"), number(tmp_path, "one-child")]
        assert all(map(is_running, pids))
    assert not any(map(is_running, pids))


def test_a_dead_service_is_started_again_and_this_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "BACKOFF_SECONDS", (0,))
    said: list[str] = []
    with Supervisor(tmp_path, said.append) as supervisor:
        supervisor.start(service(tmp_path, "one"))
        list(supervisor.until_ready())
        first = number(tmp_path, "one")
        os.kill(first, signal.SIGKILL)

        def started_again():
            supervisor.tick()
            return number(tmp_path, "one") != first

        assert eventually(started_again)
        assert is_running(number(tmp_path, "one"))
    assert len(said) == 1
    assert "one ended with 137, starting again" in said[0]


def test_a_service_that_keeps_dying_is_given_up_and_the_others_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "BACKOFF_SECONDS", (0, 0))
    said: list[str] = []
    with Supervisor(tmp_path, said.append) as supervisor:
        supervisor.start(service(tmp_path, "good"))
        supervisor.start(service(tmp_path, "bad", "failing"))
        assert eventually((tmp_path / "good.pid").exists)

        def given_up():
            supervisor.tick()
            return bool(said) and "given up" in said[-1]

        assert eventually(given_up)
        supervisor.tick()
        assert is_running(number(tmp_path, "good"))
    assert len(said) == 3


def test_a_service_that_dies_before_it_is_ready_is_an_error_with_its_last_words(tmp_path):
    never_ready = Service(**{**vars(service(tmp_path, "bad", "failing")), "ready": lambda: False})
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(never_ready)
        with pytest.raises(ServiceError, match=r"bad ended with 1 .*it broke.*bad\.log"):
            list(supervisor.until_ready())


def test_a_second_stack_in_the_same_home_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "STOPPING_SECONDS", 0)
    with (
        Supervisor(tmp_path),
        pytest.raises(ServiceError, match="already up"),
        Supervisor(tmp_path),
    ):
        pass


def test_a_long_log_is_cut_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr(services, "LOG_BYTES", 10)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "one.log").write_text("old " * 10)
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(service(tmp_path, "one"))
    assert "old" not in (tmp_path / "logs" / "one.log").read_text()


def test_a_program_that_does_not_hear_is_killed_after_its_grace(tmp_path):
    stubborn = [sys.executable, "-c", PROGRAM, str(tmp_path), "one", "stubborn"]
    with subprocess.Popen(guard.command_line(stubborn, grace=0.2)) as process:
        assert eventually((tmp_path / "one.pid").exists)
        process.terminate()
        process.wait(5)
    assert not is_running(number(tmp_path, "one"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_supervisor_ends_no_process_is_left(tmp_path, how):
    command = [sys.executable, "-c", SUPERVISED, str(Path(__file__).parent), str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as supervisor:
        assert eventually((tmp_path / "up").exists), supervisor.stderr.read()
        pids = [number(tmp_path, name) for name in ("one", "one-child", "two")]
        assert all(map(is_running, pids))
        supervisor.send_signal(how)
        supervisor.wait(10)
    assert eventually(lambda: not any(map(is_running, pids)))
    assert (tmp_path / "farewells").read_text().split() == ["two"]
