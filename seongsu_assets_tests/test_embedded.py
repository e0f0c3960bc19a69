"""The embedded server under real use and real kills: sharing, stopping, recovering.
Nothing about tables or queries."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from seongsu_assets.errors import ServiceError
from seongsu_assets.ports import free_port, is_free
from seongsu_assets.warehouse import cluster
from seongsu_assets.warehouse.embedded import running
from seongsu_assets_tests.servers import ask, eventually, is_gone, postmaster, user

AS_ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")


@pytest.fixture
def port():
    return free_port(46000 + os.getpid() % 2000 * 2)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder made once: making one costs more than most of these tests."""
    folder = tmp_path_factory.mktemp("made")
    with running(folder, free_port(45000)):
        pass
    return folder / "postgres" / "cluster"


@pytest.fixture(autouse=True)
def _leave_no_data(tmp_path):
    """Each data folder has 40 MB, and pytest keeps the folders of three sessions."""
    yield
    shutil.rmtree(tmp_path / "postgres", ignore_errors=True)


@pytest.fixture
def home(made, tmp_path):
    """A home whose data folder is there already."""
    (tmp_path / "postgres").mkdir()
    subprocess.run(["cp", "-a", made, tmp_path / "postgres"], check=True)
    return tmp_path


def test_a_first_start_gives_a_server_with_a_password_that_no_command_line_shows(tmp_path, port):
    with running(tmp_path, port) as server:
        server.ensure_database("seongsu")
        server.ensure_database("seongsu")
        assert server.port == port
        assert ask(server.url("seongsu"), "SELECT current_user") == [("seongsu",)]
        command = Path(f"/proc/{postmaster(tmp_path)}/cmdline").read_text()
        assert server.password not in command + repr(server)
        assert (tmp_path / "postgres/cluster/password").stat().st_mode & 0o777 == 0o600
        with pytest.raises(psycopg.OperationalError):
            ask(server.url("seongsu").replace(server.password, "guess"), "SELECT 1")
    assert is_gone(tmp_path)
    assert is_free(port)


def test_a_second_user_keeps_the_server_and_the_last_one_out_stops_it(home, port):
    with user(home, port) as other:
        url = other.stdout.readline().strip()
        with running(home, port) as server:
            assert server.url("postgres") == url
        assert ask(url, "SELECT 1") == [(1,)]
        other.stdin.close()
        assert other.wait(10) == 0
    assert is_gone(home)


def test_ctrl_c_for_the_user_who_started_it_leaves_the_server_to_the_others(home, port):
    with user(home, port) as other:
        url = other.stdout.readline().strip()
        with running(home, port):
            os.killpg(other.pid, signal.SIGINT)
            assert other.wait() != 0
            time.sleep(0.5)
            assert ask(url, "SELECT 1") == [(1,)]
    assert is_gone(home)


def test_processes_that_start_it_at_once_share_one_server(tmp_path, port):
    with user(tmp_path, port) as one, user(tmp_path, port) as two, user(tmp_path, port) as three:
        urls = {each.stdout.readline() for each in (one, two, three)}
        assert len(urls) == 1
    assert eventually(lambda: is_gone(tmp_path))


