"""Gaps: the days that are missing or partial, as ranges to fetch again.
No fetching and no opinion on why they are missing."""

from datetime import date

import pandas as pd

from seongsu_assets.domain import Window


def gaps(counts_per_day: pd.Series, expected: int, window: Window) -> list[Window]:
    """Contiguous ranges of days of `window` with fewer than `expected` rows, oldest first.
    `counts_per_day` maps a date to its rows; a date that is not there has none."""
    counts = pd.Series(
        counts_per_day.to_numpy(), index=pd.DatetimeIndex(counts_per_day.index).normalize()
    )
    days = pd.date_range(window.first, window.last, freq="D")
    short = counts.reindex(days, fill_value=0) < expected
    ranges: list[Window] = []
    start: date | None = None
    for day, lacking in zip(window.days(), short, strict=True):
        if lacking:
            start = start or day
            continue
        if start:
            ranges.append(Window(start, date.fromordinal(day.toordinal() - 1)))
        start = None
    return [*ranges, Window(start, window.last)] if start else ranges
