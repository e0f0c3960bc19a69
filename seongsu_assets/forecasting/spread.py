"""A daily total spread over the hours, where no hour was measured: by the shape of days before.
No forecast, no opinion on which rows serve, and nothing learned from an estimate."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import OBSERVATION_COLUMNS, Cadence
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.forecasting import kinds, recent
from seongsu_assets.forecasting.baselines import usual_type

Array = NDArray[np.float64]

#: An estimate changes only with the measured rows of so many days before its own.
LEARNED_FROM_DAYS = 84
#: A day this much older says half as much about the shape.
HALF_LIFE = 21.0
SATURDAY = 5


def spread(
    totals: pd.DataFrame, observations: pd.DataFrame, calendar: pd.DataFrame, cadence: Cadence
) -> pd.DataFrame:
    """OBSERVATION_COLUMNS: whole numbers that sum over the hours to each total of `totals` (series,
    business_date, value), which must be whole.

    The shape is that of `observations`, measured hourly rows: of the days before, at most
    LEARNED_FROM_DAYS, that have every required hour and are most alike. An optional hour is in it
    where most of them have it. A total with no such day before it gives no rows. Raises
    NotEnoughHistory when the calendar lacks a day."""
    assert (totals["value"] % 1 == 0).all(), "people are counted in whole numbers"
    parts = [
        rows.assign(series=series)
        for series, asked in totals.groupby("series")
        for rows in _days(
            asked, _shares(observations[observations["series"] == series], cadence), calendar
        )
    ]
    if not parts:
        return observations.loc[:, list(OBSERVATION_COLUMNS)].iloc[:0].reset_index(drop=True)
    rows = pd.concat(parts).sort_values(["business_date", "series", "hour"], ignore_index=True)
    return rows[list(OBSERVATION_COLUMNS)]


def _shares(rows: pd.DataFrame, cadence: Cadence) -> pd.DataFrame:
    """By measured whole day and hour: the part in the sum of the required hours."""
    table = rows.pivot_table(index="business_date", columns="hour", values="value")
    table = table.reindex(columns=[slot.hour for slot in cadence.slots])
    required = table[list(cadence.required_hours)]
    size = required.sum(axis=1).where(required.notna().all(axis=1))
    return table.div(size, axis=0)[size > 0]


def _days(
    asked: pd.DataFrame, shares: pd.DataFrame, calendar: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """The hours of each day asked for of which something was learned."""
    learned, days = pd.DatetimeIndex(shares.index), pd.DatetimeIndex(asked["business_date"])
    seen, wanted = _nature(calendar, learned), _nature(calendar, days)
    for place, total in enumerate(asked["value"]):
        age = (days[place] - learned).days.to_numpy()
        before = (age > 0) & (age <= LEARNED_FROM_DAYS)
        if not before.any():
            continue
        distance = _distance(seen[before], wanted.iloc[place])
        alike = 0.5 ** (age[before] / HALF_LIFE) * (distance == distance.min())
        shape = _shape(shares.to_numpy()[before], alike)
        hours = shares.columns[shape > 0]
        values = _whole(total, shape[shape > 0])
        yield pd.DataFrame({"business_date": days[place], "hour": hours, "value": values})


def _nature(calendar: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """What kind each of the days is: its usual type, and whether it is an ordinary one."""
    # Labour Day has the shape of a Sunday, whatever the law says of it.
    off = calendar.assign(off=kinds.weekend_like(calendar))
    nature = pd.DataFrame(
        {"type": usual_type(off), "ordinary": calendar["kind"].eq("ordinary").to_numpy()},
        index=pd.DatetimeIndex(calendar["business_date"]),
    )
    absent = days[~days.isin(nature.index)]
    if len(absent):
        raise NotEnoughHistory(
            f"the calendar lacks {len(absent)} days, the first is {absent[0]:%Y-%m-%d}",
            remedy="build the calendar from the first measured day to the last total",
        )
    return nature.loc[days]


def _distance(seen: pd.DataFrame, day: pd.Series) -> NDArray[np.int64]:
    """0 an ordinary day of the same type for an ordinary day, and any of the type for another;
    1 any of the type; 2 any working day for a working day, and a day off likewise; 3 any."""
    same = (seen["type"] == day["type"]).to_numpy()
    alike = ((seen["type"] >= SATURDAY) == (day["type"] >= SATURDAY)).to_numpy()
    ordinary = (seen["ordinary"] | (not day["ordinary"])).to_numpy()
    return np.select([same & ordinary, same, alike], [0, 1, 2], default=3)


def _shape(shares: Array, weight: Array) -> Array:
    """The weighted mean by hour, summing to one; zero for an hour that most days do not know."""
    known = (np.isfinite(shares) * weight[:, None]).sum(axis=0) > weight.sum() / 2
    mean = np.where(known, recent.mean(shares, weight[:, None], axis=0), 0.0)
    return mean / mean.sum()


def _whole(total: float, shape: Array) -> Array:
    """Largest remainders: whole parts that sum to the total."""
    exact = total * shape
    parts = np.floor(exact)
    left = round(total - parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:left]] += 1
    return parts