def test_committed_rows_survive_a_killed_server_which_comes_back_on_its_port(home, port):
    with running(home, port) as server:
        ask(server.url("postgres"), "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        assert not server.revive()
        os.kill(postmaster(home), signal.SIGKILL)
        assert eventually(lambda: is_gone(home))
        assert server.revive()
        assert ask(server.url("postgres"), "SELECT count(*) FROM kept") == [(1000,)]


def test_nothing_is_left_when_the_only_user_is_killed(home, port):
    with user(home, port) as only:
        only.stdout.readline()
        only.kill()
        only.wait()
    assert eventually(lambda: is_gone(home))
    assert is_free(port)


def test_a_killed_guard_takes_the_server_with_it_and_the_next_user_starts_anew(home, port):
    with running(home, port):
        stat = Path(f"/proc/{postmaster(home)}/stat").read_text()
        os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
        assert eventually(lambda: is_gone(home))
        with running(home, port) as server:
            assert ask(server.url("postgres"), "SELECT 1") == [(1,)]


def test_a_first_start_that_was_killed_half_way_is_done_again(tmp_path, port):
    half = tmp_path / "postgres" / "cluster.new" / "data" / "PG_VERSION"
    with user(tmp_path, port) as killed:
        assert eventually(half.exists)
        killed.kill()
        killed.wait()
    assert not (tmp_path / "postgres" / "cluster").exists()
    with running(tmp_path, port) as server:
        assert ask(server.url("postgres"), "SELECT 1") == [(1,)]


def test_a_taken_port_is_avoided_and_the_port_found_is_kept(home, port):
    with socket.create_server(("127.0.0.1", port)):
        with running(home, port) as server:
            found = server.port
        with running(home, port) as server:
            assert server.port == found != port


@pytest.mark.parametrize("content", ["", "{stranger}\n/elsewhere\n1\n1\n\n127.0.0.1\n1 1\nready\n"])
def test_a_stale_pid_file_neither_stops_the_start_nor_harms_a_stranger(home, port, content):
    place = home / "postgres" / "cluster"
    owner = cluster.owner(place)
    with subprocess.Popen(["sleep", "60"], user=owner and owner[0]) as stranger:
        stale = place / "data" / "postmaster.pid"
        stale.write_text(content.format(stranger=stranger.pid))
        try:
            with running(home, port) as server:
                assert ask(server.url("postgres"), "SELECT 1") == [(1,)]
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_data_of_another_major_version_is_refused_with_a_way_out(tmp_path, port):
    data = tmp_path / "postgres" / "cluster" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    with (
        pytest.raises(ServiceError, match=r"PostgreSQL 15.*-> move"),
        running(tmp_path, port),
    ):
        pass
    assert (data / "PG_VERSION").read_text() == "15\n"


def test_a_server_that_cannot_start_says_why(home, port):
    (home / "postgres" / "cluster" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(ServiceError, match="pg_control"), running(home, port):
        pass
    assert is_gone(home)


@needs_root
def test_root_needs_no_permission_on_the_folders_above_and_changes_none(home, port):
    home.chmod(0o700)
    with running(home, port) as server:
        assert Path(f"/proc/{postmaster(home)}").stat().st_uid != 0
        assert ask(server.url("postgres"), "SELECT 1") == [(1,)]
    assert home.stat().st_mode & 0o777 == 0o700


@needs_root
def test_binaries_below_a_private_folder_are_copied_where_the_server_may_run_them(
    home, tmp_path, port, monkeypatch
):
    installed = cluster.binaries().parents[1]
    shutil.copytree(installed, tmp_path / installed.name)
    libraries = installed.with_name(f"{installed.name}.libs")
    shutil.copytree(libraries, tmp_path / libraries.name)
    monkeypatch.setattr(
        cluster, "binaries", lambda: tmp_path / installed.name / f"pginstall{cluster.MAJOR}" / "bin"
    )
    with tempfile.TemporaryDirectory() as copies:
        Path(copies).chmod(0o755)
        monkeypatch.setattr(cluster, "COPIES", Path(copies))
        with running(home, port) as server:
            assert ask(server.url("postgres"), "SELECT 1") == [(1,)]
            program = Path(f"/proc/{postmaster(home)}/exe").readlink()
            assert program.is_relative_to(Path(copies).resolve())


@needs_root
def test_an_ordinary_user_runs_the_server_as_himself(tmp_path, port):
    nobody = pwd.getpwnam("nobody")
    as_nobody = ["setpriv", f"--reuid={nobody.pw_uid}", "--clear-groups"]
    # an interpreter or a checkout below /root is out of reach without this
    reading = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    with suppress(FileNotFoundError):
        if subprocess.run([*as_nobody, *reading, "true"], check=False).returncode == 0:
            with user(home, port, *as_nobody, *reading) as other:
                url = other.stdout.readline().strip()
                assert ask(url, "SELECT 1") == [(1,)]
                assert Path(f"/proc/{postmaster(home)}").stat().st_uid == nobody.pw_uid
            assert eventually(lambda: is_gone(home))
            return
    pytest.skip("no setpriv, or it may not grant what is needed")
