"""A connection to the warehouse: frames in and out, the lock of one partition.
No table is named here; each table has its own module."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import psycopg
from psycopg import sql

from seongsu_assets.errors import WarehouseError

Connection = psycopg.Connection[tuple[Any, ...]]

#: Rows that are written in one piece.
AT_ONCE = 200_000
#: What an empty column of a SQL type is in a frame; a full one tells by its values.
TYPES: dict[str, Any] = {
    "float8": "float64",
    "int2": "int64",
    "int4": "int64",
    "int8": "int64",
    "bool": "bool",
}


@contextmanager
def connect(url: str) -> Generator[Connection]:
    """A connection in autocommit mode; a write opens its own transaction.

    Raises WarehouseError when the server cannot be reached, goes away, or cannot do now what it is
    asked: it is full, read only, too slow, or another transaction was in the way."""
    try:
        conn = psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise WarehouseError(
            f"the warehouse does not answer: {str(error).splitlines()[0]}",
            remedy="run `seongsu doctor`",
        ) from None  # all that it says is said
    try:
        with conn:
            conn.execute("set timezone to 'UTC'")
            yield conn
    except (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction) as error:
        raise WarehouseError(
            f"the warehouse could not finish: {(str(error) or repr(error)).splitlines()[0]}",
            remedy="nothing is half written; run `seongsu doctor`, then the same again",
        ) from None  # likewise


def lock(conn: Connection, *parts: str, shared: bool = False) -> None:
    """Hold the advisory lock named by `parts` until the transaction ends: alone, or `shared` with
    all who hold it so."""
    kind = sql.SQL("pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock")
    query = sql.SQL("select {}(hashtextextended(%s, 0))").format(kind)
    conn.execute(query, ("/".join(parts),))


def frame(
    conn: Connection,
    query: str | sql.Composed,
    parameters: Sequence[Any] | dict[str, Any] = (),
) -> pd.DataFrame:
    """The whole answer as a frame; SQL dates become midnight Timestamps. An empty one has its
    types too."""
    cursor = conn.execute(query, parameters)  # pyright: ignore[reportArgumentType, reportCallIssue]
    description = cursor.description or []
    table = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in description])
    for column in description:
        if column.type_display == "date":
            table[column.name] = pd.to_datetime(table[column.name]).astype("datetime64[ns]")
        elif table.empty and column.type_display in TYPES:
            table[column.name] = table[column.name].astype(TYPES[column.type_display])
    return table


def copy(conn: Connection, table: str, rows: pd.DataFrame) -> None:
    """COPY a frame into `table`; the frame's columns name the table's. Missing values are NULL."""
    import pyarrow as pa
    from pyarrow import csv

    columns = sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    target = sql.SQL(".").join(map(sql.Identifier, table.split(".")))
    bare = csv.WriteOptions(include_header=False)
    with conn.cursor().copy(
        sql.SQL("copy {} ({}) from stdin (format csv)").format(target, columns)
    ) as out:
        # Arrow's writer takes a tenth of pandas' time; each piece is gone before the next is made.
        for place in range(0, len(rows), AT_ONCE):
            sink = pa.BufferOutputStream()
            piece = rows.iloc[place : place + AT_ONCE]
            csv.write_csv(pa.Table.from_pandas(piece, preserve_index=False), sink, bare)
            out.write(sink.getvalue())


def storable(text: str) -> str:
    """The text without what no UTF-8 column takes: NUL and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def stage(conn: Connection, like: str, rows: pd.DataFrame) -> None:
    """COPY `rows` into a temporary table `staged` shaped like `like`, gone at commit."""
    source = sql.SQL(".").join(map(sql.Identifier, like.split(".")))
    columns = sql.SQL(", ").join(map(sql.Identifier, rows.columns))
    conn.execute("drop table if exists staged")
    conn.execute(
        sql.SQL("create temp table staged on commit drop as select {} from {} limit 0").format(
            columns, source
        )
    )
    copy(conn, "staged", rows)
