"""Connections of the API that write: one at a time, each for one write, and bounded in time.
No statement is written here; what only reads uses `reader`."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

import psycopg
from psycopg import sql

from seongsu_assets.api.reader import CONNECT_SECONDS, STATEMENT_MS, WAIT_SECONDS
from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse.postgres import Connection

T = TypeVar("T")


class Writer:
    """Writes are few, so that none keeps a connection waiting. Safe to use from many threads."""

    def __init__(self, url: str) -> None:
        self._url, self._free = url, BoundedSemaphore(1)

    def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` makes of a connection.

        Raises WarehouseError where there is none, or a statement is refused or takes too long; it
        says nothing of the address or of the statement."""
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise _silent("another write takes too long")
        try:
            with psycopg.connect(
                self._url, autocommit=True, connect_timeout=CONNECT_SECONDS
            ) as conn:
                conn.execute("set timezone to 'UTC'")
                bound = sql.SQL("set statement_timeout to {}").format(sql.Literal(STATEMENT_MS))
                conn.execute(bound)
                return work(conn)
        except psycopg.Error as error:
            raise _silent("the database did not take it") from error
        finally:
            self._free.release()


def _silent(why: str) -> WarehouseError:
    return WarehouseError(why, remedy="send the same again; the operator runs `seongsu doctor`")
