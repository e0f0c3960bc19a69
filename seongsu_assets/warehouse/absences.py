"""Absences: days that a source was asked for and did not give, and what that meant.
What a day's absence calls for is not decided here."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from seongsu_assets.outside import Absence
from seongsu_assets.warehouse.postgres import Connection, frame, storable


def record(conn: Connection, dataset: str, source: str, absence: Absence, now: datetime) -> None:
    """Keep the absence, once as long as it means the same."""
    conn.execute(
        """insert into warehouse.absence
               (dataset, source, business_date, meaning, detail, asked_at)
           select %(dataset)s, %(source)s, %(day)s, %(meaning)s, %(detail)s, %(now)s
           where %(meaning)s is distinct from (
               select meaning from warehouse.absence
               where (dataset, source, business_date) = (%(dataset)s, %(source)s, %(day)s)
               order by id desc limit 1)""",
        {
            "dataset": dataset,
            "source": source,
            "day": absence.business_date,
            "meaning": absence.meaning,
            "detail": storable(absence.detail),
            "now": now,
        },
    )


def newest(conn: Connection, dataset: str, source: str) -> pd.DataFrame:
    """The newest absence of each day that the source has not given since: business_date, meaning,
    detail, asked_at."""
    return frame(
        conn,
        """select business_date, meaning, detail, asked_at from (
               select distinct on (business_date) * from warehouse.absence
               where (dataset, source) = (%(dataset)s, %(source)s)
               order by business_date, id desc) last
           where not exists (select from warehouse.arrival a
                             where (a.dataset, a.source, a.business_date)
                                 = (%(dataset)s, %(source)s, last.business_date))
           order by business_date""",
        {"dataset": dataset, "source": source},
    )


@dataclass(frozen=True)
class Last:
    """What a source's last absence meant, and when it was asked."""

    meaning: str
    detail: str
    business_date: date
    asked_at: datetime


def last(conn: Connection, dataset: str, source: str) -> Last | None:
    """The source's last absence; None when it never had one."""
    row = conn.execute(
        """select meaning, detail, business_date, asked_at from warehouse.absence
           where (dataset, source) = (%s, %s) order by asked_at desc, id desc limit 1""",
        (dataset, source),
    ).fetchone()
    return Last(*row) if row else None
