"""The contenders that every model must beat: the same hour last week, and the usual day.
No fitting beyond a mean, and nothing newer than the publication lag allows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

KEYS = ["series", "business_date", "hour"]
MEAN_OF = 4
WEEK = 7
#: A week further back is tried this often where the last one is missing.
WEEKS = 8


def with_total(observations: pd.DataFrame, series: Sequence[str], total: str) -> pd.DataFrame:
    """The rows of `series`, and their sum as `total` wherever all of them are known."""
    parts = observations.loc[observations["series"].isin(series), [*KEYS, "value"]]
    groups = parts.groupby(["business_date", "hour"])["value"]
    whole = groups.sum()[groups.size() == len(series)].reset_index().assign(series=total)
    return pd.concat([parts, whole], ignore_index=True)[[*KEYS, "value"]]


def seasonal_naive(observations: pd.DataFrame, rows: pd.DataFrame, *, lag_days: int) -> pd.Series:
    """The value of the same series and hour on the newest known same weekday; NaN when none of
    the last eight is known. `rows` has origin, series, business_date and hour."""
    known = observations.set_index(KEYS)["value"]
    newest = rows["origin"] + pd.Timedelta(days=1 - lag_days)
    weeks = np.ceil((rows["business_date"] - newest).dt.days / WEEK).clip(lower=1)
    answer = pd.Series(np.nan, index=rows.index)
    for more in range(WEEKS):
        then = rows["business_date"] - pd.to_timedelta(WEEK * (weeks + more), unit="D")
        at = pd.MultiIndex.from_arrays([rows["series"], then, rows["hour"]])
        answer = answer.fillna(pd.Series(known.reindex(at).to_numpy(), index=rows.index))
    return answer


def seasonal_mean(
    observations: pd.DataFrame, calendar: pd.DataFrame, rows: pd.DataFrame, *, lag_days: int
) -> pd.Series:
    """The mean of the same series and hour over the last four known days of the same type: the
    same working weekday, Saturday, or Sunday and any other day off."""
    table = observations.pivot_table(
        index="business_date", columns=["series", "hour"], values="value"
    )
    types = pd.Series(usual_type(calendar), index=calendar["business_date"].to_numpy())
    newest = rows["origin"] + pd.Timedelta(days=1 - lag_days)
    answer = pd.Series(np.nan, index=rows.index)
    wanted = rows["business_date"].map(types)
    for day_type in wanted.dropna().unique():
        means = _running_means(table[(types.reindex(table.index) == day_type).to_numpy()])
        chosen = wanted == day_type
        at = means.index.searchsorted(newest[chosen], side="right") - 1
        slot = means.columns.get_indexer(
            pd.MultiIndex.from_frame(rows.loc[chosen, ["series", "hour"]])
        )
        values = means.to_numpy()[at, slot] if len(means) else np.full(len(at), np.nan)
        answer[chosen] = np.where((at >= 0) & (slot >= 0), values, np.nan)
    return answer


def _running_means(table: pd.DataFrame) -> pd.DataFrame:
    """Per column, the mean of the last four known values up to and including each day."""
    means = table.apply(
        lambda column: column.dropna().rolling(MEAN_OF, min_periods=1).mean().reindex(column.index)
    )
    return means.ffill()


def usual_type(calendar: pd.DataFrame) -> NDArray[np.int64]:
    """0 to 4 a working Monday to Friday, 5 Saturday, 6 Sunday or another day off.

    Pooling the working days would make an easier contender: Fridays are a tenth above Mondays."""
    weekday = calendar["business_date"].dt.dayofweek.to_numpy()
    saturday = weekday == 5  # noqa: PLR2004 - Saturday
    holiday = calendar["day_type"].isin(["holiday", "festival"]).to_numpy()
    off = calendar["off"].to_numpy(dtype=bool)
    return np.where(off, np.where(saturday & ~holiday, 5, 6), weekday).astype(np.int64)
