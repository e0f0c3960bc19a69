"""Drift: how far today is from training, and what to do about it.
Pure: nothing is retrained here, and missing data never turns into a number."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from seongsu_assets.forecasting import scores

Verdict = Literal["force", "reactive", "proactive", "wait", "all good"]
#: Days compared: the recent ones, and those before them that say what was to be expected.
RECENT_DAYS, BEFORE_DAYS = 14, 84
#: Fewer scored days than this say nothing yet.
ENOUGH_DAYS = 7


@dataclass(frozen=True)
class Limits:
    """Live error over the backtest's; least coverage; shift of the level in logs; PSI of the
    hours' shares (0.1 is the usual mark for a change, 0.25 for a large one)."""

    error_force: float = 2.0
    error_reactive: float = 1.3
    coverage: float = 0.65
    shift: float = 0.10
    psi: float = 0.10


@dataclass(frozen=True)
class Drift:
    verdict: Verdict
    inputs: dict[str, Any]
    reason: str


def drift(
    recent: pd.DataFrame,
    reference: pd.DataFrame,
    observations: pd.DataFrame,
    origin: pd.Timestamp,
    *,
    limits: Limits | None = None,
) -> Drift:
    """`recent` and `reference`: scored rows of the total (business_date, truth, q10, q50, q90),
    live and of the backtest. `observations`: of the total, up to `origin`.

    force: far worse than promised. reactive: worse, or intervals fail. proactive: the world has
    moved but the forecast still holds. wait: too little is known to say."""
    limits = limits or Limits()
    live = recent[recent["business_date"] > origin - pd.Timedelta(days=RECENT_DAYS)]
    days = int(live["business_date"].nunique())
    if days < ENOUGH_DAYS or reference.empty:
        what = "no backtest to compare with" if reference.empty else f"{days} scored days"
        return Drift("wait", {"days": days}, f"{what}; {ENOUGH_DAYS} days are needed")
    now, before = _split(observations, origin)
    known = min(now["business_date"].nunique(), before["business_date"].nunique())
    if known < ENOUGH_DAYS:
        return Drift("wait", {"days": days}, f"only {known} observed days to compare")
    inputs: dict[str, Any] = {
        "days": days,
        "live_wape": scores.wape(live, "q50"),
        "backtest_wape": scores.wape(reference, "q50"),
        "coverage80": scores.coverage(live),
        "shift": _shift(now, before),
        "psi": _psi(_shares(now), _shares(before)),
    }
    inputs["error"] = inputs["live_wape"] / inputs["backtest_wape"]
    return _verdict(inputs, limits)


def _verdict(inputs: dict[str, Any], limits: Limits) -> Drift:
    error, shift = inputs["error"], inputs["shift"]
    if error >= limits.error_force:
        return Drift("force", inputs, f"error is {error:.1f} times the backtest's")
    if error >= limits.error_reactive:
        return Drift("reactive", inputs, f"error is {error:.1f} times the backtest's")
    if inputs["coverage80"] < limits.coverage:
        return Drift("reactive", inputs, f"80 % intervals cover {inputs['coverage80']:.0%}")
    if abs(shift) >= limits.shift:
        return Drift("proactive", inputs, f"the level moved by {np.expm1(shift):+.0%}")
    if inputs["psi"] >= limits.psi:
        return Drift("proactive", inputs, f"the shape of the day moved (PSI {inputs['psi']:.2f})")
    return Drift("all good", inputs, "error, coverage, level and shape are as in the backtest")


def _split(observations: pd.DataFrame, origin: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The recent days and those before them."""
    age = (origin - observations["business_date"]).dt.days
    now = observations[(age >= 0) & (age < RECENT_DAYS)]
    return now, observations[(age >= RECENT_DAYS) & (age < RECENT_DAYS + BEFORE_DAYS)]


def _shift(now: pd.DataFrame, before: pd.DataFrame) -> float:
    """The median log ratio of recent slots to what the same weekday and hour used to be."""
    usual = before.groupby([before["business_date"].dt.dayofweek, "hour"])["value"].median()
    at = pd.MultiIndex.from_arrays([now["business_date"].dt.dayofweek, now["hour"]])
    ratio = np.log1p(now["value"].to_numpy()) - np.log1p(usual.reindex(at).to_numpy())
    return float(np.nanmedian(ratio))


def _shares(rows: pd.DataFrame) -> pd.Series:
    """Each hour's share of all traffic, weekdays weighing alike whatever days are there."""
    by_day = rows.groupby([rows["business_date"].dt.dayofweek, "hour"])["value"].mean()
    mean = by_day.groupby("hour").mean()
    return mean / mean.sum()


def _psi(now: pd.Series, before: pd.Series) -> float:
    """Population stability index of two distributions over hours."""
    hours = now.index.union(before.index)
    floor = 1e-4
    left: NDArray[np.float64] = now.reindex(hours).fillna(0).clip(lower=floor).to_numpy()
    right: NDArray[np.float64] = before.reindex(hours).fillna(0).clip(lower=floor).to_numpy()
    return float(((left - right) * np.log(left / right)).sum())
