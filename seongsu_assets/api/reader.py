"""Connections of the API to the warehouse: few, read only, and each statement bounded in time.
No statement is written here."""

from collections.abc import Callable
from queue import Empty, LifoQueue
from threading import BoundedSemaphore
from typing import TypeVar

import psycopg
from psycopg import sql

from seongsu_assets.errors import WarehouseError
from seongsu_assets.warehouse.postgres import Connection

T = TypeVar("T")

STATEMENT_MS = 3000
CONNECT_SECONDS = 2
WAIT_SECONDS = 5.0


class Reader:
    """At most `size` connections, opened when needed and kept. Safe to use from many threads."""

    def __init__(self, url: str, size: int = 4, statement_ms: int = STATEMENT_MS) -> None:
        self._url, self._statement_ms = url, statement_ms
        self._idle: LifoQueue[Connection] = LifoQueue()
        self._free = BoundedSemaphore(size)

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` makes of a connection. A connection that died meanwhile is replaced once.

        Raises WarehouseError when there is none to be had or a statement takes too long; it says
        nothing of the address or of the statement."""
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise _silent("every connection to the database is busy")
        try:
            try:
                return self._once(self._take(), work)
            except psycopg.OperationalError as error:
                if not _lost(error):
                    raise
                self.close()  # what is idle died with it
                return self._once(self._open(), work)
        except psycopg.Error as error:
            raise _silent("the database does not answer") from error
        finally:
            self._free.release()

    def close(self) -> None:
        """Close what is idle."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    def _once(self, conn: Connection, work: Callable[[Connection], T]) -> T:
        try:
            answer = work(conn)
        except BaseException:
            conn.close()
            raise
        self._idle.put(conn)
        return answer

    def _take(self) -> Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._open()

    def _open(self) -> Connection:
        conn = psycopg.connect(self._url, autocommit=True, connect_timeout=CONNECT_SECONDS)
        conn.execute("set timezone to 'UTC'")
        conn.execute("set default_transaction_read_only to on")
        bound = sql.SQL("set statement_timeout to {}").format(sql.Literal(self._statement_ms))
        conn.execute(bound)
        return conn


def _lost(error: psycopg.OperationalError) -> bool:
    """Whether the connection is gone, and not merely this statement refused."""
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def _silent(why: str) -> WarehouseError:
    return WarehouseError(why, remedy="ask again; the operator runs `seongsu doctor`")
