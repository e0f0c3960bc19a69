"""What was a cycle ago, grown as much as the newest periods have grown since theirs.
A contender and no model: one number is tuned. For cycles long enough to grow in."""

import numpy as np
import pandas as pd

from seongsu_assets.forecasting import baselines
from seongsu_assets.plan import Plan

#: So many periods say how much a series has grown.
NEWEST = 13
#: In a shorter cycle nothing grows.
LONG = 2 * NEWEST
#: Beyond this, either way, something else has happened than growth.
MOST = 3.0


def applies(plan: Plan) -> bool:
    return plan.cycle >= LONG


def seasonal_growth(
    observations: pd.DataFrame, rows: pd.DataFrame, plan: Plan, *, lag_days: int, part: float
) -> pd.Series:
    """Seasonal naive, times the growth of its series and hour to the power of `part`; without it
    where too little is known of one of the years. `rows` as in `baselines.seasonal_naive`."""
    naive = baselines.seasonal_naive(observations, rows, plan, lag_days=lag_days)
    table = observations.pivot_table(
        index="business_date", columns=["series", "hour"], values="value"
    )
    slot = table.columns.get_indexer(pd.MultiIndex.from_frame(rows[["series", "hour"]]))
    growth = np.ones(len(rows))
    for origin, places in rows.groupby("origin").indices.items():
        found = _growth(table, pd.Timestamp(str(origin)) + plan.span(1 - lag_days), plan)
        growth[places] = np.where(slot[places] >= 0, found[slot[places]], 1.0)
    return naive * growth**part


def _growth(table: pd.DataFrame, newest: pd.Timestamp, plan: Plan) -> np.ndarray:
    """Of each column its newest periods over the same ones a cycle before, where both are known."""
    dates = pd.DatetimeIndex([newest - plan.span(back) for back in range(NEWEST)])
    now = table.reindex(dates).to_numpy()
    then = table.reindex(dates - plan.span(plan.cycle)).to_numpy()
    both = np.isfinite(now) & np.isfinite(then)
    here, there = (np.where(both, each, 0.0).sum(axis=0) for each in (now, then))
    known = (here > 0) & (there > 0)
    ratio = np.divide(here, there, out=np.ones_like(here), where=known)
    return np.clip(ratio, 1 / MOST, MOST)
