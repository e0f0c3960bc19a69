"""The four levels of crowding: cut-offs from a rolling window, and how likely each level is.
No forecasting: levels are read off values or off a forecast's quantiles."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.domain import Levels, Window
from seongsu_assets.errors import NotEnoughHistory

Array = NDArray[np.float64]

#: A slot is near a cut-off within this part of it: about the error of a good forecast.
NEAR = 0.05
STEPS = 21


@dataclass(frozen=True)
class Cutoffs:
    """Rising values: a slot belongs to the level of as many cut-offs as it reaches."""

    version: str
    values: tuple[float, ...]
    window: Window


def derive(observations_total: pd.DataFrame, levels: Levels) -> Cutoffs:
    """Cut-offs over the newest `window_days` of business_date, hour and value of the total.
    Where many slots are alike, a few people more or less would change the level every other day:
    a cut-off stands where slots are few. The version is a hash of the values.
    Raises NotEnoughHistory when there is no row."""
    if observations_total.empty:
        raise NotEnoughHistory("no total to derive levels from", remedy="load observations first")
    last = observations_total["business_date"].max()
    first = last - pd.Timedelta(days=levels.window_days - 1)
    recent = observations_total[observations_total["business_date"] >= first]
    slots = np.sort(recent["value"].to_numpy(dtype=np.float64))
    values = tuple(_clearing(slots, share, levels.give) for share in levels.shares)
    version = hashlib.sha256(json.dumps(values).encode()).hexdigest()[:8]
    return Cutoffs(version, values, Window(_date(recent["business_date"].min()), _date(last)))


def _clearing(slots: Array, share: float, give: float) -> float:
    """Of the quantiles around `share`, the one with the fewest of the rising `slots` near it; of
    several the nearest to `share`."""
    shares = sorted(np.linspace(share - give, share + give, STEPS), key=lambda at: abs(at - share))
    cuts = np.quantile(slots, shares)
    near = np.searchsorted(slots, cuts * (1 + NEAR)) - np.searchsorted(slots, cuts * (1 - NEAR))
    return round(float(cuts[np.argmin(near)]), 1)


def level(values: Array | pd.Series, cutoffs: Cutoffs) -> NDArray[np.int64]:
    """0 for the calmest to the number of cut-offs for the most crowded."""
    return np.searchsorted(np.array(cutoffs.values), np.asarray(values), side="right")


def probabilities(forecast: pd.DataFrame, cutoffs: Cutoffs) -> pd.DataFrame:
    """p0, p1, ... of each row of a frame with quantile columns (q10, q50, ...); they sum to 1.

    Between quantiles the log of the value is taken as a straight line of the normal score, and
    beyond them that line goes on: the tails are those of a log-normal."""
    from scipy.special import ndtr

    names = sorted(name for name in forecast.columns if name[0] == "q" and name[1:].isdigit())
    scores = np.array([NormalDist().inv_cdf(int(name[1:]) / 100) for name in names])
    logs = np.log1p(forecast[names].to_numpy(dtype=np.float64))
    smallest_step = 1e-6
    logs += smallest_step * np.arange(len(names))  # equal quantiles would have no slope
    cuts = np.array(cutoffs.values)
    below = [np.zeros(len(forecast))]
    below += [ndtr(_line(logs, scores, float(np.log1p(cut)))) for cut in cuts]
    below += [np.ones(len(forecast))]
    shares = np.diff(np.column_stack(below), axis=1)
    columns = [f"p{n}" for n in range(shares.shape[1])]
    return pd.DataFrame(shares, index=forecast.index, columns=columns)


def _line(logs: Array, scores: Array, at: float) -> Array:
    """The normal score of `at` on each row's broken line through (logs, scores)."""
    piece = np.clip((logs <= at).sum(axis=1) - 1, 0, logs.shape[1] - 2)
    row = np.arange(len(logs))
    left, right = logs[row, piece], logs[row, piece + 1]
    rise = (scores[piece + 1] - scores[piece]) / (right - left)
    return scores[piece] + (at - left) * rise


def _date(moment: pd.Timestamp) -> date:
    return moment.date()
