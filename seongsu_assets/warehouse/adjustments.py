"""What people add to the published forecast of some hours: entered and withdrawn, never changed.
Who may do so is decided elsewhere; how right they were is in the view `adjustment_score`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg.rows import dict_row

from seongsu_assets.errors import AdjustmentError, NoAdjustment, TooLate
from seongsu_assets.warehouse.postgres import Connection, lock

Row = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """`people` an hour more, or fewer, from `from_hour` to the end of the hour before `to_hour`.
    The `id` is of who asks."""

    id: UUID
    dataset: str
    series: str
    business_date: date
    from_hour: int
    to_hour: int
    name: str
    people: int


def enter(conn: Connection, entry: Entry, now: datetime, by: str) -> tuple[Row, bool]:
    """The adjustment as it is kept, and whether it is new: the same entered twice is there once.

    Raises NoAdjustment where its first hour is not in the published forecast, TooLate where that
    has begun, AdjustmentError where the id is another adjustment's."""
    with conn.transaction():
        lock(conn, entry.dataset, "adjustments")
        if known := _known(conn, entry.id):
            if any(known[name] != value for name, value in asdict(entry).items()):
                raise AdjustmentError(
                    "this id is another adjustment's", remedy="choose a new random id"
                )
            return known, False
        issue_id, begins = _forecast(conn, entry)
        if begins <= now:
            raise TooLate(
                "its first hour has begun: what is known afterwards is no forecast",
                remedy="enter it from the next hour on",
            )
        values = {**asdict(entry), "issue_id": issue_id, "now": now, "by": by}
        if conn.execute(_ENTER, values).fetchone() is None:  # the id is a withdrawal's
            raise AdjustmentError("this id is taken", remedy="choose a new random id")
        return _kept(conn, entry.id), True


def withdraw(conn: Connection, entry_id: UUID, now: datetime, by: str) -> Row:
    """The adjustment as it is kept, withdrawn now or before.

    Raises NoAdjustment for one that there is not, TooLate where its last hour has begun: what is
    over is scored as it was."""
    with conn.transaction():
        known = _known(conn, entry_id)
        if known is None:
            raise NoAdjustment("there is no such adjustment", remedy="look at published.adjustment")
        lock(conn, known["dataset"], "adjustments")
        known = _kept(conn, entry_id)
        if known["withdrawn_at"] is None:
            if _last(conn, known) <= now:
                raise TooLate(
                    "its last hour has begun: it is scored as it was",
                    remedy="nothing is to be done",
                )
            values = {"id": uuid4(), "withdraws": entry_id, "now": now, "by": by}
            conn.execute(_WITHDRAW, values)
        return _kept(conn, entry_id)


def _known(conn: Connection, entry_id: UUID) -> Row | None:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_KNOWN, {"id": entry_id}).fetchone()


def _kept(conn: Connection, entry_id: UUID) -> Row:
    known = _known(conn, entry_id)
    assert known is not None
    return known


def _forecast(conn: Connection, entry: Entry) -> tuple[str, datetime]:
    """The published issue, and when the first hour begins."""
    found = conn.execute(_FORECAST, asdict(entry)).fetchone()
    if found is None:
        raise NoAdjustment(
            "there is no published forecast of it", remedy="/forecast tells the days there are"
        )
    return found[0], found[1]


def _last(conn: Connection, known: Mapping[str, Any]) -> datetime:
    """When its last hour begins."""
    found = conn.execute(_LAST, known).fetchone()
    assert found is not None
    return found[0]


_KNOWN = """
select e.id, e.dataset, e.series, e.business_date, e.from_hour, e.to_hour, e.name, e.people,
       e.issue_id, e.entered_at, e.entered_by, w.entered_at as withdrawn_at,
       w.entered_by as withdrawn_by
from warehouse.adjustment e left join warehouse.adjustment w on w.withdraws = e.id
where e.id = %(id)s and e.withdraws is null
"""

_FORECAST = """
select f.issue_id, f.at from warehouse.publication p join warehouse.forecast f using (issue_id)
where (p.dataset, f.series, f.business_date, f.hour)
    = (%(dataset)s, %(series)s, %(business_date)s, %(from_hour)s)
"""

_LAST = """
select max(f.at) from warehouse.forecast f
where (f.issue_id, f.series, f.business_date) = (%(issue_id)s, %(series)s, %(business_date)s)
  and f.hour >= %(from_hour)s and f.hour < %(to_hour)s
"""

_ENTER = """
insert into warehouse.adjustment
    (id, entered_at, entered_by, dataset, series, business_date, from_hour, to_hour, name, people,
     issue_id)
values (%(id)s, %(now)s, %(by)s, %(dataset)s, %(series)s, %(business_date)s, %(from_hour)s,
        %(to_hour)s, %(name)s, %(people)s, %(issue_id)s)
on conflict (id) do nothing returning id
"""

_WITHDRAW = """
insert into warehouse.adjustment (id, entered_at, entered_by, withdraws)
values (%(id)s, %(now)s, %(by)s, %(withdraws)s)
"""
