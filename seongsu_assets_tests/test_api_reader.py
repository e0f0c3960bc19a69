"""The API's connections: they cannot write, wait for nothing long, are few, and are found again.
Nothing of HTTP."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from seongsu_assets.api.reader import Reader
from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import Connection


def asked(query: str) -> Any:
    def work(conn: Connection) -> Any:
        return conn.execute(query).fetchone()  # type: ignore[arg-type]

    return work


WRITES = (
    "insert into warehouse.publication values ('a', 'b', now())",
    "create table x (a int)",
    "truncate warehouse.score",
    "drop schema published cascade",
    "select nextval('warehouse.step')",
)


@pytest.mark.parametrize("query", WRITES)
def test_nothing_can_be_written(warehouse_url: str, query: str) -> None:
    reader = Reader(warehouse_url)
    with pytest.raises(WarehouseError) as told:
        reader.read(asked(query))
    assert query.rsplit(maxsplit=1)[-1] not in str(told.value)
    assert reader.read(asked("select count(*) from warehouse.publication")) == (0,)
    reader.close()


def test_a_statement_that_takes_too_long_is_ended_and_not_tried_again(warehouse_url: str) -> None:
    reader = Reader(warehouse_url, size=1, statement_ms=100)
    for _ in range(2):
        with pytest.raises(WarehouseError):
            reader.read(asked("select pg_sleep(5)"))
    assert reader.read(asked("select 1")) == (1,)
    reader.close()


def test_many_who_ask_share_few_connections(warehouse_url: str) -> None:
    reader = Reader(warehouse_url, size=3)
    with ThreadPoolExecutor(30) as threads:
        query = "select pg_backend_pid() from pg_sleep(0.01)"
        pids = set(threads.map(lambda _: reader.read(asked(query)), range(200)))
    assert len(pids) <= 3
    reader.close()


def test_a_connection_that_was_cut_is_replaced_without_a_word(
    warehouse_url: str, server: Server
) -> None:
    reader = Reader(warehouse_url, size=1)
    before = reader.read(asked("select pg_backend_pid()"))
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s)", before)
    assert reader.read(asked("select pg_backend_pid()")) != before
    reader.close()


def test_where_there_is_no_database_the_address_is_not_told(server: Server) -> None:
    reader = Reader(server.url("nowhere"))
    with pytest.raises(WarehouseError) as told:
        reader.read(asked("select 1"))
    for secret in (server.password, str(server.port), "nowhere", "127.0.0.1"):
        assert secret not in str(told.value)
