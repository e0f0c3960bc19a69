"""A model is promoted through the API, Dagster's webserver, its queue and a code server, all real,
while what-ifs are asked: some minutes of `make proof`. In process it is in `test_api_promotion`."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from seongsu_assets import probes, programs
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests.api_world import Api, patient, serving
from seongsu_assets_tests.code_server import CodeServer, Turns, instance_in
from seongsu_assets_tests.crashing import until
from seongsu_assets_tests.test_api_promotion import PREDICT, under_requests
from seongsu_assets_tests.test_api_writes import TRAIN, another, champion
from seongsu_assets_tests.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
LIMIT_SECONDS = 300


@dataclass(frozen=True)
class Chain:
    """The API, and the turns of the daemon behind it."""

    api: Api
    turns: Turns

    def finished(self, run_id: str) -> str:
        """The status in which the run ends."""
        with self.turns.dequeuing():
            assert until(lambda: self.turns.finished(run_id), LIMIT_SECONDS)
        return self.turns.status(run_id).value


@contextmanager
def webserver(env: dict[str, str]) -> Iterator[str]:
    """Dagster's own webserver on this code server: its address."""
    port = free_port(27_000)
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "seongsu_assets.webserver"]
    command += ["--workspace", str(programs.ROOT / "workspace.yaml")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, env=env, cwd=programs.ROOT) as process:
        try:
            assert until(probes.graph_loaded(address), LIMIT_SECONDS)
            yield address
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture
def chain(
    world: World, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Chain]:
    database = f"dagster_{os.getpid()}_{time.monotonic_ns()}"
    server.ensure_database(database)
    monkeypatch.setenv("SEONGSU_DAGSTER_URL", server.url(database, "postgresql+psycopg2"))
    env = {**os.environ, "SEONGSU_HOME": str(tmp_path), "DATABASE_URL": world.url}
    code = CodeServer(env, free_port(24_000 + os.getpid() % 2000))
    folder = tmp_path / "dagster"
    with instance_in(folder) as instance:
        code.start()
        places = {"HOST": "127.0.0.1", "PORT": str(code.port)}
        env |= {f"SEONGSU_CODE_{name}": value for name, value in places.items()}
        env["DAGSTER_HOME"] = str(folder)
        try:
            with webserver(env) as address, serving(world, patient(), address) as api:
                yield Chain(api, Turns(instance, code.port))
        finally:
            code.kill()


def test_a_promotion_goes_through_dagster_and_is_served_at_once(chain: Chain) -> None:
    before, newer = champion(chain.api.world), another(chain.api.world)

    def change() -> None:
        asked = {"domain": "seongsu", "model_id": newer, "reason": "성수 팝업"}
        answer = chain.api.write("/promote", asked)
        assert answer.status_code == 202, answer.text
        assert chain.finished(answer.json()["run_id"]) == "SUCCESS"

    asked = under_requests(
        chain.api, "POST", "/predict", PREDICT, lambda told: told["model"]["model_id"], change
    )
    assert asked.told[0][2] == before
    assert asked.at_last() == {newer}
    [model] = [each for each in chain.api.get("/models", domain="seongsu").json()["models"]
               if each["serving"]]  # fmt: skip
    assert (model["model_id"], model["decisions"][-1]["by"]) == (newer, "hand")


def test_a_training_goes_through_dagster(chain: Chain) -> None:
    answer = chain.api.write("/train", TRAIN)
    assert answer.status_code == 202, answer.text
    run_id = answer.json()["run_id"]
    assert chain.finished(run_id) == "SUCCESS"
    run = chain.turns.instance.get_run_by_id(run_id)
    assert run is not None
    assert run.job_name == "seongsu_train"
    assert run.tags["seongsu/reason"] == TRAIN["reason"]
