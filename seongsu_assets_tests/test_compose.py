"""What compose.yaml promises: hardened parts, one open port, and to each part only what it needs.
Nothing is started here; see proof_containers."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from seongsu_assets import healthy, programs
from seongsu_assets.settings import Settings
from seongsu_assets.stack import DATABASES

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
OPEN: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.open.yaml").read_text())
WORKERS: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.workers.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
#: Those that compose.workers.yaml brings by itself: `worker` is `code` with other words.
MORE = {name: each for name, each in WORKERS["services"].items() if "image" in each}
#: Services that run our own image.
PARTS = {name: each for name, each in SERVICES.items() if "daily-seongsu" in each["image"]}
#: Those that end by themselves, and those that nothing of ours can ask.
ENDS = {"prepare", "first"}
#: Settings of ours by the name that the environment has for them.
KNOWN = {
    f"SEONGSU_{name.upper()}": name
    for name, each in Settings.model_fields.items()
    if not each.validation_alias
}


@pytest.mark.parametrize("name", [*SERVICES, *MORE])
def test_every_service_is_hardened_and_bounded(name: str) -> None:
    service = (SERVICES | MORE)[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["profiles"] in (["core"], ["monitoring"], ["dask"])
    assert service.get("cap_add", []) == [] or name == "postgres"  # it becomes its own user


def test_only_the_app_can_be_reached_and_only_from_this_machine() -> None:
    assert {name for name, each in SERVICES.items() if "ports" in each} == {"app"}
    assert SERVICES["app"]["ports"] == ["${APP_PORT:-127.0.0.1:8501}:8501"]
    for name, each in OPEN["services"].items():
        assert all(port.startswith("127.0.0.1:") for port in each["ports"]), name
        assert "open" in SERVICES[name]["networks"], name


def test_workers_are_the_graphs_own_with_other_words_and_nobody_else_reaches_their_queue() -> None:
    services = WORKERS["services"]
    assert set(services) == {"redis", "code", "worker", "dask", "dask-worker"}
    worker, code = services["worker"], services["code"]
    assert worker["extends"] == {"file": "compose.yaml", "service": "code"}
    assert find_spec(worker["command"][0]) is not None
    told = {**code["environment"], "SEONGSU_HEALTH": "worker"}
    assert worker["environment"] == told
    assert set(told) <= {*KNOWN, "SEONGSU_HEALTH"}
    for name, each in MORE.items():
        assert each["networks"] == ["inside"], name
        assert "ports" not in each, name
    for name in ("dask", "dask-worker"):
        assert set(services[name]["environment"]) == {"SEONGSU_HEALTH"}


def test_the_databases_have_no_way_out_and_the_pages_none_to_them() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == ["inside"]
    of_the_app = set(SERVICES["app"]["networks"])
    met = {name for name, each in SERVICES.items() if of_the_app & set(each.get("networks", []))}
    assert met == {"app", "api", "gateway"}


def test_the_pages_know_no_password_and_no_key() -> None:
    told = yaml.safe_dump(SERVICES["app"])
    assert "PASSWORD" not in told
    assert "DATABASE_URL" not in told
    assert "_KEY_HASH" not in told
    assert "volumes" not in SERVICES["app"]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_told_what_the_stack_tells_it_and_nothing_more(name: str) -> None:
    """The same rules as for the processes of `seongsu up`."""
    environment = PARTS[name].get("environment", {})
    own = [each for each in environment if each.startswith("SEONGSU_")]
    assert [each for each in own if each not in {*KNOWN, *_SAID_ELSEWHERE}] == []
    keys = set(programs.KEYS) - set(programs.WRITERS)
    assert bool(keys & set(environment)) == (name in {"first", "code", "watch"})
    assert bool(set(programs.TOLD) & set(environment)) == (name == "watch")
    assert bool(set(programs.WRITERS) & set(environment)) == (name == "api")
    assert bool(set(programs.MAKERS) & set(environment)) == (name == "prepare")


#: Read by workspace.yaml, by the image's own health check.
_SAID_ELSEWHERE = {"SEONGSU_CODE_HOST", "SEONGSU_CODE_PORT", "SEONGSU_HEALTH"}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_runs_a_module_that_is_there_and_says_how_it_is_asked(name: str) -> None:
    module, *_ = PARTS[name]["command"]
    assert find_spec(module) is not None
    health = PARTS[name].get("environment", {}).get("SEONGSU_HEALTH", "")
    assert (health == "") == (name in ENDS)
    assert health.split()[0] in healthy.KINDS if health else True


def test_every_program_of_the_stack_is_a_service() -> None:
    ports = programs.Ports(app=1, dagster=2, mlflow=3, code=4, watch=5, api=6)
    known = {"SEONGSU_HOME": "/nowhere"}
    first, second = programs.services(known, ports)
    assert {each.name for each in (*first, *second)} == set(PARTS) - ENDS


def test_dagster_reads_its_records_through_the_driver_that_can() -> None:
    for name in ("code", "daemon", "dagster", "watch", "first", "prepare"):
        environment = PARTS[name]["environment"]
        assert environment["SEONGSU_DAGSTER_URL"].startswith("postgresql+psycopg2://")
        urls = ("DATABASE_URL", "SEONGSU_DAGSTER_URL", "SEONGSU_MLFLOW_URL")
        assert tuple(environment[each].rpartition("/")[2] for each in urls) == DATABASES


def test_every_value_that_must_be_given_is_in_the_example() -> None:
    text = (ROOT / "docker" / "compose.yaml").read_text()
    example = (ROOT / "docker" / ".env.example").read_text()
    for name in ("POSTGRES_PASSWORD", "REST_PASSWORD"):
        assert f"${{{name}:?see docker/.env.example}}" in text
        assert f"\n{name}=\n" in example
    workers = (ROOT / "docker" / "compose.workers.yaml").read_text()
    assert "${REDIS_PASSWORD:?see docker/.env.example}" in workers
    assert "\n# REDIS_PASSWORD=\n" in example


def test_but_for_kubernetes_the_image_has_nothing_that_the_tests_have_not_run_with() -> None:
    def pins(path: Path) -> set[str]:
        return {line.split(" ")[0] for line in path.read_text().splitlines() if "==" in line}

    image, whole = pins(ROOT / "docker" / "requirements.lock"), pins(ROOT / "requirements.lock")
    assert whole & image
    kubernetes = {"dagster-k8s", "durationpy", "kubernetes", "websocket-client"}
    assert {each.partition("==")[0] for each in image - whole} == kubernetes
    assert not [each for each in image if each.startswith(("pytest", "ruff", "pyright", "moto"))]
