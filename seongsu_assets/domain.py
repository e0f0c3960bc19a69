"""The vocabulary: what a domain must say for the graph to forecast it.
No Dagster, no I/O, no clock and no knowledge of any particular domain."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

import pandas as pd

from seongsu_assets.cadence import Cadence, Slot, Window, ranges
from seongsu_assets.outside import Absence, Provider, Web
from seongsu_assets.plan import Plan

__all__ = [
    "OBSERVATION_COLUMNS", "READING_COLUMNS", "Cadence", "Covariate", "Domain", "Expectation",
    "Feed", "Lateness", "Levels", "Parsed", "Payload", "Plan", "Reject", "Slot", "Source", "Terms",
    "Window", "ranges",
]  # fmt: skip

#: Columns of every observation frame. `business_date` is a naive midnight Timestamp, `hour` the
#: start of the slot (4..27 for Seoul's operating day), `value` a finite number. A value that is
#: not known has no row: unknown is not zero.
OBSERVATION_COLUMNS = ("series", "business_date", "hour", "value")


@dataclass(frozen=True)
class Payload:
    """What arrived, byte for byte. `request` names the file or the address, never a key."""

    source: str
    request: str
    body: bytes
    received_at: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Reject:
    """A row that was not understood: where it stood, what it said, and why it was refused. One
    that stands for many says for how many `records`."""

    place: str
    reason: str
    record: str
    business_date: date | None = None
    claim: str = "row_is_readable"
    records: int = 1


@dataclass(frozen=True)
class Parsed:
    """Rows understood (OBSERVATION_COLUMNS plus `place`, the row's address in its payload) and
    rows refused. Of `received` records some may be another's: received = good + rejected.
    `facts` are what a source's contract is judged by, one value a name. `names`: what the source
    calls its series, for people."""

    rows: pd.DataFrame
    rejects: tuple[Reject, ...] = ()
    received: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    names: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Terms:
    """What a remote source promises. A day is due at the end of the `due_days`-th day after it and
    kept for `keeps_days` days (None: for ever). `contract`: claims on the facts of each payload."""

    provider: Provider
    due_days: int
    keeps_days: int | None = None
    grain: Literal["hourly", "daily"] = "hourly"
    contract: "tuple[Expectation, ...]" = ()


class Source(Protocol):
    """The outside world. `fetch` brings payloads, `parse` is pure and can be replayed. A source
    with `terms` is remote, and what it says last of a day holds."""

    @property
    def name(self) -> str: ...
    @property
    def terms(self) -> Terms | None: ...
    def fetch(self, window: Window, web: Web) -> Iterable[Payload | Absence]: ...
    def parse(self, payload: Payload) -> Parsed: ...


@dataclass(frozen=True)
class Covariate:
    """Something known ahead of time, one row a day: `build(window)` gives a frame with
    `business_date` and the covariate's columns. Where it is made of what a feed said, `feed` names
    it, and `build(window, readings)` is given the feed's readings; `differences(readings)` gives
    the days on which the feed and our own knowledge disagree, one row each."""

    name: str
    build: Callable[..., pd.DataFrame]
    description: str = ""
    feed: str = ""
    differences: Callable[[pd.DataFrame], pd.DataFrame] | None = None


#: Columns of what the source of a feed parses, beside `place`: whom or what it is about, when it
#: was said and for when (both UTC Timestamps), and a dict of plain JSON values.
READING_COLUMNS = ("key", "issued_at", "at", "attributes")


@dataclass(frozen=True)
class Feed:
    """Something the outside world says beside the counts, kept as it was issued. Asked by `cron`
    in the domain's timezone, for the last `days_back` days and today."""

    name: str
    source: Source
    cron: str
    description: str
    days_back: int = 0


@dataclass(frozen=True)
class Lateness:
    """When data may be expected, in periods. `lag_days`: the newest actual at issue time is that of
    origin + 1 - lag_days. `refetch_days`: how far back each fetch asks again. A forecast is issued
    at `issue_hour` of the day after its origin: what is said later of what is ahead is not used."""

    lag_days: int = 1
    refetch_days: int = 7
    issue_hour: int = 7


@dataclass(frozen=True)
class Expectation:
    """One claim about data, in the words of Great Expectations. `frame` says what is examined:
    each row, each day, each whole-day total, or each payload's facts. What breaks a `blocking`
    claim stays out of `observations`."""

    claim: str
    frame: Literal["rows", "days", "totals", "payloads"]
    expectation: str
    arguments: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    blocking: bool = True


@dataclass(frozen=True)
class Levels:
    """Names of the levels from calm to crowded, and the shares of slots below each cut-off. A
    cut-off may move by `give` of the slots, to where the fewest of them are near it."""

    names: tuple[str, ...] = ("여유", "보통", "약간 붐빔", "붐빔")
    shares: tuple[float, ...] = (0.50, 0.75, 0.90)
    give: float = 0.05
    window_days: int = 365


@dataclass(frozen=True, kw_only=True)
class Domain:
    """A thing to forecast. `series` are its parts, `total` names their sum: it has the levels.
    Without named parts it is an open panel: its series come and go, a whole day has the `fewest`
    at least, and what is wrong with a row is not held against the others of its day."""

    name: str
    title: str
    unit: str
    cadence: Cadence
    series: tuple[str, ...]
    total: str
    sources: Sequence[Source]
    covariates: tuple[Covariate, ...]
    feeds: tuple[Feed, ...] = ()
    expectations: tuple[Expectation, ...]
    lateness: Lateness = Lateness()
    plan: Plan = field(default_factory=Plan)
    levels: Levels = Levels()
    #: The feed whose readings are the weather's forecasts; empty where weather says nothing.
    weather: str = ""
    #: How far a day's total may be from the sum of its hours before somebody should look.
    agree_within: float = 0.03
    owner: str = "team:data"
    fewest: int = 0
    #: Generates data while there is nothing real; None where nobody knows what it would look like.
    sample: Source | None = None

    def __post_init__(self) -> None:
        assert self.plan.step == self.cadence.step, "a period is as long to the plan"
        assert self.cadence.step == 1 or self.plan.learner == "panel", "the others know days only"

    @property
    def open(self) -> bool:
        """Whether series come and go."""
        return not self.series

    @property
    def thing(self) -> str:
        """What is counted, of a unit such as "people per hour"."""
        return self.unit.split(" per ")[0]

    @property
    def expected_rows(self) -> int:
        """Rows that a complete day has at least."""
        return (len(self.series) or self.fewest) * len(self.cadence.required_hours)
