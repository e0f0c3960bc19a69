"""A frame of many days, cut by day.
No SQL here, and no column is changed."""

from collections.abc import Iterator
from datetime import date
from typing import cast

import pandas as pd


def by_day(
    rows: pd.DataFrame, column: str = "business_date"
) -> Iterator[tuple[date, pd.DataFrame]]:
    """Each day of `column`, which holds midnight Timestamps, with its rows; oldest first."""
    for stamp, part in rows.groupby(column):
        yield cast("pd.Timestamp", stamp).date(), part
