"""The image and the composed stack, built and run in a real engine: some ten minutes.
Images of others that cannot be pulled are stood in for, and named; see `containers`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from seongsu_assets_tests.browser import chromium
from seongsu_assets_tests.browser.chromium import Chromium, Window
from seongsu_assets_tests.containers.engine import engine
from seongsu_assets_tests.containers.images import OURS, ROOT, Docker, about, ready
from seongsu_assets_tests.containers.stack import PROJECT, Composed, composed

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
#: How the image is run in the proof of its main job: nothing but a folder and /tmp can be written.
LOCKED = ("--rm", "--read-only", "--tmpfs", "/tmp:mode=1777", "--network", "none", "--cap-drop",
          "ALL", "--security-opt", "no-new-privileges")  # fmt: skip
ENDS = {"prepare", "first"}
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}
#: Neither says by itself whether it is well: PostgREST's image has no other program.
UNASKED = {"postgrest", "alertmanager"}


@pytest.fixture(scope="module")
def docker() -> Iterator[Docker]:
    try:
        with engine() as environment:
            found = Docker(environment)
            ready(found)
            sys.stdout.write(f"stood in for: {', '.join(found.stood_in) or 'nothing'}\n")
            yield found
    except RuntimeError as error:
        if "engine answers" not in str(error):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def stack(docker: Docker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    with composed(docker, tmp_path_factory.mktemp("composed")) as found:
        yield found


@pytest.fixture(scope="module")
def published(stack: Composed) -> Composed:
    """Once the first forecast is there."""
    assert stack.until(lambda: _forecast(stack) is not None, 900), stack.compose("logs", "first")
    return stack


def _forecast(stack: Composed) -> dict | None:
    answer = stack.get("api", "/forecast?domain=seongsu")
    return answer.json() if answer.is_success else None


def test_the_image_runs_the_main_job_as_nobody_without_a_network(docker: Docker) -> None:
    docker("volume", "create", "seongsu-proof-alone")
    try:
        place = ("--volume", "seongsu-proof-alone:/var/lib/seongsu")
        told = docker("run", *LOCKED, *place, OURS, "run", "seongsu", "--json")
        assert '"q50"' in told
        again = docker("run", *LOCKED, *place, OURS, "status", "--json")
        assert '"seongsu"' in again
    finally:
        docker("volume", "rm", "seongsu-proof-alone")


def test_the_image_is_nobodys_and_says_how_it_is_asked(docker: Docker) -> None:
    config = about(docker, OURS)["Config"]
    assert isinstance(config, dict)
    assert config["User"] == "10001:10001"
    assert config["Healthcheck"]["Test"] == ["CMD", "python", "-m", "seongsu_assets.healthy"]
    assert not [each for each in config["Env"] if "PASSWORD" in each or "KEY" in each]
    assert docker("run", *LOCKED, "--entrypoint", "id", OURS, "-u").strip() == "10001"
    asked = "import pytest"
    with pytest.raises(RuntimeError, match="No module named 'pytest'"):
        docker("run", *LOCKED, "--entrypoint", "python", OURS, "-c", asked)


def test_every_package_of_the_image_is_there_for_arm64_too(tmp_path: Path) -> None:
    """The same versions with the same hashes, none of which has to be compiled."""
    uv = Path(sys.executable).parent / "uv"
    asked = [uv, "pip", "install", "--dry-run", "--quiet", "--target", tmp_path, "--no-deps",
             "--python-version", "3.11", "--python-platform", "aarch64-manylinux_2_28",
             "--only-binary", ":all:", "--require-hashes", "--requirement",
             ROOT / "docker" / "requirements.lock"]  # fmt: skip
    done = subprocess.run(asked, capture_output=True, text=True, check=False,
                          env=os.environ | {"UV_SYSTEM_CERTS": "true"})  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_service_comes_up_and_is_well(stack: Composed) -> None:
    states = {name: each["State"] for name, each in stack.containers().items()}
    assert states["prepare"]["ExitCode"] == 0
    staying = {name: state for name, state in states.items() if name not in ENDS}
    assert {name for name, state in staying.items() if not state["Running"]} == set()
    asked = {name: state for name, state in staying.items() if name not in UNASKED}
    assert {name: state["Health"]["Status"] for name, state in asked.items()} == dict.fromkeys(
        asked, "healthy"
    )


def test_every_container_is_what_the_file_promises(stack: Composed) -> None:
    for name, each in stack.containers().items():
        host = each["HostConfig"]
        assert host["ReadonlyRootfs"], name
        assert host["CapDrop"] == ["ALL"], name
        assert host["Memory"] > 0, name
        assert "no-new-privileges:true" in host["SecurityOpt"], name


def test_the_pages_cannot_reach_a_database_nor_dagster_nor_the_world(stack: Composed) -> None:
    for host, port in (("postgres", 5432), ("dagster", 3000), ("mlflow", 5000), ("1.1.1.1", 53)):
        code = f"import socket; socket.create_connection(('{host}', {port}), 3)"
        with pytest.raises(RuntimeError):
            stack.inside("app", code)


def test_the_first_forecast_reaches_readers_through_every_door(published: Composed) -> None:
    code = (
        "import urllib.request as u; r = u.Request('http://gateway:8080/rest/v1/forecast"
        "?domain=eq.seongsu&limit=3', headers={'Accept-Profile': 'published'}); "
        "print(u.urlopen(r).read().decode())"
    )
    assert '"q50"' in published.inside("app", code)
    assert _forecast(published) is not None


def test_nobody_writes_or_reads_more_through_the_readers_door(published: Composed) -> None:
    asked = (
        "import urllib.request as u; r = u.Request('http://gateway:8080/rest/v1/{path}', "
        "method='{method}', data={data}, headers={{'Content-Profile': 'published', "
        "'Accept-Profile': '{schema}'}}); print(u.urlopen(r).status)"
    )
    for method, path, data, schema in (
        ("POST", "forecast", "b'{}'", "published"),
        ("DELETE", "forecast", "None", "published"),
        ("GET", "payload", "None", "warehouse"),
    ):
        with pytest.raises(RuntimeError, match="HTTP Error 4"):
            published.inside(
                "app", asked.format(method=method, path=path, data=data, schema=schema)
            )


@pytest.mark.skipif(not chromium.EXECUTABLE.exists(), reason="no browser on this machine")
def test_a_visitor_sees_the_forecast(published: Composed) -> None:
    def look(window: Window) -> str:
        window.open("when")
        return window.page.inner_text("body")

    with Chromium() as browser:
        seen = browser.see(published.address("app"), look, size="phone")
    assert "언제" in seen
    assert "여유" in seen


def test_a_training_that_is_asked_for_goes_through_the_whole_chain(published: Composed) -> None:
    run = _asked_to_train(published)
    assert published.until(lambda: _status(published, run) in ENDED, 600)
    assert _status(published, run) == "SUCCESS"


def _asked_to_train(stack: Composed) -> str:
    """The id of the run, once Dagster's pages have found a code server that is new."""
    asked = {"domain": "seongsu", "reason": "the proof of the containers"}
    answers: list[httpx.Response] = []

    def taken() -> bool:
        answers.append(stack.post("/train", asked))
        return answers[-1].status_code == HTTPStatus.ACCEPTED

    assert stack.until(taken, 120), answers[-1].text
    return answers[-1].json()["run_id"]


