"""What the stack gives its services: ports, an environment, a Dagster that knows its dead runs.
The services themselves are not started here."""

import os
import socket
from pathlib import Path

import pytest

from seongsu_assets import programs, stack
from seongsu_assets.ports import free_port
from seongsu_assets.settings import Settings
from seongsu_assets.warehouse.embedded import Server

SERVER = Server(port=5, folder=Path("/nowhere"), password="s3cret")
RECORDS = programs.Records.on(SERVER)
PORTS = programs.Ports(app=1, dagster=2, mlflow=3, code=4, watch=5, api=6)


def test_no_command_line_shows_a_password_and_the_pages_get_only_what_they_need(tmp_path):
    environment = programs.environment(tmp_path, RECORDS, PORTS)
    first, second = programs.services(environment, PORTS)
    given = {each.name: each for each in (*first, *second)}
    assert set(given) == {"app", "api", "code", "mlflow", "watch", "dagster", "daemon"}
    assert all("s3cret" not in " ".join(each.command) + repr(each) for each in given.values())
    assert "s3cret" not in "".join(given["app"].env.values())
    assert given["mlflow"].env["MLFLOW_BACKEND_STORE_URI"].endswith(":5/mlflow")
    assert given["code"].env["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] == "false"


def test_a_domain_that_tells_by_itself_has_a_listener_that_is_kept_up_like_the_others(tmp_path):
    environment = programs.environment(tmp_path, RECORDS, PORTS)
    first, _ = programs.services(environment, PORTS, live=["bitcoin"])
    listener = next(each for each in first if each.name == "listen_bitcoin")
    assert list(listener.command)[-3:] == ["seongsu_assets.cli", "listen", "bitcoin"]
    assert not listener.ready()
    (tmp_path / "live" / "bitcoin").mkdir(parents=True)
    (tmp_path / "live" / "bitcoin" / "lock").touch()
    assert listener.ready()


def test_only_the_watcher_knows_where_people_are_told(tmp_path, monkeypatch):
    for name in programs.TOLD:
        monkeypatch.setenv(name, "https://hook.example/s3cret")
    first, second = programs.services(programs.environment(tmp_path, RECORDS, PORTS), PORTS)
    knowing = {each.name for each in (*first, *second) if set(programs.TOLD) & set(each.env)}
    assert knowing == {"watch"}


def test_a_database_of_the_users_own_stays_the_warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/mine")
    environment = programs.environment(tmp_path, RECORDS, PORTS)
    assert environment["DATABASE_URL"] == "postgresql://elsewhere/mine"


def test_a_taken_port_is_replaced_and_this_is_said(tmp_path):
    said: list[str] = []
    with socket.create_server(("127.0.0.1", free_port(48000))) as taken:
        wished = taken.getsockname()[1]
        settings = Settings(home=tmp_path, app_port=wished, mlflow_port=wished)
        ports = stack.choose_ports(settings, said.append)
    assert len({wished, *vars(ports).values()}) == 7
    assert any(f"port {wished} is taken: app uses {ports.app}" in line for line in said)


def test_dagster_accepts_its_settings_and_a_run_left_unfinished_is_failed(tmp_path, monkeypatch):
    dg = pytest.importorskip("dagster")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = Settings(home=tmp_path, postgres_port=free_port(49000), _env_file=None)
    before, said, migrated = dict(os.environ), [], []

    def unfinished_run():
        with dg.DagsterInstance.get() as instance:
            assert instance.run_retries_enabled
            assert instance.run_monitoring_enabled
            assert instance.get_concurrency_config().pool_config.default_pool_limit == 1
            run = instance.create_run_for_job(
                dg.Definitions(assets=[dg.AssetSpec("a")], jobs=[job]).resolve_job_def("job"),
                status=dg.DagsterRunStatus.STARTED,
            )
            return run.run_id

    @dg.job
    def job() -> None: ...

    with stack.up(settings, migrate=migrated.append, say=said.append):
        killed = unfinished_run()
    with (
        stack.up(settings, migrate=migrated.append, say=said.append),
        dg.DagsterInstance.get() as i,
    ):
        assert i.get_run_by_id(killed).status == dg.DagsterRunStatus.FAILURE
    assert any(killed in line for line in said)
    assert [url.rpartition("/")[2] for url in migrated] == ["seongsu", "seongsu"]
    assert dict(os.environ) == before
