"""Settling: bringing days to what arrived of them, the best source first, in one transaction.
No audit here: only arrivals that passed it are read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd

from seongsu_assets.domain import Domain, Window
from seongsu_assets.warehouse import observations
from seongsu_assets.warehouse.postgres import Connection, copy, frame, lock

#: (totals, measured rows before them) -> rows by the hour, for the days that can be told.
Spread = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


def settle(
    conn: Connection,
    domain: Domain,
    dataset: str,
    window: Window,
    now: datetime,
    spread: Spread,
    look_back: int,
) -> list[date]:
    """Bring the days of `window` to the newest accepted arrivals; the days that changed.

    Of several sources of an hour the one that the domain names first counts. A day of which only
    the total is known gets estimates from `spread`, by the measured days of the `look_back`. An
    hour whose value changed gets a new revision and keeps the old one."""
    ranks = [source.name for source in domain.sources]
    keys = {
        "dataset": dataset, "now": now, "zone": domain.cadence.timezone, "ranks": ranks,
        "first": window.first, "last": window.last,
    }  # fmt: skip
    with conn.transaction():
        lock(conn, dataset, "observations")
        conn.execute(_STAGE, keys)
        if not (totals := frame(conn, _TOTALS, keys)).empty:
            _estimate(conn, dataset, window, totals, spread, look_back)
        # A new table counts as tiny, and would be joined row by row with all observations.
        conn.execute("analyze settled")
        changed = [d for (d,) in conn.execute(_CHANGED, keys)]
        for statement in (_SUPERSEDE, _ATTRIBUTE, _INSERT):
            conn.execute(statement, keys)
        conn.execute(_SETTLED, keys | {"changed": changed})
        conn.execute(_SEEN, keys)
        conn.execute("drop table settled")
    return changed


def _estimate(
    conn: Connection,
    dataset: str,
    window: Window,
    totals: pd.DataFrame,
    spread: Spread,
    look_back: int,
) -> None:
    """Stage the hours of days of which only the total is known."""
    before = window.first - timedelta(days=look_back)
    known = observations.read(conn, dataset, before, window.first - timedelta(days=1))
    staged = frame(conn, "select series, business_date, hour, value from settled")
    rows = spread(totals, pd.concat([known, staged], ignore_index=True))
    if not rows.empty:
        ids = totals[["series", "business_date", "arrival_id"]]
        whole = rows.merge(ids, on=["series", "business_date"], validate="many_to_one")
        columns = ["series", "business_date", "hour", "value", "arrival_id"]
        copy(conn, "settled", whole[columns].assign(estimated=True))


# Day after day, as they will be read: of days that lie together a range is read in one sweep.
_STAGE = """
create temp table settled on commit drop as
select distinct on (a.business_date, r.series, r.hour)
       r.series, a.business_date, r.hour, r.value, a.id as arrival_id, false as estimated
from warehouse.latest_accepted a join warehouse.arrival_row r on r.arrival_id = a.id
where a.dataset = %(dataset)s and a.grain = 'hourly'
  and a.business_date between %(first)s and %(last)s
order by a.business_date, r.series, r.hour,
         array_position(%(ranks)s::text[], a.source) nulls last, a.id desc
"""

_TOTALS = """
select distinct on (r.series, a.business_date)
       r.series, a.business_date, r.value, a.id as arrival_id
from warehouse.latest_accepted a join warehouse.arrival_row r on r.arrival_id = a.id
where a.dataset = %(dataset)s and a.grain = 'daily'
  and a.business_date between %(first)s and %(last)s
  and not exists (select from settled s where s.business_date = a.business_date)
order by r.series, a.business_date,
         array_position(%(ranks)s::text[], a.source) nulls last, a.id desc
"""

_CHANGED = """
with current as (
    select series, business_date, hour, value, estimated from warehouse.observation
    where dataset = %(dataset)s and superseded_at is null
      and business_date in (select business_date from settled))
