"""Observations: the accepted value of every series and hour, with every earlier value kept.
How they come to stand there is in `settling`."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.postgres import Connection, frame, many

KINDS = {"series": "string", "business_date": "timestamp[ns]", "hour": "int64", "value": "double"}


def read(
    conn: Connection,
    dataset: str,
    first: date | None = None,
    last: date | None = None,
    *,
    estimates: bool = False,
) -> pd.DataFrame:
    """The current observations (series, business_date, hour, value), ordered, of [first, last].

    With `estimates` also the hours of days of which only the total was counted."""
    return many(
        conn,
        """select series, business_date, hour, value from warehouse.observation
           where dataset = %(dataset)s and superseded_at is null
             and (%(estimates)s or not estimated)
             and business_date between coalesce(%(first)s::date, '-infinity')
                                   and coalesce(%(last)s::date, 'infinity')
           order by business_date, series, hour""",
        {"dataset": dataset, "first": first, "last": last, "estimates": estimates},
        KINDS,
    )


def counts(conn: Connection, dataset: str, window: Window, hours: tuple[int, ...]) -> pd.Series:
    """Counted rows per day of the window among the required `hours`; days without any, or of which
    only the total was counted, are absent."""
    table = frame(
        conn,
        """select business_date, count(*) as rows from warehouse.observation
           where dataset = %s and superseded_at is null and hour = any(%s)
             and not estimated and business_date between %s and %s
           group by business_date order by business_date""",
        (dataset, list(hours), window.first, window.last),
    )
    return table.set_index("business_date").rows


def estimated(conn: Connection, dataset: str, window: Window) -> set[date]:
    """The days of the window whose hours are estimates from their total."""
    query = """select distinct business_date from warehouse.observation
               where dataset = %s and superseded_at is null and estimated
                 and business_date between %s and %s"""
    return {day for (day,) in conn.execute(query, (dataset, window.first, window.last))}


def versions(conn: Connection, dataset: str, window: Window) -> dict[date, str]:
    """A hash of the current values per day; equal hashes mean equal data."""
    query = """select business_date,
                      md5(string_agg(series || hour || ':' || value
                                     || case when estimated then '?' else '' end,
                                     ',' order by series, hour))
               from warehouse.observation where dataset = %s and superseded_at is null
                 and business_date between %s and %s group by business_date"""
    return dict(conn.execute(query, (dataset, window.first, window.last)).fetchall())


def bounds(conn: Connection, dataset: str) -> Window | None:
    """The first and last day with an observation, estimated or not; None when there is none."""
    row = conn.execute(
        """select min(business_date), max(business_date) from warehouse.observation
           where dataset = %s and superseded_at is null""",
        (dataset,),
    ).fetchone()
    return Window(row[0], row[1]) if row and row[0] else None
