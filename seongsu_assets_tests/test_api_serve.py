"""`seongsu serve` and `seongsu key` as a terminal runs them.
What is served is looked at in the other tests of the API."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from seongsu_assets.api.guard import hashed
from seongsu_assets.cli.key import key
from seongsu_assets.ports import free_port
from seongsu_assets.probes import listens
from seongsu_assets_tests.servers import eventually

COMMAND = [sys.executable, "-W", "ignore", "-m", "seongsu_assets.cli"]


def environment(home: Path, url: str, **more: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "SEONGSU_HOME": str(home), **more}


@contextmanager
def served(home: Path, url: str, **more: str) -> Iterator[tuple[httpx.Client, int]]:
    port = free_port(48_900)
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)],
        env=environment(home, url, **more), cwd=home, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert eventually(listens(port), 120)
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
                yield http, port
        finally:
            process.terminate()
            process.wait(20)


def said(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], env=environment(home, "", **more), cwd=home, capture_output=True,
        text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_api_is_served_on_this_machine_alone_and_opens_with_the_key_made(
    warehouse_url: str, tmp_path: Path
) -> None:
    made = said(tmp_path, "key")
    name, _, held = made.stdout.strip().partition("=")
    assert name == "SEONGSU_API_KEY_HASH"
    [made_key] = re.findall(r"shown once: (\S+)", made.stderr)
    assert held == hashed(made_key)
    with served(tmp_path, warehouse_url, SEONGSU_API_KEY_HASH=held) as (http, port):
        assert http.get("/health").json() == {"status": "ok"}
        body = {"domain": "nowhere", "reason": "a test"}
        assert http.post("/train", json=body).status_code == 401
        answer = http.post("/train", json=body, headers={"Authorization": f"Bearer {made_key}"})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "domain")
        assert "server" not in answer.headers
        own = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None)}
        for address in own - {"127.0.0.1", "::1"}:
            with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
                assert probe.connect_ex((address, port)) != 0


def test_two_keys_are_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    key()
    key()
    assert len(set(capsys.readouterr().out.splitlines())) == 2


def test_a_wrong_hash_is_told_before_anything_is_served(tmp_path: Path) -> None:
    held = hashed("x") + "0"
    done = said(tmp_path, "serve", SEONGSU_API_KEY_HASH=held)
    assert done.returncode == 1
    assert "seongsu key" in done.stderr
    assert held not in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port(48_950))) as taken:
        done = said(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "is taken" in done.stderr
