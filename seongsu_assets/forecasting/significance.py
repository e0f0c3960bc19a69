"""Whether one forecast is better than another beyond chance, on the same rows.
No measure of how good either is, and no decision."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: The interval leaves out this much on either side.
TAIL = 0.025
#: Fewer origins than this say nothing about chance.
FEWEST = 3


@dataclass(frozen=True)
class Paired:
    """By how much the other's mean absolute error is the larger (so positive is ours better), its
    95 % interval and the two-sided p; NaN where there are too few origins."""

    difference: float
    low: float
    high: float
    p: float
    origins: int


def paired(rows: pd.DataFrame, other: str, ours: str = "q50") -> Paired:
    """Compare two forecasts (columns beside `truth` and `origin`, with `horizon`).

    Errors of an origin's days hang together, so the mean over an origin is one observation. Where
    horizons are longer than the step between origins, neighbours overlap and are counted so."""
    errors = (rows[[other, ours]].sub(rows["truth"], axis=0)).abs()
    by_origin = (errors[other] - errors[ours]).groupby(rows["origin"]).mean().sort_index()
    return compare(by_origin.to_numpy(dtype=np.float64), _overlap(rows))


def _overlap(rows: pd.DataFrame) -> int:
    """Over how many origins in a row the target days of one reach, itself included."""
    origins = np.unique(rows["origin"].to_numpy().astype("datetime64[D]"))
    steps = np.diff(origins).astype(int)
    return int(np.ceil(rows["horizon"].max() / steps.min())) if len(steps) else 1


def compare(differences: Array, overlap: int = 1) -> Paired:
    """The test of Diebold and Mariano (1995) with the small-sample correction and t distribution
    of Harvey, Leybourne and Newbold (1997), on a series of loss differences whose neighbours up to
    `overlap` - 1 apart are related.

    The variance is never taken as less than that of unrelated differences: a negative estimate,
    which the method allows, would make anything significant."""
    from scipy.special import stdtr, stdtrit

    count = len(differences)
    mean = float(differences.mean()) if count else float("nan")
    if count < FEWEST or overlap >= count:
        return Paired(mean, float("nan"), float("nan"), float("nan"), count)
    away = differences - mean
    related = sum(2 * float(away[k:] @ away[:-k]) for k in range(1, overlap))
    variance = (float(away @ away) + max(related, 0.0)) / count**2
    correction = (count + 1 - 2 * overlap + overlap * (overlap - 1) / count) / count
    error = float(np.sqrt(variance / correction))
    half = error * float(stdtrit(count - 1, 1 - TAIL))
    exact = 0.0 if mean else 1.0  # differences that never vary leave nothing to chance
    p = 2 * float(stdtr(count - 1, -abs(mean) / error)) if error else exact
    return Paired(mean, mean - half, mean + half, p, count)
