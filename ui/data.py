"""The only door to the database: what the pages read of the `published` views.
No texts, no layout and no decisions about what a value means."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd
import psycopg
import streamlit as st

from seongsu_assets.errors import SeongsuError
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import Connection, connect, frame
from ui import clock

#: Seconds for which an answer is given again; ages are computed from its times, not from this.
TTL = 60
#: Days of measurements over which the score is told.
SCORE_DAYS = 28
#: Days back to the same weekday, whose measurements stand beside a day not yet measured.
WEEK = 7
#: The most domains kept in memory.
KEPT = 16

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Status:
    """What a domain stands on. `data_at` is the start of the newest measured slot."""

    domain: str
    sample: bool
    data_through: date | None
    data_at: datetime | None
    issued_at: datetime | None


@dataclass(frozen=True)
class Levels:
    """Names of the levels, the people at which the 2nd and later begin, and the share of measured
    slots in [first_day, last_day] at or above each of those; empty when nothing was measured."""

    names: tuple[str, ...]
    lower: tuple[float, ...]
    shares: tuple[float, ...]
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Accuracy:
    """Errors as shares of the people measured, over `hours` slots of `days` days."""

    days: int
    hours: int
    wape: float
    naive_wape: float
    inside: float


@dataclass(frozen=True)
class Origin:
    """A source that hours in force came from; `estimated` of them are a day's total, spread."""

    source: str
    hours: int
    estimated: int
    newest_day: date


@dataclass(frozen=True)
class Now:
    """Everything the first page shows. `forecast` has one row per series and slot of the published
    issue, `actual` the measured rows since a week before its first day."""

    status: Status
    total: str
    forecast: pd.DataFrame = field(repr=False)
    actual: pd.DataFrame = field(repr=False)
    levels: Levels | None
    accuracy: Accuracy | None
    origins: tuple[Origin, ...]
    read_at: datetime


@dataclass(frozen=True)
class Answer:
    """`now` is None when there is nothing to show. After a failure it is what was read last."""

    now: Now | None
    failed: bool = False


def now_page(domain: str | None) -> Answer:
    """What the first page shows of `domain`, or of the first domain there is. Never raises for a
    database that is away: that is an answer too."""
    try:
        read = _read_now(open_url(), domain)
    except (SeongsuError, psycopg.Error) as error:
        log.warning("the warehouse could not be read: %s", error)
        return Answer(_kept().get(domain), failed=True)
    if read is not None:
        _kept()[domain] = read
    return Answer(read)


@st.cache_resource(max_entries=1, show_spinner=False)
def _kept() -> dict[str | None, Now]:
    """The last good answer per domain, shown with its age while the database is away."""
    return {}


@st.cache_data(ttl=TTL, max_entries=KEPT, show_spinner=False)
def _read_now(url: str, domain: str | None) -> Now | None:
    with connect(url) as conn:
        conn.execute("set role seongsu_reader")
        status = read_status(conn, domain)
        if status is None:
            return None
        forecast = read_forecast(conn, status.domain)
        return Now(
            status=status,
            total=_total(forecast),
            forecast=forecast,
            actual=read_actual(conn, status.domain, _first_day(forecast)),
            levels=read_levels(conn, status.domain),
            accuracy=read_accuracy(conn, status.domain, _total(forecast), status.data_through),
            origins=read_origins(conn, status.domain),
            read_at=clock.now(),
        )


def _total(forecast: pd.DataFrame) -> str:
    """The series that has levels."""
    named = forecast.loc[forecast["level"].notna(), "series"]
    return str(named.iloc[0]) if len(named) else ""


def _first_day(forecast: pd.DataFrame) -> date | None:
    if forecast.empty:
        return None
    return forecast["business_date"].min().date() - timedelta(days=WEEK)


def read_status(conn: Connection, domain: str | None) -> Status | None:
    """The status of `domain`, or of the first when none is asked for; None when it is not known."""
    row = conn.execute(
        """select domain, sample, data_through, data_at, issued_at from published.data_status
           where %(domain)s::text is null or domain = %(domain)s order by domain limit 1""",
        {"domain": domain},
    ).fetchone()
    return Status(*row) if row else None


def read_forecast(conn: Connection, domain: str) -> pd.DataFrame:
    """The published forecast, ordered by series and time; `at` in UTC."""
    rows = frame(
        conn,
        """select series, business_date, hour, at, q10, q50, q90, level, p_levels, usual,
                  tier, model_id, issue_id, issued_at
           from published.forecast where domain = %s order by series, at""",
        (domain,),
    )
    return rows.assign(at=pd.to_datetime(rows["at"], utc=True))


def read_actual(conn: Connection, domain: str, first: date | None) -> pd.DataFrame:
    """Measured series, business_date, hour, value from `first` on; no rows when `first` is None."""
    return frame(
        conn,
        """select series, business_date, hour, value from published.actual
           where domain = %s and business_date >= %s order by business_date, hour, series""",
        (domain, first),
    )


def read_origins(conn: Connection, domain: str) -> tuple[Origin, ...]:
    """Which sources the hours in force came from, the largest part first."""
    rows = conn.execute(
        """select source, hours_in_force, hours_estimated, newest_day from published.source_status
           where domain = %s and hours_in_force > 0 order by hours_in_force desc, source""",
        (domain,),
    )
    return tuple(Origin(*row) for row in rows)


def read_levels(conn: Connection, domain: str) -> Levels | None:
    """The cut-offs in force and how often each was reached in the window they came from."""
    row = conn.execute(_LEVELS, {"domain": domain}).fetchone()
    if row is None:
        return None
    names, lower, shares, first_day, last_day = row
    known = tuple(share for share in shares if share is not None)
    return Levels(tuple(names), tuple(lower), known, first_day, last_day)


_LEVELS = """
with cut as (
    select names, lower, first_day, last_day from published.levels where domain = %(domain)s),
parts as materialized (
    select business_date, hour, sum(value) as people, count(*) as parts
    from published.actual a, cut
    where a.domain = %(domain)s and business_date between first_day and last_day
    group by business_date, hour),
whole as materialized (select people from parts where parts = (select max(parts) from parts))
select names, lower,
       array(select (select avg((people >= bound)::int)::float from whole)
             from unnest(lower) with ordinality as bounds (bound, place) order by place),
       first_day, last_day
from cut
"""


def read_accuracy(
    conn: Connection, domain: str, series: str, through: date | None
) -> Accuracy | None:
    """The score of `series` on the last SCORE_DAYS measured days; None without one."""
    row = conn.execute(
        """select count(distinct business_date), sum(hours), sum(absolute_error),
                  sum(naive_absolute_error), sum(observed), sum(inside)
           from published.accuracy where domain = %s and series = %s and business_date > %s""",
        (domain, series, through and through - timedelta(days=SCORE_DAYS)),
    ).fetchone()
    if row is None or not row[4]:
        return None
    days, hours, error, naive, observed, inside = row
    return Accuracy(
        days, int(hours), error / observed, naive / observed, float(inside) / float(hours)
    )
