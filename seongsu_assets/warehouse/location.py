"""Where the warehouse is: DATABASE_URL, or the embedded server, joined while this process lives.
No SQL but the migrations here."""

import atexit
from contextlib import ExitStack
from functools import lru_cache

from seongsu_assets.settings import settings
from seongsu_assets.warehouse.embedded import running
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect


@lru_cache(maxsize=1)
def open_url() -> str:
    """The url of the migrated warehouse. The embedded server is started when nobody runs it yet.

    Raises WarehouseError or ServiceError when there is none to be had."""
    given = settings().database_url
    url = given.get_secret_value() if given else embedded("seongsu")
    with connect(url) as conn:
        migrate(conn)
    return url


def mlflow_url() -> str:
    """The url of MLflow's records. The embedded server is started when nobody runs it yet."""
    given = settings().mlflow_url
    return given.get_secret_value() if given else embedded("mlflow")


@lru_cache(maxsize=4)
def embedded(database: str) -> str:
    """The url of a database on the embedded server, joined until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    server = stack.enter_context(running(settings().root, settings().postgres_port))
    server.ensure_database(database)
    return server.url(database)
