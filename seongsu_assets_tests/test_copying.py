"""Frames on their way into a table: every value comes to stand there as it was.
What is written where is in the tests of each table."""

from datetime import date

import numpy as np
import pandas as pd
import psycopg
import pytest

from seongsu_assets.warehouse.postgres import AT_ONCE, Connection, copy

TEXTS = ["성수", "", 'a "b", c', "line\nline", "\\.", "\\N", "NULL", " ", None]


def told(conn: Connection, rows: pd.DataFrame, columns: str) -> list[tuple[object, ...]]:
    conn.execute(f"create temp table told (place int, {columns})")  # type: ignore[arg-type]
    copy(conn, "told", rows.assign(place=range(len(rows))))
    names = ", ".join(rows.columns)
    return conn.execute(f"select {names} from told order by place").fetchall()  # type: ignore[arg-type]


def test_texts_arrive_as_they_are_and_only_what_is_missing_is_null(conn: Connection) -> None:
    assert told(conn, pd.DataFrame({"text": TEXTS}), "text text") == [(text,) for text in TEXTS]


def test_numbers_arrive_to_the_last_bit(conn: Connection) -> None:
    numbers = [0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308, np.inf, 2750972.0]
    rows = pd.DataFrame({"number": [*numbers, np.nan], "whole": range(7)})
    arrived = told(conn, rows, "number float8, whole smallint")
    assert [value for value, _ in arrived] == [*numbers, None]
    assert [whole for _, whole in arrived] == list(range(7))


def test_days_flags_and_columns_without_a_value_arrive(conn: Connection) -> None:
    rows = pd.DataFrame(
        {
            "stamp": pd.to_datetime(["2026-03-02", None]),
            "day": [date(2026, 3, 2), None],
            "flag": [True, False],
            "nothing": [None, None],
        }
    )
    assert told(conn, rows, "stamp date, day date, flag bool, nothing text") == [
        (date(2026, 3, 2), date(2026, 3, 2), True, None),
        (None, None, False, None),
    ]


def test_more_rows_than_one_piece_arrive_in_order_and_none_is_none(conn: Connection) -> None:
    rows = pd.DataFrame({"number": np.arange(AT_ONCE + 3)})
    assert told(conn, rows, "number int") == [(n,) for n in range(AT_ONCE + 3)]
    conn.execute("truncate told")
    copy(conn, "told", rows.iloc[:0])
    assert conn.execute("select count(*) from told").fetchone() == (0,)


def test_a_row_that_the_table_refuses_keeps_all_others_out(conn: Connection) -> None:
    conn.execute("create temp table told (number int check (number < 5))")
    with pytest.raises(psycopg.errors.CheckViolation):
        copy(conn, "told", pd.DataFrame({"number": range(6)}))
    assert conn.execute("select count(*) from told").fetchone() == (0,)
