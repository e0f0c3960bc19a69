"""A frame of many days, cut by day.
No SQL here, and no column is changed."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd


def by_day(
    rows: pd.DataFrame, column: str = "business_date"
) -> Iterator[tuple[date, pd.DataFrame]]:
    """Each day of `column`, which holds midnight Timestamps, with its rows; oldest first."""
    if not rows[column].is_monotonic_increasing:
        rows = rows.sort_values(column, kind="stable")
    days = rows[column].to_numpy().astype("datetime64[D]")
    # Cut, not copied, as a grouping would: of a panel's features that takes seconds.
    cuts = [0, *(np.flatnonzero(days[1:] != days[:-1]) + 1), len(days)]
    for first, end in pairwise(cuts) if len(days) else ():
        yield days[first].item(), rows.iloc[first:end]
