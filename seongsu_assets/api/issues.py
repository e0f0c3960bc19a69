"""Published issues as they are told, read once each: what is issued never changes.
Which issue is published is not known here."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from seongsu_assets.api.reader import Reader
from seongsu_assets.domain import Domain
from seongsu_assets.freshness import PATIENCE
from seongsu_assets.warehouse import served
from seongsu_assets.warehouse.served import Row, State

#: Issues held at once: two of each of some domains.
HELD = 8
QUANTILES = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")
#: People to two digits, chances to six, as they are stored.
DIGITS = 2


@dataclass(frozen=True)
class Told:
    """An issue: its rows as plain JSON, its days, and the levels with where they begin."""

    rows: list[Row]
    days: list[date]
    names: list[str]
    lower: list[float]
    version: str


class Issues:
    """Safe to use from many threads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held: OrderedDict[str, Told] = OrderedDict()
        self._lock = Lock()

    def get(self, domain: Domain, state: State) -> Told:
        """The published issue of a state that has one."""
        assert state.issue_id is not None
        with self._lock:
            told = self._held.get(state.issue_id)
            if told is None:
                told = self._held[state.issue_id] = self._reader.read(_reading(domain, state))
                if len(self._held) > HELD:
                    self._held.popitem(last=False)
            return told


def _reading(domain: Domain, state: State) -> Callable[[Any], Told]:
    def read(conn: Any) -> Told:
        assert state.issue_id is not None
        assert state.cutoffs is not None
        names, lower = served.cutoffs(conn, state.dataset, state.cutoffs)
        rows = served.rows(conn, state.issue_id)
        return Told(
            [_plain(domain, row, names) for row in rows],
            sorted({row["business_date"] for row in rows}),
            names,
            lower,
            state.cutoffs,
        )

    return read


def _plain(domain: Domain, row: Row, names: list[str]) -> Row:
    level = row["level"]
    return {
        "series": row["series"],
        "business_date": row["business_date"].isoformat(),
        "hour": row["hour"],
        "hours": length(domain, row["hour"]),
        "at": domain.cadence.at(row["business_date"], row["hour"]).isoformat(),
        "horizon": row["horizon"],
        **{name: rounded(row[name]) for name in QUANTILES},
        "level": level,
        "level_name": None if level is None else names[level],
        "p_levels": row["p_levels"],
        "usual": rounded(row["usual"]),
    }


def length(domain: Domain, hour: int) -> int:
    """Hours of the slot that starts then."""
    return next((slot.hours for slot in domain.cadence.slots if slot.hour == hour), 1)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def head(domain: Domain, state: State) -> Row:
    """Who made the published issue, from what, and until when it is the newest that is due."""
    return {
        "issue_id": state.issue_id,
        "origin": state.origin.isoformat() if state.origin else None,
        "issued_at": _moment(state.issued_at),
        "published_at": _moment(state.published_at),
        "data_through": state.data_through.isoformat() if state.data_through else None,
        "tier": state.tier,
        "model_id": state.model_id,
        "stale_after": stale_after(domain, state).isoformat(),
    }


def stale_after(domain: Domain, state: State) -> datetime:
    """By then the forecast after the published one is due, with the hour of patience that
    `freshness` has."""
    assert state.origin is not None
    due = domain.cadence.at(state.origin + timedelta(days=2), domain.lateness.issue_hour)
    return due + PATIENCE


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
