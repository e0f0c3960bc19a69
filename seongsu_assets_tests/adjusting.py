"""Adjustments for tests of the table, of the API and of the pages, and what came of their hours.
No assertion is made here."""

from datetime import date, datetime
from uuid import UUID, uuid4

import psycopg

from seongsu_assets.warehouse import adjustments
from seongsu_assets.warehouse.adjustments import Entry
from seongsu_assets.warehouse.postgres import connect

BY, OTHER = "0a1b2c3d", "ffffffff"


def entry(day: date, first: int = 17, last: int = 20, people: int = 500, **changes) -> Entry:
    given = {
        "id": uuid4(), "dataset": "seongsu", "series": "total", "business_date": day,
        "from_hour": first, "to_hour": last, "name": "성수 팝업", "people": people,
    }  # fmt: skip
    return Entry(**(given | changes))


def enter(url: str, asked: Entry, now: datetime, by: str = BY) -> UUID:
    with connect(url) as conn:
        adjustments.enter(conn, asked, now, by)
    return asked.id


def withdraw(url: str, entry_id: UUID, now: datetime, by: str = OTHER) -> None:
    with connect(url) as conn:
        adjustments.withdraw(conn, entry_id, now, by)


def come(url: str, issue: str, day: date, hours: dict[int, float], revision: int = 1) -> None:
    """So many people came in each hour of `day`: the total of `issue` is scored."""
    with psycopg.connect(url) as conn:
        for hour, people in hours.items():
            conn.execute(
                "insert into warehouse.score values (%s, 'total', %s, %s, %s, %s, now())",
                (issue, day, hour, revision, people),
            )
