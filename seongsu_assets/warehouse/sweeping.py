"""Which snapshots nobody needs any more, and letting them go: rows say so before files are gone.
What is kept for whom is noted in `snapshots`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from seongsu_assets.artefacts import Place
from seongsu_assets.warehouse.postgres import Connection, lock
from seongsu_assets.warehouse.snapshots import LOCK

#: A challenger that never served is looked into while it is news; its scores and the decision
#: about it stay for ever. Two seasons later nobody has asked for its rows.
GRACE = timedelta(days=180)
#: Whoever trains or forecasts holds the lock for seconds, a backup for minutes: then another time.
_PATIENCE = "set local lock_timeout = '30s'"
# The newest model of a data set may still be promoted; a promoted one may serve as the last good.
_SWEEP = """
with idle as (
    select model_id from warehouse.model m
    where created_at < %(before)s
      and not exists (select from warehouse.issue i where i.model_id = m.model_id)
      and not exists (select from warehouse.decision d
                      where d.challenger = m.model_id and d.outcome in ('first', 'promote'))
      and number < (select max(number) from warehouse.model n where n.dataset = m.dataset)),
needed as (
    select unnest(array[features, observations, calendar]) as sha256 from warehouse.issue_source
    union
    select unnest(array[features, observations]) from warehouse.model_source
    where model_id not in (select model_id from idle))
update warehouse.snapshot set swept_at = %(now)s
where swept_at is null and made_at < %(before)s
  and not exists (select from needed where needed.sha256 = snapshot.sha256)
"""


@dataclass(frozen=True)
class Swept:
    """How many files went, and their bytes."""

    files: int
    bytes: int


def sweep(conn: Connection, place: Place, now: datetime) -> Swept:
    """Let go what only challengers stand on that never served and are older than GRACE.

    Raises WarehouseError while snapshots are in use, ServiceError when a file cannot be removed;
    the next sweep goes on from there."""
    with conn.transaction():
        conn.execute(_PATIENCE)
        lock(conn, LOCK)
        conn.execute(_SWEEP, {"before": now - GRACE, "now": now})
    with conn.transaction():
        conn.execute(_PATIENCE)
        lock(conn, LOCK)
        gone = conn.execute(
            """update warehouse.snapshot set freed_at = %s
               where swept_at is not null and freed_at is null returning path, bytes""",
            (now,),
        ).fetchall()
        for path, _ in gone:
            place.remove(path)
    return Swept(len(gone), sum(size for _, size in gone))


def swept(conn: Connection, model_id: str) -> datetime | None:
    """Since when what a model was trained on is gone; None while it is there."""
    row = conn.execute(
        "select min(swept_at) from warehouse.training_set where model_id = %s", (model_id,)
    ).fetchone()
    return row[0] if row else None
