"""Observations: the accepted value of every series and hour, with every earlier value kept.
No audit here: only arrivals that passed it are read."""

from datetime import date, datetime

import pandas as pd

from seongsu_assets.domain import Domain, Window
from seongsu_assets.warehouse.postgres import Connection, frame, lock


def settle(
    conn: Connection, domain: Domain, dataset: str, window: Window, now: datetime
) -> list[date]:
    """Bring the days of `window` to the newest accepted arrivals, all in one transaction.

    An hour whose value changed gets a new revision and keeps the old one. Days that changed."""
    with conn.transaction():
        lock(conn, dataset, "observations")
        conn.execute(_STAGE, (dataset, window.first, window.last))
        changed = [d for (d,) in conn.execute(_CHANGED, {"dataset": dataset})]
        keys = {"dataset": dataset, "now": now, "zone": domain.cadence.timezone}
        conn.execute(_SUPERSEDE, keys)
        conn.execute(_INSERT, keys)
        conn.execute(_SETTLED, keys | {"changed": changed})
        conn.execute("drop table settled")
    return changed


_STAGE = """
create temp table settled on commit drop as
select r.series, a.business_date, r.hour, r.value, a.id as arrival_id
from warehouse.latest_accepted a join warehouse.arrival_row r on r.arrival_id = a.id
where a.dataset = %s and a.grain = 'hourly' and a.business_date between %s and %s
"""

_CHANGED = """
with current as (
    select series, business_date, hour, value from warehouse.observation
    where dataset = %(dataset)s and superseded_at is null
      and business_date in (select business_date from settled))
select distinct coalesce(s.business_date, c.business_date) as day
from settled s full join current c using (series, business_date, hour)
where s.value is distinct from c.value order by day
"""

_SUPERSEDE = """
update warehouse.observation set superseded_at = %(now)s
where (dataset, series, business_date, hour, revision) in (
    select o.dataset, o.series, o.business_date, o.hour, o.revision from warehouse.observation o
    where o.dataset = %(dataset)s and o.superseded_at is null
      and o.business_date in (select business_date from settled)
      and not exists (select from settled s
                      where (s.series, s.business_date, s.hour, s.value)
                          = (o.series, o.business_date, o.hour, o.value)))
"""

_INSERT = """
insert into warehouse.observation
select %(dataset)s, s.series, s.business_date, s.hour,
       1 + coalesce((select max(revision) from warehouse.observation o
                     where (o.dataset, o.series, o.business_date, o.hour)
                         = (%(dataset)s, s.series, s.business_date, s.hour)), 0),
       (s.business_date + make_interval(hours => s.hour)) at time zone %(zone)s,
       s.value, s.arrival_id, %(now)s, null
from settled s
where not exists (select from warehouse.observation o
                  where (o.dataset, o.series, o.business_date, o.hour)
                      = (%(dataset)s, s.series, s.business_date, s.hour)
                    and o.superseded_at is null)
"""


_SETTLED = """
insert into warehouse.settlement as held
select %(dataset)s, business_date, arrival_id, nextval('warehouse.step')
from (select distinct business_date, arrival_id from settled) days
on conflict (dataset, business_date) do update
set arrival_id = excluded.arrival_id,
    step = case when excluded.business_date = any(%(changed)s) then excluded.step else held.step end
"""


def read(
    conn: Connection, dataset: str, first: date | None = None, last: date | None = None
) -> pd.DataFrame:
    """The current observations (series, business_date, hour, value), ordered, of [first, last]."""
    return frame(
        conn,
        """select series, business_date, hour, value from warehouse.observation
           where dataset = %(dataset)s and superseded_at is null
             and business_date between coalesce(%(first)s::date, '-infinity')
                                   and coalesce(%(last)s::date, 'infinity')
           order by business_date, series, hour""",
        {"dataset": dataset, "first": first, "last": last},
    )


def counts(conn: Connection, dataset: str, window: Window, hours: tuple[int, ...]) -> pd.Series:
    """Rows per day of the window among the required `hours`; days without any are absent."""
    table = frame(
        conn,
        """select business_date, count(*) as rows from warehouse.observation
           where dataset = %s and superseded_at is null and hour = any(%s)
             and business_date between %s and %s group by business_date order by business_date""",
        (dataset, list(hours), window.first, window.last),
    )
    return table.set_index("business_date").rows


def versions(conn: Connection, dataset: str, window: Window) -> dict[date, str]:
    """A hash of the current values per day; equal hashes mean equal data."""
    query = """select business_date,
                      md5(string_agg(series || hour || ':' || value, ',' order by series, hour))
               from warehouse.observation where dataset = %s and superseded_at is null
                 and business_date between %s and %s group by business_date"""
    return dict(conn.execute(query, (dataset, window.first, window.last)).fetchall())


def unsettled(conn: Connection, dataset: str) -> list[date]:
    """Days that do not stand on their newest accepted arrival, or have lost their rows."""
    query = """select a.business_date from warehouse.latest_accepted a
               where a.dataset = %s and a.grain = 'hourly' and (
                   not exists (select from warehouse.settlement s
                               where (s.dataset, s.business_date, s.arrival_id)
                                   = (a.dataset, a.business_date, a.id))
                   or not exists (select from warehouse.observation o
                                  where o.dataset = a.dataset and o.superseded_at is null
                                    and o.business_date = a.business_date))
               order by 1"""
    return [d for (d,) in conn.execute(query, (dataset,))]


def bounds(conn: Connection, dataset: str) -> Window | None:
    """The first and last day with an observation, or None when there is none."""
    row = conn.execute(
        """select min(business_date), max(business_date) from warehouse.observation
           where dataset = %s and superseded_at is null""",
        (dataset,),
    ).fetchone()
    return Window(row[0], row[1]) if row and row[0] else None
