"""What the first page reads beside the forecast: what came, and how right forecasts have been.
No decision about what may be said of it; see `moment`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from ui.data import Rows
from ui.state.accuracy import Accuracy, read_accuracy
from ui.state.read import Published, read_names, read_published

#: Days back to the same weekday, whose measurements stand beside a day not yet measured.
WEEK = 7


@dataclass(frozen=True)
class Now(Published):
    """`actual` has the measured rows since a week before the forecast's first day. `names`: what
    the sources call the series."""

    actual: pd.DataFrame = field(repr=False)
    accuracy: Accuracy | None
    names: Mapping[str, str] = field(repr=False)


def read(rows: Rows, domain: str | None) -> Now | None:
    """The first page of `domain`, or of the first there is; None where there is none."""
    known = read_published(rows, domain)
    if known is None:
        return None
    return Now(
        **vars(known),
        actual=_actual(rows, known.status.domain, known.forecast),
        accuracy=read_accuracy(rows, known.status, known.total),
        names=read_names(rows, known.status.domain),
    )


def _actual(rows: Rows, domain: str, forecast: pd.DataFrame) -> pd.DataFrame:
    """Measured series, business_date, hour, value; no rows where nothing is forecast."""
    columns = ("series", "business_date", "hour", "value")
    if forecast.empty:
        return pd.DataFrame(columns=columns)
    first = forecast["business_date"].min().date() - timedelta(days=WEEK)
    order = ["business_date", "hour", "series"]
    return rows("actual", columns, order, since=("business_date", first), domain=domain)


def measured(data: Now, series: str, day: date) -> pd.Series:
    """People by hour measured on `day`. A total is known when all its parts are."""
    rows = data.actual[data.actual["business_date"] == pd.Timestamp(day)]
    if series != data.total:
        return rows[rows["series"] == series].set_index("hour")["value"]
    parts = data.forecast.loc[data.forecast["series"] != data.total, "series"].nunique()
    return rows.groupby("hour")["value"].sum(min_count=max(parts, 1))


def measured_day(data: Now, day: date) -> date | None:
    """The day whose measurements stand beside `day`: itself, else the same weekday a week before.

    Another weekday would look like an error of the forecast."""
    known = {stamp.date() for stamp in data.actual["business_date"]}
    return next((item for item in (day, day - timedelta(days=WEEK)) if item in known), None)
