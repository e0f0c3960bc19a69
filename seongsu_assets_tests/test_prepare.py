"""`seongsu prepare` makes a server of one's own ready: databases, tables, the door for PostgREST.
Real PostgreSQL; the parts that then start on it are in proof_containers."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from seongsu_assets.errors import WarehouseError
from seongsu_assets.ports import free_port
from seongsu_assets.warehouse import databases
from seongsu_assets.warehouse.embedded import Server

WORD = "a-word-of-a-test"


def prepare(server: Server, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    urls = {
        "DATABASE_URL": server.url("shipped"),
        "SEONGSU_DAGSTER_URL": server.url("shipped_dagster", "postgresql+psycopg2"),
        "SEONGSU_MLFLOW_URL": server.url("shipped_mlflow"),
        "SEONGSU_HOME": str(home),
    }
    command = [sys.executable, "-W", "ignore", "-m", "seongsu_assets.cli", "prepare"]
    return subprocess.run(
        command, env=os.environ | urls | more, capture_output=True, text=True, check=False
    )


def test_all_that_the_parts_need_is_there_afterwards_and_twice_is_as_good_as_once(
    server: Server, tmp_path: Path
) -> None:
    for word in (WORD, f"{WORD}-of-tomorrow"):
        done = prepare(server, tmp_path, SEONGSU_REST_PASSWORD=word)
        assert done.returncode == 0, done.stderr
        assert word not in done.stdout + done.stderr
        reader = make_conninfo(server.url("shipped"), user=databases.LOGIN, password=word)
        with psycopg.connect(reader) as conn:
            conn.execute("set role anon")
            assert conn.execute("select count(*) from published.forecast").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute("select * from warehouse.payload")
    assert (tmp_path / "dagster" / "dagster.yaml").is_file()
    assert (tmp_path / "inbox" / "seongsu").is_dir()
    assert not (tmp_path / "postgres").exists()  # no server of its own was started
    with psycopg.connect(server.url("shipped_dagster")) as conn:
        assert conn.execute("select count(*) from runs").fetchone() == (0,)
    with psycopg.connect(server.url("shipped_mlflow")) as conn:
        assert conn.execute("select 1").fetchone() == (1,)


def test_a_server_that_does_not_answer_is_named_and_nothing_is_made(
    server: Server, tmp_path: Path
) -> None:
    nobody = f"postgresql://somebody:{WORD}@127.0.0.1:{free_port(39_500)}/shipped"
    done = prepare(server, tmp_path, DATABASE_URL=nobody)
    assert done.returncode != 0
    assert "there is no database shipped" in done.stderr
    assert WORD not in done.stderr + done.stdout


def test_records_of_which_only_one_has_a_server_are_refused(server: Server, tmp_path: Path) -> None:
    done = prepare(server, tmp_path, SEONGSU_MLFLOW_URL="")
    assert done.returncode != 0
    assert "one alone is set" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_several_that_ask_for_a_database_at_once_all_get_it(server: Server) -> None:
    url = server.url("asked_often", "postgresql+psycopg2")
    with ThreadPoolExecutor(6) as pool:
        for each in [pool.submit(databases.ensure, url) for _ in range(6)]:
            each.result()
    with psycopg.connect(databases.plain(url)) as conn:
        assert conn.execute("select current_database()").fetchone() == ("asked_often",)


def test_who_may_not_make_databases_is_told_to_have_one_made(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("drop role if exists plain_user")
        admin.execute(f"create role plain_user login password '{WORD}'")
    url = f"postgresql://plain_user:{WORD}@127.0.0.1:{server.port}/not_mine"
    with pytest.raises(WarehouseError, match="there is no database not_mine"):
        databases.ensure(url)
