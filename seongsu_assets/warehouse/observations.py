"""Observations: the accepted value of every series and hour, with every earlier value kept.
How they come to stand there is in `settling`."""

from datetime import date

import numpy as np
import pandas as pd

from seongsu_assets.domain import Window
from seongsu_assets.warehouse.postgres import Connection, frame


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
    # A message for each day of a series, with the bits of its numbers: of millions of rows one for
    # each takes ten times as long.
    query = """select series, business_date,
                      string_agg(int4send(hour), ''::bytea order by hour),
                      string_agg(float8send(value), ''::bytea order by hour)
               from warehouse.observation
               where dataset = %(dataset)s and superseded_at is null
                 and (%(estimates)s or not estimated)
                 and business_date between coalesce(%(first)s::date, '-infinity')
                                       and coalesce(%(last)s::date, 'infinity')
               group by business_date, series order by business_date, series"""
    asked = {"dataset": dataset, "first": first, "last": last, "estimates": estimates}
    with conn.cursor(binary=True) as cursor:
        days = cursor.execute(query, asked).fetchall()
    series, dates, hours, values = zip(*days, strict=True) if days else ((),) * 4
    many = np.array([len(each) // 8 for each in values], dtype=np.int64)
    return pd.DataFrame(
        {
            "series": np.repeat(np.array(series, dtype=object), many),
            "business_date": np.repeat(np.array(dates, dtype="datetime64[ns]"), many),
            "hour": np.frombuffer(b"".join(hours), dtype=">i4").astype(np.int64),
            "value": np.frombuffer(b"".join(values), dtype=">f8").astype(np.float64),
        }
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
