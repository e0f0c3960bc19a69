"""What the first page shows: the forecast, what came, the levels, and how right it has been.
No decision about what may be said of it; see `moment`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from ui import clock
from ui.data import Rows

#: Days of measurements over which the score is told.
SCORE_DAYS = 28
#: Days back to the same weekday, whose measurements stand beside a day not yet measured.
WEEK = 7


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
class Now:
    """Everything the first page shows. `forecast` has one row per series and slot of the published
    issue, `actual` the measured rows since a week before its first day."""

    status: Status
    total: str
    forecast: pd.DataFrame = field(repr=False)
    actual: pd.DataFrame = field(repr=False)
    levels: Levels | None
    accuracy: Accuracy | None
    read_at: datetime


def read(rows: Rows, domain: str | None) -> Now | None:
    """The first page of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    if status is None:
        return None
    forecast = read_forecast(rows, status.domain)
    total = _total(forecast)
    return Now(
        status=status,
        total=total,
        forecast=forecast,
        actual=_actual(rows, status.domain, forecast),
        levels=read_levels(rows, status.domain),
        accuracy=_accuracy(rows, status, total),
        read_at=clock.now(),
    )


_STATUS = ("domain", "sample", "data_through", "data_at", "issued_at", "sources")


def read_status(rows: Rows, domain: str | None) -> Status | None:
    """The status of `domain`, or of the first when none is asked for; None when it is not known."""
    found = status_row(rows, domain)
    return None if found is None else as_status(found)


def status_row(rows: Rows, domain: str | None, *more: str) -> dict[Any, Any] | None:
    """The row that a status is made of, with `more` of its columns."""
    found = rows("data_status", (*_STATUS, *more), ["domain"])
    known = found if domain is None else found[found["domain"] == domain]
    return None if known.empty else known.to_dict("records")[0]


def as_status(row: dict[Any, Any]) -> Status:
    return Status(
        domain=row["domain"],
        sample=bool(row["sample"]),
        data_through=day_or_none(row["data_through"]),
        data_at=instant_or_none(row["data_at"]),
        issued_at=instant_or_none(row["issued_at"]),
        origins=tuple(
            Origin(each["source"], each["hours"], each["estimated"], _day(each["newest_day"]))
            for each in row["sources"] or ()
        ),
    )


_FORECAST = (
    "series", "business_date", "hour", "at", "q10", "q50", "q90", "level", "p_levels", "usual",
    "tier", "model_id", "issue_id", "issued_at",
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


def _actual(rows: Rows, domain: str, forecast: pd.DataFrame) -> pd.DataFrame:
    """Measured series, business_date, hour, value; no rows where nothing is forecast."""
    columns = ("series", "business_date", "hour", "value")
    if forecast.empty:
        return pd.DataFrame(columns=columns)
    first = forecast["business_date"].min().date() - timedelta(days=WEEK)
    order = ["business_date", "hour", "series"]
    return rows("actual", columns, order, since=("business_date", first), domain=domain)


def _accuracy(rows: Rows, status: Status, series: str) -> Accuracy | None:
    """The score of `series` on the last SCORE_DAYS measured days; None without one."""
    if status.data_through is None or not series:
        return None
    sums = ["hours", "absolute_error", "naive_absolute_error", "observed", "inside"]
    found = rows(
        "accuracy", ["business_date", *sums], ["business_date", "horizon"],
        since=("business_date", status.data_through - timedelta(days=SCORE_DAYS - 1)),
        domain=status.domain, series=series,
    )  # fmt: skip
    hours, error, naive, observed, inside = found[sums].astype(float).sum()
    if not observed:
        return None
    days = int(found["business_date"].nunique())
    return Accuracy(days, int(hours), error / observed, naive / observed, inside / hours)


def day_or_none(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _day(text: str) -> date:
    return date.fromisoformat(text)


def instant_or_none(value: Any) -> datetime | None:
    return None if pd.isna(value) else value.to_pydatetime()
