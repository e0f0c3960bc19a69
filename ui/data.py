"""The only door to what is published: through Supabase where that is configured, else PostgreSQL.
Which views a page needs says its own `read`; no text or layout, and no meaning of a value."""

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

import pandas as pd
import psycopg
import streamlit as st
from psycopg import sql

from seongsu_assets import rest
from seongsu_assets.errors import SeongsuError
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect, frame

#: Seconds for which an answer is given again; ages are computed from its times, not from this.
TTL = 60
#: Milliseconds of one query; a page that waits longer shows what it read last.
LONGEST_MS = 3000
#: The most answers kept in memory.
KEPT = 32
_DAYS = frozenset({"origin", "business_date", "data_through", "trained_from", "trained_to"})
_TIMES = frozenset({"at", "since"})
#: Columns of whole numbers that no row lacks.
_WHOLE = frozenset({"hour", "horizon", "hours", "revision"})

T = TypeVar("T")
log = logging.getLogger(__name__)


class Rows(Protocol):
    """Rows of a published view, in an order that tells any two apart. Times are in UTC, days are
    midnight Timestamps; an unknown one is NaT."""

    def __call__(
        self,
        view: str,
        columns: Sequence[str],
        order: Sequence[str],
        *,
        since: tuple[str, date] | None = None,
        **equal: str,
    ) -> pd.DataFrame:
        """Those whose columns are `equal` and, of a column, not before `since`."""
        ...


@dataclass(frozen=True)
class Answer(Generic[T]):
    """`found` is None when there is nothing to show. After a failure it is what was read last."""

    found: T | None
    failed: bool = False


def answer(read: Callable[[Rows, str | None], T | None], domain: str | None) -> Answer[T]:
    """What `read` makes of a domain's rows, or of the first domain's. Never raises for a database
    that is away, slow, or of another version: that is an answer too."""
    key = (read.__module__, read.__qualname__, domain)
    try:
        found = _read(key, read)
    except (SeongsuError, psycopg.Error) as error:
        log.warning("what is published could not be read: %s", error)
        return Answer(_last().get(key), failed=True)
    if found is not None:
        _last()[key] = found
    return Answer(found)


def forget(read: Callable[[Rows, str | None], T | None], domain: str | None) -> None:
    """Let `read` be asked anew: what it found is known to be old."""
    _read.clear((read.__module__, read.__qualname__, domain), read)


@st.cache_resource(max_entries=1, show_spinner=False)
def _last() -> dict[tuple[str, str, str | None], Any]:
    """The last good answers, shown with their age while the database is away."""
    return {}


@st.cache_data(ttl=TTL, max_entries=KEPT, show_spinner=False)
def _read(key: tuple[str, str, str | None], _how: Callable[[Rows, str | None], Any]) -> Any:
    with opened() as rows:
        return _how(rows, key[-1])


@contextmanager
def opened() -> Generator[Rows]:
    """The rows of whichever door is configured. Raises SeongsuError or psycopg.Error."""
    known = settings()
    if known.supabase_url and known.supabase_anon_key:
        with _supabase(known.supabase_url, known.supabase_anon_key.get_secret_value()) as rows:
            yield rows
    else:
        with _postgres(open_url()) as rows:
            yield rows


@contextmanager
def _supabase(url: str, key: str) -> Generator[Rows]:
    with rest.opened(url, key, settings().proxy) as client:

        def rows(
            view: str,
            columns: Sequence[str],
            order: Sequence[str],
            *,
            since: tuple[str, date] | None = None,
            **equal: str,
        ) -> pd.DataFrame:
            whole = view == "forecast"
            found = rest.read(
                client, view, order, columns=columns, since=since, one_issue=whole, **equal
            )
            return _typed(found.reindex(columns=list(columns)))

        yield rows


@contextmanager
def _postgres(url: str) -> Generator[Rows]:
    """All that one page reads is of one instant."""
    with connect(url) as conn, conn.transaction():
        conn.execute("set transaction isolation level repeatable read read only")
        conn.execute("set local role seongsu_reader")
        conn.execute("select set_config('statement_timeout', %s, true)", [str(LONGEST_MS)])

        def rows(
            view: str,
            columns: Sequence[str],
            order: Sequence[str],
            *,
            since: tuple[str, date] | None = None,
            **equal: str,
        ) -> pd.DataFrame:
            same, later = sql.SQL("{} = {}"), sql.SQL("{} >= {}")
            held = [
                same.format(sql.Identifier(name), sql.Literal(value))
                for name, value in equal.items()
            ]
            if since:
                held.append(later.format(sql.Identifier(since[0]), sql.Literal(since[1])))
            query = sql.SQL("select {} from published.{} where {} order by {}").format(
                _names(columns),
                sql.Identifier(view),
                sql.SQL(" and ").join([*held, sql.SQL("true")]),
                _names(order),
            )
            return _typed(frame(conn, query))

        yield rows


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """JSON has no times, and writes 2.0 as 2: the same types from both doors."""
    for name in map(str, rows.columns):
        if name in _TIMES or name.endswith("_at"):
            rows[name] = pd.to_datetime(rows[name], utc=True, format="ISO8601")
        elif name in _DAYS or name.endswith("_day"):
            rows[name] = pd.to_datetime(rows[name]).astype("datetime64[ns]")
        elif name not in _WHOLE and pd.api.types.is_integer_dtype(rows[name]):
            rows[name] = rows[name].astype(float)
    return rows
