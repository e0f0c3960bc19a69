"""The total of an open panel, whose series come and go: what counts as known, and what it is then.
No forecast, and no series is filled in."""

import numpy as np
import pandas as pd

#: A total is known where those that usually have so much of it were counted. It is then the sum of
#: what was counted over the part that those usually have: the rest at most is estimated.
KNOWN = 0.98
#: A series belongs to the panel in a period when it was counted in one of so many up to it: one
#: that is silent for longer, or was taken away, does no longer.
PERIODS = 14


def total(observations: pd.DataFrame, name: str) -> pd.DataFrame:
    """Series (`name`), business_date, hour and value of every slot whose total is known."""
    columns = ["series", "business_date", "hour", "value"]
    if observations.empty:
        return observations.loc[:, columns]
    table = observations.pivot_table(
        index=["business_date", "hour"], columns="series", values="value", aggfunc="sum"
    )
    there = table.notna()
    usual = table.groupby(level="hour").mean().reindex(table.index.get_level_values("hour"))
    weight = usual.fillna(0.0).clip(lower=0.0).to_numpy()
    member = _members(there).to_numpy()
    whole = (weight * member).sum(axis=1)
    told = (weight * there.to_numpy()).sum(axis=1)
    part = np.divide(told, whole, out=np.zeros_like(told), where=whole > 0)
    known = part >= KNOWN
    value = table.sum(axis=1).to_numpy()[known] / np.minimum(part[known], 1.0)
    slots = table.index[known].to_frame(index=False)
    return slots.assign(series=name, value=value)[columns]


def _members(there: pd.DataFrame) -> pd.DataFrame:
    """Whether each series belongs to the panel, by slot."""
    days = there.groupby(level="business_date").any()
    lately = days.rolling(PERIODS, min_periods=1).max() > 0
    return lately.reindex(there.index.get_level_values("business_date"))
