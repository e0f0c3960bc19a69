"""Fixtures: one real PostgreSQL for the session, a migrated database of its own for each test.
No helper that only one file needs."""

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[library] = "1"  # before anything of ours loads numpy; see `seongsu_assets.cli`

import psycopg  # noqa: E402 - the variables come first
from psycopg import sql  # noqa: E402 - likewise

from seongsu_assets.cli import hear  # noqa: E402 - likewise
from seongsu_assets.warehouse.embedded import Server, running  # noqa: E402 - likewise
from seongsu_assets.warehouse.migrating import migrate  # noqa: E402 - likewise
from seongsu_assets.warehouse.postgres import Connection, connect  # noqa: E402 - likewise
from seongsu_assets_tests import elsewhere  # noqa: E402 - likewise
from seongsu_assets_tests.receiver import Receiver  # noqa: E402 - likewise
from seongsu_assets_tests.supabase_like import make_roles  # noqa: E402 - likewise

pytest_plugins = [
    "seongsu_assets_tests.built",
    "seongsu_assets_tests.rehearsing",
    "seongsu_assets_tests.watched",
]
ASKED_TO_END = (signal.SIGINT, signal.SIGTERM)
SHARED = Path(__file__).parents[2] / "shared" / "data"
_numbers = itertools.count()
elsewhere.take()
hear()


@pytest.fixture(autouse=True)
def signals_are_heard_as_before() -> Iterator[None]:
    """What a test ignores or blocks, programs that later tests start would not hear either."""
    before = _unheard()
    yield
    assert _unheard() == before


def _unheard() -> tuple[set[signal.Signals], set[signal.Signals | int]]:
    ignored = {each for each in ASKED_TO_END if signal.getsignal(each) == signal.SIG_IGN}
    return ignored, signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """One server for all workers, embedded or given, with the roles of a Supabase project."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "server"
    given = elsewhere.given_server()
    with nullcontext(given) if given else running(home, 55_400) as found:
        make_roles(found)
        yield found


@pytest.fixture(scope="session")
def template(server: Server, worker_id: str) -> str:
    """A migrated database that the tests' own are copied from."""
    name = f"template_{worker_id}"
    server.ensure_database(name)
    with connect(server.url(name)) as conn:
        migrate(conn)
    return name


@contextmanager
def database(server: Server, template: str, worker_id: str) -> Iterator[str]:
    """The url of a copy of `template`, which is dropped at the end."""
    name = f"test_{worker_id}_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        names = [sql.Identifier(name), sql.Identifier(template)]
        admin.execute(sql.SQL("create database {} template {}").format(*names))
        yield server.url(name)
        admin.execute(sql.SQL("drop database {} with (force)").format(names[0]))


@pytest.fixture
def warehouse_url(server: Server, template: str, worker_id: str) -> Iterator[str]:
    """The url of a migrated, empty database."""
    with database(server, template, worker_id) as url:
        yield url


@pytest.fixture
def another_url(server: Server, template: str, worker_id: str) -> Iterator[str]:
    """The url of another migrated, empty database."""
    with database(server, template, worker_id) as url:
        yield url


@pytest.fixture
def conn(warehouse_url: str) -> Iterator[Connection]:
    """A connection to a migrated, empty database."""
    with connect(warehouse_url) as found:
        yield found


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A place on this machine where alerts arrive."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Receiver() as found:
        yield found


@pytest.fixture
def shared_data() -> Path:
    """The folder of real files; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real files (../shared/data) is absent")
    return SHARED
