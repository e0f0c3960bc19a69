"""What the page about data shows: each source's newest, each of the last days, what is wrong.
No decision about what is late or missing; see `punctual` and `month`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from seongsu_assets.incidents.symptom import PLATFORM
from ui import clock
from ui.data import Rows
from ui.state.read import Status, as_status, day_or_none, instant_or_none, status_row

#: Days that are shown one by one, today included.
DAYS = 30


@dataclass(frozen=True)
class Source:
    """What one source has told: of `days` days up to `newest`; of the hours in force `hours` are
    its own, `estimated` of them spread from totals."""

    name: str
    newest: date | None
    days: int
    arrived_at: datetime | None
    hours: int
    estimated: int


@dataclass(frozen=True)
class Day:
    """Hours in force of all series; `whole_hours` are counted of each. `refused`: the newest thing
    that some source said of the day did not pass the audit."""

    counted: int
    estimated: int
    whole_hours: tuple[int, ...]
    refused: bool


@dataclass(frozen=True)
class Incident:
    """Something that is wrong now, and since when it is known."""

    domain: str
    kind: str
    subject: str
    opened_at: datetime


@dataclass(frozen=True)
class Sources:
    """`days` has those of the last DAYS of which anything arrived. `quarantined` counts rows that
    could not be used, ever; `refused_days` days whose newest arrival did not pass."""

    status: Status
    refused_days: int
    quarantined: int
    sources: tuple[Source, ...]
    days: dict[date, Day] = field(repr=False)
    incidents: tuple[Incident, ...]
    read_at: datetime = field(compare=False)


def read(rows: Rows, domain: str | None) -> Sources | None:
    """The page of `domain`, or of the first there is; None where there is none."""
    found = status_row(rows, domain, "refused_days", "quarantined_rows")
    if found is None:
        return None
    status = as_status(found)
    return Sources(
        status=status,
        refused_days=int(found["refused_days"]),
        quarantined=int(found["quarantined_rows"]),
        sources=_sources(rows, status),
        days=_days(rows, status),
        incidents=_incidents(rows, status),
        read_at=clock.now(),
    )


def _sources(rows: Rows, status: Status) -> tuple[Source, ...]:
    """One per source, whatever grains it tells in."""
    columns = ("source", "grain", "newest_day", "days", "arrived_at", "hours_in_force",
               "hours_estimated")  # fmt: skip
    found = rows("source_status", columns, ["source", "grain"], domain=status.domain)
    return tuple(_source(str(name), told) for name, told in found.groupby("source", sort=True))


def _source(name: str, told: pd.DataFrame) -> Source:
    return Source(
        name=name,
        newest=day_or_none(told["newest_day"].max()),
        days=int(told["days"].max()),
        arrived_at=instant_or_none(told["arrived_at"].max()),
        hours=int(told["hours_in_force"].sum()),
        estimated=int(told["hours_estimated"].sum()),
    )


def _days(rows: Rows, status: Status) -> dict[date, Day]:
    columns = ("business_date", "counted", "estimated", "whole_hours", "refused")
    # A day more: it may be tomorrow there already.
    first = clock.now().date() - timedelta(days=DAYS)
    found = rows(
        "day_status", columns, ["business_date"], since=("business_date", first),
        domain=status.domain,
    )  # fmt: skip
    return {row["business_date"].date(): _day(row) for row in found.to_dict("records")}


def _day(row: dict[Any, Any]) -> Day:
    hours = tuple(int(hour) for hour in row["whole_hours"])
    return Day(int(row["counted"]), int(row["estimated"]), hours, bool(row["refused"]))


def _incidents(rows: Rows, status: Status) -> tuple[Incident, ...]:
    """The open ones of the domain and of the platform, the newest first."""
    columns = ("domain", "kind", "subject", "opened_at")
    found = rows("incident", columns, ["opened_at", "domain", "kind", "subject"], open="true")
    ours = found[found["domain"].isin([status.domain, PLATFORM])]
    return tuple(
        Incident(row["domain"], row["kind"], row["subject"], row["opened_at"].to_pydatetime())
        for row in ours.to_dict("records")
    )[::-1]
