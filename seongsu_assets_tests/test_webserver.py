"""Dagster's pages answer their own browser and this machine's programs, and no other site (F-67).
The real webserver of no graph; what it shows is Dagster's own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from seongsu_assets.ports import free_port
from seongsu_assets.probes import listens
from seongsu_assets_tests.servers import eventually

MUTATION = "mutation { setNuxSeen }"
OURS = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
OTHERS = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home, port = tmp_path_factory.mktemp("dagster"), free_port(52_300)
    words = ("--empty-workspace", "--host", "127.0.0.1", "--port", str(port))
    env = os.environ | {"DAGSTER_HOME": str(home), "SEONGSU_HOME": str(home)}
    command = [sys.executable, "-W", "ignore", "-m", "seongsu_assets.webserver", *words]
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(command, env=env, stdout=log, stderr=log) as process,
    ):
        try:
            assert eventually(listens(port), 60), Path(log.name).read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def asked(address: str, headers: dict[str, str], method: str = "POST") -> httpx.Response:
    given = {"json": {"query": MUTATION}} if method == "POST" else {"params": {"query": MUTATION}}
    return httpx.request(method, f"{address}/graphql", headers=headers, trust_env=False, **given)


@pytest.mark.parametrize("headers", [OURS, {}], ids=["its own page", "a program"])
def test_its_own_page_and_a_program_may_ask(address: str, headers: dict[str, str]) -> None:
    answer = asked(address, headers)
    assert answer.json() == {"data": {"setNuxSeen": True}}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "headers",
    [
        OTHERS,
        OTHERS | {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        OURS | {"Host": "elsewhere.example"},
        {"Host": "127.0.0.1.elsewhere.example"},
    ],
    ids=["another site", "another port", "an origin", "no origin", "a name", "a longer name"],
)
def test_nobody_else_may(address: str, headers: dict[str, str], method: str) -> None:
    answer = asked(address, headers, method)
    assert answer.status_code in {400, 403}
    assert "data" not in answer.text


def test_a_form_of_another_site_changes_nothing(address: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = httpx.post(
        f"{address}/graphql", params={"query": MUTATION}, data={"a": "b"}, headers=headers,
        trust_env=False,
    )  # fmt: skip
    assert answer.status_code == 403


def test_a_link_from_elsewhere_may_be_followed(address: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    answer = httpx.get(f"{address}/runs", headers=headers, trust_env=False)
    assert answer.status_code == 200
    assert "<html" in answer.text


def test_a_socket_of_another_site_is_not_opened(address: str) -> None:
    where = address.replace("http", "ws", 1) + "/graphql"
    with connect(where, subprotocols=["graphql-ws"], origin=address, proxy=None) as own:  # type: ignore[arg-type, list-item]
        own.send(json.dumps({"type": "connection_init"}))
        assert json.loads(own.recv())["type"] == "connection_ack"
    with pytest.raises(InvalidStatus):
        connect(where, origin="https://elsewhere.example", proxy=None)  # type: ignore[arg-type]
