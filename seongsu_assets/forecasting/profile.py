"""The usual profile: what serves when no model can. Quantiles of recent days of the same type.
No fitting; a last resort that says so through its tier."""

import pandas as pd

from seongsu_assets.domain import Plan
from seongsu_assets.forecasting.baselines import usual_type
from seongsu_assets.forecasting.model import quantile_name

#: Days of the same type that speak for the next one.
DAYS = 12


def usual(
    observations: pd.DataFrame,
    calendar: pd.DataFrame,
    origin: pd.Timestamp,
    plan: Plan,
    *,
    lag_days: int,
) -> pd.DataFrame:
    """Series, business_date, hour, horizon and a column per quantile for the days after `origin`,
    from the newest days of each target's type. A slot that was never seen has no row; what is given
    back counts below zero, which no forecast does."""
    types = pd.Series(usual_type(calendar, plan), index=pd.DatetimeIndex(calendar.business_date))
    newest = origin + plan.span(1 - lag_days)
    seen = observations[observations.business_date <= newest]
    seen = seen.assign(day_type=seen.business_date.map(types))
    parts: list[pd.DataFrame] = []
    for horizon in range(1, plan.horizon + 1):
        target = origin + plan.span(horizon)
        same = seen[seen.day_type == types[target]].sort_values("business_date")
        recent = same.groupby(["series", "hour"]).tail(DAYS)
        quantiles = recent.groupby(["series", "hour"]).value.quantile(list(plan.quantiles))
        table = quantiles.clip(lower=0.0).unstack()  # noqa: PD010 - a level of the index; there is nothing to sum
        table.columns = pd.Index([quantile_name(quantile) for quantile in plan.quantiles])
        parts.append(table.reset_index().assign(business_date=target, horizon=horizon))
    return pd.concat(parts, ignore_index=True)