def _status(stack: Composed, run: str) -> str:
    query = f'{{ runOrError(runId: "{run}") {{ ... on Run {{ status }} }} }}'
    asked = f"{stack.address('dagster')}/graphql"
    told = httpx.post(asked, json={"query": query}, trust_env=False, timeout=30)
    return told.json()["data"]["runOrError"]["status"]


def test_prometheus_hears_the_watcher_and_the_api_and_finds_the_alertmanager(
    published: Composed,
) -> None:
    def up() -> bool:
        told = published.get("prometheus", "/api/v1/query?query=up").json()["data"]["result"]
        return {each["metric"]["job"]: each["value"][1] for each in told} == {
            "seongsu": "1", "seongsu-api": "1",
        }  # fmt: skip

    assert published.until(up, 120)
    managers = published.get("prometheus", "/api/v1/alertmanagers").json()["data"]
    assert [each["url"] for each in managers["activeAlertmanagers"]] == [
        "http://alertmanager:9093/api/v2/alerts"
    ]


@pytest.mark.parametrize("name", ["code", "daemon", "postgres", "app"])
def test_a_service_that_is_killed_comes_back_and_all_is_well(
    published: Composed, name: str
) -> None:
    before = published.containers()[name]["State"]["Pid"]
    os.kill(before, signal.SIGKILL)

    def back() -> bool:
        states = {each: found["State"] for each, found in published.containers().items()}
        well = all(state.get("Health", {}).get("Status", "healthy") == "healthy"
                   for each, state in states.items() if each not in ENDS)  # fmt: skip
        return states[name]["Pid"] not in {0, before} and well

    assert published.until(back, 300), published.compose("ps", "--all")
    assert _forecast(published) is not None


def test_workers_do_the_steps_and_one_that_is_killed_leaves_its_step_to_another(
    published: Composed,
) -> None:
    stack = published.with_workers
    parts = ("redis", "code", "worker", "dask", "dask-worker")
    stack.compose("up", "--detach", "--wait", "--no-deps", "--pull", "never", *parts)
    code = "from distributed import Client; print(len(Client('tcp://dask:8786').nthreads()))"
    assert stack.inside("code", code) == "2"
    asked = ("inspect", "--format", "{{.State.Pid}}")
    pids = {n: int(stack.docker(*asked, f"{PROJECT}-worker-{n}")) for n in ("1", "2")}
    run = _asked_to_train(stack)

    def begun() -> list[str]:
        """The numbers of the workers, each time that one begins the challenger, by their logs."""
        lines = stack.compose("logs", "worker").splitlines()
        starts = [each for each in lines if run in each and "challenger - STEP_START" in each]
        return [each.split()[0].rpartition("-")[2] for each in starts]

    until = time.monotonic() + 300
    while not (first := begun()):  # without a pause: the step takes seconds
        assert time.monotonic() < until, "no worker began the step"
    os.kill(pids[first[0]], signal.SIGKILL)
    assert stack.until(lambda: _status(stack, run) in ENDED, 900)
    assert _status(stack, run) == "SUCCESS", stack.compose("logs", "--tail", "60", "worker")
    assert len(begun()) == 2, "the step was over before its worker was struck"
    assert _forecast(stack) is not None
