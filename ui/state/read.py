"""What the pages about a forecast read: its place, its rows, its levels.
No decision about what may be said of it; see `moment`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from ui import clock, places
from ui.data import Rows

#: What a forecast is made of: the level is a slot's mean ordinary day lately, the others change it.
PARTS = ("level", "weekday", "trend", "holiday", "season", "weather")


@dataclass(frozen=True)
class Origin:
    """A source that hours in force came from; `estimated` of them are a day's total, spread."""

    source: str
    hours: int
    estimated: int
    newest_day: date


@dataclass(frozen=True)
class Status:
    """What a domain stands on. `data_at` is the start of the newest measured slot."""

    domain: str
    sample: bool
    data_through: date | None
    data_at: datetime | None
    issued_at: datetime | None
    origins: tuple[Origin, ...] = ()
    #: All places of which something is known, in the order in which they are declared.
    places: tuple[str, ...] = ()


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
class Published:
    """What every page about a forecast reads. `forecast` has one row per series and slot of the
    published issue, with the people of each of PARTS where they are known."""

    status: Status
    total: str
    forecast: pd.DataFrame = field(repr=False)
    levels: Levels | None
    read_at: datetime


def read_published(rows: Rows, domain: str | None) -> Published | None:
    """The forecast of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    if status is None:
        return None
    forecast = read_forecast(rows, status.domain)
    levels = read_levels(rows, status.domain)
    return Published(status, _total(forecast), forecast, levels, clock.now())


def read_names(rows: Rows, domain: str) -> Mapping[str, str]:
    """What sources call the series, where those are not declared and so have words of ours."""
    if not places.comes_and_goes(domain):
        return {}
    found = rows("series", ("series", "name"), ["series"], domain=domain)
    return dict(zip(found["series"], found["name"], strict=True))


_STATUS = ("domain", "sample", "data_through", "data_at", "issued_at", "sources")


def read_status(rows: Rows, domain: str | None) -> Status | None:
    """The status of `domain`, or of the first when none is asked for; None when it is not known."""
    found = status_row(rows, domain)
    return None if found is None else as_status(found)


def status_row(rows: Rows, domain: str | None, *more: str) -> dict[Any, Any] | None:
    """The row that a status is made of, with `more` of its columns."""
    found = rows("data_status", (*_STATUS, *more), ["domain"])
    names = places.ordered(found["domain"])
    known = found[found["domain"] == (domain or next(iter(names), None))]
    return None if known.empty else {**known.to_dict("records")[0], "places": names}


def as_status(row: dict[Any, Any]) -> Status:
    return Status(
        domain=row["domain"],
        sample=bool(row["sample"]),
        data_through=day_or_none(row["data_through"]),
        data_at=instant_or_none(row["data_at"]),
        issued_at=instant_or_none(row["issued_at"]),
        places=row["places"],
        origins=tuple(
            Origin(each["source"], each["hours"], each["estimated"], _day(each["newest_day"]))
            for each in row["sources"] or ()
        ),
    )


_FORECAST = (
    "series", "business_date", "hour", "at", "q10", "q50", "q90", "level", "p_levels", "usual",
    "tier", "model_id", "issue_id", "issued_at", *(f"part_{part}" for part in PARTS),
)  # fmt: skip


def read_forecast(rows: Rows, domain: str) -> pd.DataFrame:
    """The published forecast, ordered by series and time."""
    return rows("forecast", _FORECAST, ["series", "at"], domain=domain)


def read_levels(rows: Rows, domain: str) -> Levels | None:
    """The cut-offs in force and how often each was reached in the window they came from."""
    columns = ("names", "lower", "shares", "first_day", "last_day")
    found = rows("levels", columns, ["domain"], domain=domain).to_dict("records")
    if not found:
        return None
    cut: dict[Any, Any] = found[0]
    known = tuple(share for share in cut["shares"] if share is not None)
    return Levels(
        tuple(cut["names"]), tuple(cut["lower"]), known,
        cut["first_day"].date(), cut["last_day"].date(),
    )  # fmt: skip


def _total(forecast: pd.DataFrame) -> str:
    """The series that has levels."""
    named = forecast.loc[forecast["level"].notna(), "series"]
    return str(named.iloc[0]) if len(named) else ""


def day_or_none(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _day(text: str) -> date:
    return date.fromisoformat(text)


def instant_or_none(value: Any) -> datetime | None:
    return None if pd.isna(value) else value.to_pydatetime()
