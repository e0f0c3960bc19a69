"""The contenders that every model must beat: the same hour last week, and the usual day.
No fitting beyond a mean, and nothing newer than the publication lag allows."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.forecasting import sums
from seongsu_assets.plan import DAYS, Plan

#: Of days (rows, in order) a value for each: of it and those before it.
Summary = Callable[[pd.DataFrame], pd.DataFrame]

KEYS = ["series", "business_date", "hour"]
MEAN_OF = 4
#: A cycle further back is tried this often where the last one is missing.
CYCLES = 8


def with_total(observations: pd.DataFrame, series: Sequence[str], total: str) -> pd.DataFrame:
    """The rows of `series`, and their sum as `total` wherever all of them are known; where `total`
    is one of them, their rows alone. Without named series, those of an open panel: see `sums`."""
    if not series:
        return pd.concat([observations[[*KEYS, "value"]], sums.total(observations, total)],
                         ignore_index=True)  # fmt: skip
    if total in series:
        return observations.loc[observations["series"].isin(series), [*KEYS, "value"]]
    parts = observations.loc[observations["series"].isin(series), [*KEYS, "value"]]
    groups = parts.groupby(["business_date", "hour"])["value"]
    whole = groups.sum()[groups.size() == len(series)].reset_index().assign(series=total)
    return pd.concat([parts, whole], ignore_index=True)[[*KEYS, "value"]]


def seasonal_naive(
    observations: pd.DataFrame, rows: pd.DataFrame, plan: Plan = DAYS, *, lag_days: int
) -> pd.Series:
    """The value of the same series and hour on the newest known same weekday, or of whatever is
    alike after a cycle; NaN when none of the last eight is known. `rows` has origin, series,
    business_date and hour."""
    known = observations.set_index(KEYS)["value"]
    cycle = plan.span(plan.cycle).days
    newest = rows["origin"] + plan.span(1 - lag_days)
    cycles = np.ceil((rows["business_date"] - newest).dt.days / cycle).clip(lower=1)
    answer = pd.Series(np.nan, index=rows.index)
    for more in range(CYCLES):
        then = rows["business_date"] - pd.to_timedelta(cycle * (cycles + more), unit="D")
        at = pd.MultiIndex.from_arrays([rows["series"], then, rows["hour"]])
        answer = answer.fillna(pd.Series(known.reindex(at).to_numpy(), index=rows.index))
        if not answer.isna().any():
            break
    return answer


def seasonal_mean(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    rows: pd.DataFrame,
    plan: Plan = DAYS,
    *,
    lag_days: int,
    of: int = MEAN_OF,
) -> pd.Series:
    """The mean of the same series and hour over the last `of` known days of the same type: the
    same working weekday, Saturday, or Sunday and any other day off. Longer periods are of one."""

    def mean(days: pd.DataFrame) -> pd.DataFrame:
        return days.rolling(of, min_periods=1).mean()

    return _by_type(observations, calendar, rows, plan, lag_days, mean)


def smoothed(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    rows: pd.DataFrame,
    plan: Plan = DAYS,
    *,
    lag_days: int,
    alpha: float,
) -> pd.Series:
    """Simple exponential smoothing of the same series and hour over the days of the same type:
    the newest counts `alpha`, each one before it 1 - `alpha` times the next."""

    def smooth(days: pd.DataFrame) -> pd.DataFrame:
        return days.ewm(alpha=alpha).mean()

    return _by_type(observations, calendar, rows, plan, lag_days, smooth)


def _by_type(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    rows: pd.DataFrame,
    plan: Plan,
    lag_days: int,
    summary: Summary,
) -> pd.Series:
    """`summary` of the known days of each row's type, up to the newest known at its origin."""
    table = observations.pivot_table(
        index="business_date", columns=["series", "hour"], values="value"
    )
    types = pd.Series(usual_type(calendar, plan), index=calendar["business_date"].to_numpy())
    newest = rows["origin"] + plan.span(1 - lag_days)
    answer = pd.Series(np.nan, index=rows.index)
    wanted = rows["business_date"].map(types)
    for day_type in wanted.dropna().unique():
        days = table[(types.reindex(table.index) == day_type).to_numpy()]
        means = _over_known(days, summary)
        chosen = wanted == day_type
        at = means.index.searchsorted(newest[chosen], side="right") - 1
        slot = means.columns.get_indexer(
            pd.MultiIndex.from_frame(rows.loc[chosen, ["series", "hour"]])
        )
        values = means.to_numpy()[at, slot] if len(means) else np.full(len(at), np.nan)
        answer[chosen] = np.where((at >= 0) & (slot >= 0), values, np.nan)
    return answer


def _over_known(days: pd.DataFrame, summary: Summary) -> pd.DataFrame:
    """The running summary of each column's known values, at every day."""
    there = days.notna().to_numpy()
    known_first = np.argsort(~there, axis=0, kind="stable")
    pushed = pd.DataFrame(np.take_along_axis(days.to_numpy(), known_first, axis=0))
    answer = np.full(there.shape, np.nan)
    np.put_along_axis(answer, known_first, summary(pushed).to_numpy(), axis=0)
    return pd.DataFrame(np.where(there, answer, np.nan), days.index, days.columns).ffill()


def usual_type(calendar: pd.DataFrame, plan: Plan = DAYS) -> NDArray[np.int64]:
    """0 to 4 a working Monday to Friday, 5 Saturday, 6 Sunday or another day off; 0 where a period
    is longer than a day.

    Pooling the working days would make an easier contender: Fridays are a tenth above Mondays."""
    if plan.step > 1:
        return np.zeros(len(calendar), dtype=np.int64)
    weekday = calendar["business_date"].dt.dayofweek.to_numpy()
    saturday = weekday == 5  # noqa: PLR2004 - Saturday
    holiday = calendar["day_type"].isin(["holiday", "festival"]).to_numpy()
    off = calendar["off"].to_numpy(dtype=bool)
    return np.where(off, np.where(saturday & ~holiday, 5, 6), weekday).astype(np.int64)
