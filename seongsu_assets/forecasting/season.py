"""The rows that say what the season lets expect: the same weeks a year before, grown as this year
has grown since, or else the weeks before. How far the newest days are from them is for `drift`."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from seongsu_assets.forecasting.thresholds import Drift
from seongsu_assets.plan import DAYS, Plan

#: The same weekday a year before.
YEAR = 364
SATURDAY = 5
#: Types of days that come every week; the others move from year to year.
ORDINARY = ("weekday", "saturday", "sunday")


@dataclass(frozen=True)
class Season:
    """`rows`: business_date, hour and value. `name` says which they are."""

    name: str
    rows: pd.DataFrame


def ordinary(calendar: pd.DataFrame, plan: Plan = DAYS) -> list[date]:
    """The periods all of whose days are nothing but a weekday, Saturday or Sunday."""
    days = calendar.set_index("business_date")["day_type"].isin(ORDINARY)
    all_of = days[::-1].rolling(plan.step, min_periods=1).min()[::-1].astype(bool)
    return [moment.date() for moment in days.index[all_of]]


def between(counts: pd.DataFrame, last: pd.Timestamp, days: int) -> pd.DataFrame:
    """The rows of so many days up to `last`."""
    day = counts["business_date"]
    return counts[(day <= last) & (day > last - pd.Timedelta(days=days))]


def days(rows: pd.DataFrame, limits: Drift) -> int:
    """How many days the periods of the rows have."""
    return int(rows["business_date"].nunique()) * limits.step


def season(counts: pd.DataFrame, origin: pd.Timestamp, limits: Drift) -> Season | None:
    """What the newest days are compared with; None where neither is held."""
    year = pd.Timedelta(days=YEAR)
    older = origin - pd.Timedelta(days=limits.recent_days)
    before = between(counts, older, limits.before_days)
    then = between(
        counts,
        origin - year + pd.Timedelta(days=limits.season_days),
        limits.recent_days + 2 * limits.season_days,
    )
    growth = _growth(before, between(counts, older - year, limits.before_days), limits)
    if growth is not None and days(then, limits) >= limits.enough_days:
        grown = (
            then["value"].to_numpy()
            * growth.reindex(pd.MultiIndex.from_arrays(_kind(then))).to_numpy()
        )
        return Season("a year before", then.assign(value=grown).dropna())
    return (
        Season("the weeks before", before) if days(before, limits) >= limits.enough_days else None
    )


def _growth(before: pd.DataFrame, then: pd.DataFrame, limits: Drift) -> pd.Series | None:
    """By weekend and hour, the weeks before over the same weeks a year earlier; None where half of
    them are not held."""
    if min(days(before, limits), days(then, limits)) * 2 < limits.before_days:
        return None
    now, earlier = (rows.groupby(_kind(rows))["value"].median() for rows in (before, then))
    return now / earlier.where(earlier > 0)


def _kind(rows: pd.DataFrame) -> list[pd.Series]:
    weekend = rows["business_date"].dt.dayofweek >= SATURDAY
    return [weekend.rename("weekend"), rows["hour"]]
