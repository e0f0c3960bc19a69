"""What a rehearsal came to: forecast against actual hour by hour, and what became of each fault.
Read from the rehearsal's own warehouse; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.rows import dict_row

from seongsu_assets.domain import Domain, Window
from seongsu_assets.rehearsal.plan import Befalls, Fault
from seongsu_assets.rehearsal.records import Hour, Story
from seongsu_assets.replay.sowing import UNREADABLE
from seongsu_assets.warehouse.postgres import Connection

#: The incident that each fault makes. A revision makes none: the platform takes it in.
KIND: dict[Fault, str] = {
    "late": "data_late",
    "outage": "data_late",
    "zeros": "day_refused",
    "unreadable": "file_refused",
}


def hours(conn: Connection, domain: Domain, window: Window) -> tuple[Hour, ...]:
    """The hours of the window as they were forecast the day before, with what came."""
    found = _rows(
        conn,
        """select business_date as day, hour, q10, q50, q90, usual, naive, observed
           from published.recent
           where domain = %(domain)s and series = %(series)s
             and business_date between %(first)s and %(last)s
           order by business_date, hour""",
        domain=domain.name, series=domain.total, first=window.first, last=window.last,
    )  # fmt: skip
    return tuple(Hour(**row) for row in found)


@dataclass(frozen=True)
class Sowed:
    """A fault, and when it was sown by the rehearsal's clock."""

    befalls: Befalls
    at: datetime


def stories(conn: Connection, domain: Domain, sown: Sequence[Sowed]) -> tuple[Story, ...]:
    """What became of each."""
    return tuple(_story(conn, domain, each) for each in sown)


def _story(conn: Connection, domain: Domain, sown: Sowed) -> Story:
    fault, day = sown.befalls.fault, sown.befalls.day
    story = Story(fault=fault, day=day, sown_at=sown.at)
    if fault == "revised":
        seen = _taken_in(conn, domain, day, sown.at)
        return story.model_copy(update={"noticed_at": seen, "mended_at": seen})
    subject = UNREADABLE if fault == "unreadable" else day.isoformat()
    cases = _rows(
        conn,
        """select i.kind, i.opened_at, i.closed_at, count(m.id) as told
           from warehouse.incident i left join warehouse.message m on m.incident_id = i.id
           where i.kind = %(kind)s and right(i.subject, length(%(subject)s)) = %(subject)s
             and i.opened_at >= %(at)s
           group by i.id order by i.id limit 1""",
        kind=KIND[fault], subject=subject, at=sown.at,
    )  # fmt: skip
    if not cases:
        return story
    [case] = cases
    return story.model_copy(
        update={
            "case": case["kind"],
            "noticed_at": case["opened_at"],
            "told": case["told"],
            "mended_at": case["closed_at"],
        }
    )


def _taken_in(conn: Connection, domain: Domain, day: date, since: datetime) -> datetime | None:
    """When the newer values of a day came to stand in place of its first."""
    [row] = _rows(
        conn,
        """select min(recorded_at) as at from warehouse.observation
           where dataset = %(dataset)s and business_date = %(day)s and revision > 1
             and recorded_at >= %(since)s""",
        dataset=domain.name, day=day, since=since,
    )  # fmt: skip
    return row["at"]


def _rows(conn: Connection, query: str, **values: Any) -> list[dict[str, Any]]:
    with conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query, values).fetchall()  # type: ignore[arg-type]
