"""Issued forecasts, the published pointer, and the scores of forecasts that met their truth.
No model is run here; nothing issued is ever rewritten."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from seongsu_assets.warehouse.postgres import Connection, copy, frame, lock


@dataclass(frozen=True)
class Issue:
    """The head of one forecast. The id is a hash of what made it: the same issue is kept once."""

    issue_id: str
    origin: date
    data_through: date
    model_id: str | None
    tier: str
    data_sha: str
    cutoffs: str


def issue(conn: Connection, dataset: str, head: Issue, rows: pd.DataFrame, now: datetime) -> bool:
    """Append a forecast with all its rows in one transaction; False when it was issued before."""
    with conn.transaction():
        lock(conn, dataset, "forecasts", str(head.origin))
        new = conn.execute(
            """insert into warehouse.issue values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
               on conflict do nothing returning issue_id""",
            (
                head.issue_id,
                dataset,
                head.origin,
                now,
                head.data_through,
                head.model_id,
                head.tier,
                head.data_sha,
                head.cutoffs,
            ),
        ).fetchone()
        if new:
            copy(conn, "warehouse.forecast", rows.assign(issue_id=head.issue_id))
    return new is not None


def newest(conn: Connection, dataset: str, origin: date | None = None) -> str | None:
    """The id of the newest issue: of the latest origin, or of `origin`."""
    row = conn.execute(
        """select issue_id from warehouse.issue
           where dataset = %(dataset)s and (%(origin)s::date is null or origin = %(origin)s)
           order by origin desc, number desc limit 1""",
        {"dataset": dataset, "origin": origin},
    ).fetchone()
    return row[0] if row else None


def read(conn: Connection, issue_id: str) -> pd.DataFrame:
    """All rows of one issue, ordered by series, date and hour."""
    return frame(
        conn,
        """select f.*, i.origin, i.tier
           from warehouse.forecast f join warehouse.issue i using (issue_id)
           where issue_id = %s order by series, business_date, hour""",
        (issue_id,),
    )


def model_of(conn: Connection, issue_id: str) -> str | None:
    """The model that served an issue; None for a usual profile."""
    row = conn.execute(
        "select model_id from warehouse.issue where issue_id = %s", (issue_id,)
    ).fetchone()
    return row[0] if row else None


def publish(conn: Connection, dataset: str, issue_id: str, now: datetime) -> bool:
    """Flip the pointer to `issue_id` in one transaction; False when it points there already, or to
    an issue that another process published since and that is newer."""
    with conn.transaction():
        lock(conn, dataset, "publication")
        row = conn.execute(
            """insert into warehouse.publication values (%s, %s, %s)
               on conflict (dataset) do update
               set issue_id = excluded.issue_id, published_at = excluded.published_at
               where (select (i.origin, i.number) from warehouse.issue i
                      where i.issue_id = excluded.issue_id)
                   > (select (i.origin, i.number) from warehouse.issue i
                      where i.issue_id = warehouse.publication.issue_id) returning issue_id""",
            (dataset, issue_id, now),
        ).fetchone()
    return row is not None


def published(conn: Connection, dataset: str) -> str | None:
    """The id of the issue that readers see, or None before the first."""
    row = conn.execute(
        "select issue_id from warehouse.publication where dataset = %s", (dataset,)
    ).fetchone()
    return row[0] if row else None


def score(
    conn: Connection,
    dataset: str,
    total: str,
    parts: int,
    first: date,
    last: date,
    now: datetime,
    totals: pd.DataFrame | None = None,
) -> int:
    """Score every forecast whose truth is known and not yet scored at its newest revision.

    A total is known only when all its `parts` are; that of an open panel, which has no number of
    parts (0), where `totals` (business_date, hour, value) says so. Rows added."""
    known = pd.DataFrame({"business_date": [], "hour": [], "value": []})
    known = known if totals is None else totals
    with conn.transaction():
        lock(conn, dataset, "scores")
        return conn.execute(
            _SCORE,
            {
                "dataset": dataset,
                "total": total,
                "parts": parts,
                "first": first,
                "last": last,
                "now": now,
                "days": [day.date() for day in pd.DatetimeIndex(known["business_date"])],
                "hours": [int(hour) for hour in known["hour"]],
                "values": [float(value) for value in known["value"]],
            },
        ).rowcount


_SCORE = """
with truth as (
    select series, business_date, hour, value, revision from warehouse.observation
    where dataset = %(dataset)s and superseded_at is null and not estimated
      and business_date between %(first)s and %(last)s
    union all
    select %(total)s, business_date, hour, sum(value), sum(revision) - %(parts)s + 1
    from warehouse.observation
    where dataset = %(dataset)s and superseded_at is null and not estimated
      and business_date between %(first)s and %(last)s
    group by business_date, hour having count(*) = %(parts)s
    union all
    select %(total)s, business_date, hour, told.value, sum(revision)
    from warehouse.observation
    join unnest(%(days)s::date[], %(hours)s::int[], %(values)s::float8[])
         as told(business_date, hour, value) using (business_date, hour)
    where dataset = %(dataset)s and superseded_at is null and not estimated
    group by business_date, hour, told.value
)
insert into warehouse.score
select f.issue_id, f.series, f.business_date, f.hour, t.revision, t.value, %(now)s
from warehouse.issue i join warehouse.forecast f using (issue_id)
join truth t using (series, business_date, hour)
where i.dataset = %(dataset)s
on conflict do nothing
"""


def scored(conn: Connection, dataset: str, first: date, last: date) -> pd.DataFrame:
    """Forecast rows of target days in [first, last] with their newest truth: one row per issue and
    slot, with origin, horizon, q10, q50, q90, naive, usual, level, observed."""
    return frame(
        conn,
        """select distinct on (issue_id, series, business_date, hour)
                  i.issue_id, i.origin, i.model_id, f.series, f.business_date, f.hour, f.horizon,
                  f.q10, f.q50, f.q90, f.naive, f.usual, f.level, s.observed
           from warehouse.issue i join warehouse.forecast f using (issue_id)
           join warehouse.score s using (issue_id, series, business_date, hour)
           where i.dataset = %s and f.business_date between %s and %s
           order by issue_id, series, business_date, hour, s.revision desc""",
        (dataset, first, last),
    )


def highest(conn: Connection, dataset: str) -> float:
    """The busiest slot of the series' sum in the last year on record; 0 without any."""
    row = conn.execute(
        """select max(total) from (
               select sum(value) as total from warehouse.observation
               where dataset = %(dataset)s and superseded_at is null and not estimated
                 and business_date > (
                   select max(business_date) - 365 from warehouse.observation
                   where dataset = %(dataset)s)
               group by business_date, hour) slots""",
        {"dataset": dataset},
    ).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0
