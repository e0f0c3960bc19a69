"""The population stability index of two distributions.
No limits: what counts as a change is in `thresholds`."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: A bin that one side has never seen counts as this share.
FLOOR = 1e-3
#: Bins of samples, equally full in the reference.
BINS = 5


def of_shares(now: pd.Series, before: pd.Series) -> float:
    """Of two distributions over the same categories, 0 when equal."""
    both = now.index.union(before.index)
    left, right = (_shares(side.reindex(both).fillna(0.0).to_numpy()) for side in (now, before))
    return float(((left - right) * np.log(left / right)).sum())


def of_samples(now: pd.Series, before: pd.Series) -> float:
    """Of two samples of numbers, in bins that are equally full of `before`."""
    edges = np.quantile(before.dropna(), np.arange(1, BINS) / BINS)
    left, right = (
        pd.Series(np.bincount(np.searchsorted(edges, side.dropna()), minlength=BINS))
        for side in (now, before)
    )
    return of_shares(left, right)


def _shares(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(sizes / sizes.sum(), FLOOR)
