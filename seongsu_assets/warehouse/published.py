"""The published views, as any reader sees them.
Nothing behind them is read here."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from psycopg import sql

from seongsu_assets.warehouse.postgres import Connection, frame


def forecast(conn: Connection, domain: str) -> pd.DataFrame:
    """The published forecast, ordered; empty before the first."""
    return frame(
        conn,
        "select * from published.forecast where domain = %s order by series, business_date, hour",
        (domain,),
    )


def data_status(conn: Connection) -> pd.DataFrame:
    """One row per domain: what it stands on."""
    return frame(conn, "select * from published.data_status order by domain")


def accuracy(conn: Connection, domain: str, series: str) -> pd.DataFrame:
    """Errors by horizon of everything scored, beside seasonal naive on the same rows."""
    return frame(
        conn,
        """select horizon, sum(hours)::int as hours, sum(absolute_error) / sum(observed) as wape,
                  sum(naive_absolute_error) / sum(observed) as naive_wape,
                  sum(inside)::float / sum(hours) as inside
           from published.accuracy where domain = %s and series = %s
           group by horizon order by horizon""",
        (domain, series),
    )


def day(
    conn: Connection, view: str, order: Sequence[str], domain: str, business_date: date
) -> pd.DataFrame:
    """The rows of one day in a view that has days, ordered."""
    query = sql.SQL(
        "select * from published.{} where domain = %s and business_date = %s order by {}"
    ).format(sql.Identifier(view), sql.SQL(", ").join(map(sql.Identifier, order)))
    return frame(conn, query, (domain, business_date))


def source_status(conn: Connection, domain: str) -> pd.DataFrame:
    """Which source told what: one row per source and grain."""
    return frame(
        conn,
        "select * from published.source_status where domain = %s order by source, grain",
        (domain,),
    )