select distinct coalesce(s.business_date, c.business_date) as day
from settled s full join current c using (series, business_date, hour)
where (s.value, s.estimated) is distinct from (c.value, c.estimated) order by day
"""

# `except` compares by hashing, however little the planner knows of a table that has just grown.
_SUPERSEDE = """
update warehouse.observation set superseded_at = %(now)s
where dataset = %(dataset)s and superseded_at is null
  and (series, business_date, hour) in (
    select series, business_date, hour from (
        select series, business_date, hour, value, estimated from warehouse.observation
        where dataset = %(dataset)s and superseded_at is null
          and business_date in (select business_date from settled)
        except
        select series, business_date, hour, value, estimated from settled) gone)
"""

# The same value from a better source is no revision, but it has another provenance. Before what is
# new comes: that has its own.
_ATTRIBUTE = """
update warehouse.observation o set arrival_id = s.arrival_id
from settled s
where (o.dataset, o.series, o.business_date, o.hour)
    = (%(dataset)s, s.series, s.business_date, s.hour)
  and o.superseded_at is null and o.arrival_id <> s.arrival_id
"""

# Joined as a whole: of a first load of millions each row would be looked for by itself.
_INSERT = """
with held as (
    select series, business_date, hour, max(revision) as revision,
           bool_or(superseded_at is null) as stands
    from warehouse.observation
    where dataset = %(dataset)s and series in (select series from settled)
      and business_date between %(first)s and %(last)s
    group by series, business_date, hour)
insert into warehouse.observation
    (dataset, series, business_date, hour, revision, at, value, arrival_id, recorded_at, estimated)
select %(dataset)s, s.series, s.business_date, s.hour, 1 + coalesce(h.revision, 0),
       (s.business_date + make_interval(hours => s.hour)) at time zone %(zone)s,
       s.value, s.arrival_id, %(now)s, s.estimated
from settled s left join held h using (series, business_date, hour)
where h.stands is not true
"""

_SETTLED = """
insert into warehouse.settlement as held (dataset, business_date, step, arrivals, estimated)
select %(dataset)s, business_date, nextval('warehouse.step'), array_agg(id order by id),
       not bool_or(grain = 'hourly')
from warehouse.latest_accepted
where dataset = %(dataset)s and business_date between %(first)s and %(last)s
group by business_date
on conflict (dataset, business_date) do update
set arrivals = excluded.arrivals, estimated = excluded.estimated,
    step = case when excluded.business_date = any(%(changed)s) then excluded.step else held.step end
"""

# After every step above, so that an estimate has seen all that was measured.
_SEEN = """
update warehouse.settlement set seen = nextval('warehouse.step')
where dataset = %(dataset)s and estimated and business_date between %(first)s and %(last)s
"""


def unsettled(conn: Connection, dataset: str, look_back: int) -> list[date]:
    """Days that do not stand on all their newest accepted arrivals, have lost their rows, or were
    estimated before a measured day of their `look_back` changed.

    A day of which only the total is known waits for a measured day to spread it by."""
    return [d for (d,) in conn.execute(_UNSETTLED, {"dataset": dataset, "back": look_back})]


_UNSETTLED = """
with said as (
    select business_date, array_agg(id order by id) as ids, bool_or(grain = 'hourly') as hourly
    from warehouse.latest_accepted where dataset = %(dataset)s group by business_date),
measured as (
    select business_date, step from warehouse.settlement
    where dataset = %(dataset)s and not estimated)
select d.business_date from said d
left join warehouse.settlement s
  on s.dataset = %(dataset)s and s.business_date = d.business_date
left join lateral (
    select max(m.step) as step from measured m
    where not d.hourly
      and m.business_date between d.business_date - %(back)s and d.business_date - 1) near on true
where (d.hourly or near.step is not null)
  and (s.business_date is null or s.arrivals <> d.ids or s.seen < near.step
       or (d.hourly and not exists (
           select from warehouse.observation o
           where o.dataset = %(dataset)s and o.superseded_at is null
             and o.business_date = d.business_date)))
order by 1
"""
