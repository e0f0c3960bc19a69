"""The OpenAPI document tells the truth: requests made from it are answered as it says.
Single answers are looked at in the other tests of the API."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seongsu_assets.api.problems import MEDIA_TYPE
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests import api_world
from seongsu_assets_tests.api_world import KEY, Api, copied, patient, serving
from seongsu_assets_tests.graphql_desk import graphql_desk

api = api_world.api
PATHS = {
    "/forecast", "/forecast/when", "/predict", "/accuracy", "/evaluate", "/drift", "/models",
    "/train", "/promote", "/events", "/events/{id}/withdraw", "/key", "/status", "/health",
    "/ready", "/metrics",
}  # fmt: skip
#: Requests that schemathesis makes of each part of the document; a run by hand makes more.
EXAMPLES = os.environ.get("SEONGSU_API_EXAMPLES", "4")


@pytest.fixture(scope="module")
def started(server: Server, built: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """An API whose writes reach a Dagster that starts whatever it is asked for."""
    folder = tmp_path_factory.mktemp("document")
    with (
        copied(server, built, folder) as world,
        graphql_desk() as dagster,
        serving(world, patient(), dagster.url) as found,
    ):
        yield found


def test_every_path_is_told_with_its_answer_and_its_problems(api: Api) -> None:
    document = api.get("/openapi.json").json()
    assert set(document["paths"]) == PATHS
    for path, operations in document["paths"].items():
        for operation in operations.values():
            good = {status for status in operation["responses"] if status < "300"}
            assert good, path
            for status in set(operation["responses"]) - good - {"304"}:
                assert list(operation["responses"][status]["content"]) == [MEDIA_TYPE], path
    assert "HTTPValidationError" not in str(document)


def test_writes_need_the_key_and_so_does_asking_whether_it_is_good(api: Api) -> None:
    document = api.get("/openapi.json").json()
    keyed = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if operation.get("security")
    }
    assert keyed == {"/train", "/promote", "/events", "/events/{id}/withdraw", "/key"}


def test_the_names_there_are_are_in_the_document(api: Api) -> None:
    document = api.get("/openapi.json").json()
    parameters = document["paths"]["/forecast"]["get"]["parameters"]
    given: dict[str, Any] = {each["name"]: each["schema"] for each in parameters}
    assert set(given) == {"domain", "series", "from", "to"}
    assert given["domain"]["enum"] == ["seongsu"]
    assert given["series"]["enum"] == ["boarding", "alighting", "total"]
    assert given["from"]["format"] == "date"


def test_the_page_for_people_answers_and_loads_nothing_from_elsewhere(api: Api) -> None:
    answer = api.get("/docs")
    assert answer.status_code == 200
    assert "/openapi.json" in answer.text
    loaded: list[str] = re.findall(r'(?:src|href)="([^"]+)"', answer.text)
    assert {each.rpartition(".")[2] for each in loaded} >= {"js", "css"}
    assert all(each.startswith("/") and api.get(each).status_code == 200 for each in loaded)


@pytest.mark.skipif(
    importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed"
)
def test_what_is_made_from_the_document_is_answered_as_it_says(
    started: Api, tmp_path: Path
) -> None:
    address = str(started.http.base_url)
    command = [
        *(sys.executable, "-W", "ignore", "-m", "schemathesis.cli", "run"),
        *(f"{address}/openapi.json", "--url", address, "--max-examples", EXAMPLES),
        *("--header", f"Authorization: Bearer {KEY}", "--continue-on-failure", "--no-color"),
        "--generation-deterministic",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=220, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
