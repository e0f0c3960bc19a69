"""Who may read what: the published views for everybody, and nothing else for anybody.
The same through PostgREST is in test_rest_attacks."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.world import World

VIEWS = {
    "accuracy", "accuracy_by_hour", "actual", "adjustment", "adjustment_score", "alarm", "calendar",
    "data_status", "day_status", "decision", "estimate", "explanation", "forecast", "forecast_log",
    "incident", "levels", "misses", "model_card", "recent", "reliability", "rival_accuracy",
    "rivals", "series", "source_status",
}  # fmt: skip
READERS = ("anon", "authenticated", "seongsu_reader")


@pytest.fixture
def filled(world: World) -> Iterator[Connection]:
    with connect(world.url) as conn:
        yield conn


def names(conn: Connection, query: str) -> set[str]:
    return {name for (name,) in conn.execute(query)}  # type: ignore[arg-type]


@pytest.mark.parametrize("role", READERS)
def test_a_reader_sees_in_every_view_what_its_owner_sees(filled: Connection, role: str) -> None:
    full: set[str] = set()
    for view in VIEWS:
        query = sql.SQL("select count(*) from published.{}").format(sql.Identifier(view))
        (mine,) = filled.execute(query).fetchone() or (None,)
        filled.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        assert filled.execute(query).fetchone() == (mine,)
        filled.execute("reset role")
        full |= {view} if mine else set()
    later = {"accuracy", "accuracy_by_hour", "alarm", "incident", "misses", "recent", "reliability"}
    by_hand = {"adjustment", "adjustment_score"}
    assert full >= VIEWS - {"estimate", "rivals", "rival_accuracy", "series"} - later - by_hand


@pytest.mark.parametrize("role", READERS)
def test_a_reader_may_not_name_a_table(filled: Connection, role: str) -> None:
    tables = names(filled, "select tablename from pg_tables where schemaname = 'warehouse'")
    assert len(tables) > 20
    filled.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
    for table in tables:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema warehouse"):
            filled.execute(sql.SQL("select 1 from warehouse.{}").format(sql.Identifier(table)))


def test_a_reader_may_not_change_anything(filled: Connection) -> None:
    filled.execute("set role anon")
    for attack in (
        "delete from published.forecast",
        "update published.actual set value = 0",
        "insert into published.levels (domain) values ('x')",
        "drop view published.forecast",
        "create table published.mine (a int)",
        "create table public.mine (a int)",
    ):
        with pytest.raises(
            psycopg.Error, match=r"denied|must be owner|cannot (update|delete|insert)"
        ):
            filled.execute(attack)


def test_the_bytes_that_arrived_are_hidden_even_where_a_schema_is_opened_by_mistake(
    filled: Connection,
) -> None:
    filled.execute("grant usage on schema warehouse to anon")
    filled.execute("set role anon")
    assert filled.execute("select count(received_at) from warehouse.payload").fetchone() != (0,)
    for hidden in ("body from warehouse.payload", "* from warehouse.quarantine",
                   "booster from warehouse.model", "* from warehouse.message"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            filled.execute(f"select {hidden}")  # type: ignore[arg-type]


def test_every_table_has_row_level_security_and_every_view_its_readers_rights(
    conn: Connection,
) -> None:
    open_tables = names(
        conn,
        """select relname from pg_class where relkind = 'r' and not relrowsecurity
           and relnamespace in ('warehouse'::regnamespace, 'published'::regnamespace,
                                'public'::regnamespace)""",
    )
    assert open_tables == set()
    ours = "relkind = 'v' and relnamespace = 'published'::regnamespace"
    views = names(
        conn,
        f"""select relname from pg_class
            where {ours} and reloptions @> array['security_invoker=true']""",
    )
    assert views == names(conn, f"select relname from pg_class where {ours}") == VIEWS


def test_the_writer_changes_rows_and_nothing_that_is_append_only(filled: Connection) -> None:
    filled.execute("set role seongsu_writer")
    filled.execute("update warehouse.publication set published_at = published_at")
    with pytest.raises(psycopg.errors.RestrictViolation, match="append only"):
        filled.execute("delete from warehouse.score")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        filled.execute("drop table warehouse.score")


def test_every_view_and_every_column_says_what_it_is(conn: Connection) -> None:
    silent = names(
        conn,
        """select c.relname || '.' || a.attname from pg_class c
           join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
           where c.relnamespace = 'published'::regnamespace
             and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)""",
    )
    assert silent == set()
