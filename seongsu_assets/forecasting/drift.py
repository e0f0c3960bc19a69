"""Drift: how far the newest days are from what the champion promised, and from the same season.
No decision here (`retraining`), and missing data never turns into a number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.forecasting import dynamic, psi, scores, season, shift
from seongsu_assets.forecasting.thresholds import Drift


@dataclass(frozen=True)
class Measured:
    """`inputs` has only what is known; `unknown` says why the rest is not, or nothing."""

    inputs: dict[str, Any]
    unknown: str = ""


def measure(
    live: pd.DataFrame,
    promised: pd.DataFrame,
    counts: pd.DataFrame,
    ordinary: Collection[date],
    origin: pd.Timestamp,
    limits: Drift,
) -> Measured:
    """`live`, `promised`: scored rows of the total (business_date, truth, q10, q50, q90), of what
    was issued, with its `origin`, and of the champion's evaluation. `counts`: of the total, up to
    `origin`. Only `ordinary` days are compared: holidays move from year to year, and their errors
    are large. What was issued before a level shift was known says nothing of what is issued now."""
    live, promised, counts = (_ordinary(rows, ordinary) for rows in (live, promised, counts))
    moved = _moved(counts, origin, limits)
    if moved:
        live = live[live["origin"] >= origin - pd.Timedelta(days=moved["moved_days"])]
    forecast = _forecasts(live, promised, origin, limits)
    world = _world(counts, origin, limits)
    return Measured(
        moved | forecast.inputs | world.inputs,
        "; ".join(part.unknown for part in (forecast, world) if part.unknown),
    )


def _moved(counts: pd.DataFrame, origin: pd.Timestamp, limits: Drift) -> dict[str, Any]:
    """The newest level shift, as long as something that was issued before it is scored: by how
    much in logs, and how many days ago it became known; nothing where there is none."""
    if counts.empty or limits.step > 1:  # a shift is found by the days of a week
        return {}
    dates = pd.date_range(counts["business_date"].min(), origin)
    hours = counts.pivot_table(index="business_date", columns="hour", values="value")
    totals = dynamic.day_totals(np.log1p(hours.reindex(dates).to_numpy(dtype=np.float64)))
    found = shift.find(totals, dates.dayofweek.to_numpy(), np.isfinite(totals))
    if not found or (days := len(dates) - 1 - found[-1].known) >= 2 * limits.recent_days:
        return {}
    return {"moved": found[-1].by, "moved_days": days}


def _ordinary(rows: pd.DataFrame, ordinary: Collection[date]) -> pd.DataFrame:
    return rows[rows["business_date"].isin(pd.DatetimeIndex(list(ordinary)))]


def _forecasts(
    live: pd.DataFrame, promised: pd.DataFrame, origin: pd.Timestamp, limits: Drift
) -> Measured:
    """The error against the promised one, and what the intervals cover."""
    recent = live[live["business_date"] > origin - pd.Timedelta(days=limits.recent_days)]
    days = season.days(recent, limits)
    inputs: dict[str, Any] = {"days": days}
    if days < limits.enough_days:
        return Measured(inputs, f"{days} scored days, {limits.enough_days} are needed")
    live_wape, promise = scores.wape(recent, "q50"), scores.wape(promised, "q50")
    inputs |= {"coverage80": scores.coverage(recent)}
    if not (np.isfinite(live_wape) and promise > 0):
        return Measured(inputs, "no evaluation to compare with")
    inputs |= {"live_wape": live_wape, "promised_wape": promise, "error": live_wape / promise}
    return Measured(inputs)


def _world(counts: pd.DataFrame, origin: pd.Timestamp, limits: Drift) -> Measured:
    """Level and shape against what the season lets expect."""
    found = season.season(counts, origin, limits)
    now = season.between(counts, origin, limits.recent_days)
    days = season.days(now, limits)
    unknown = Measured({"observed_days": days}, "too few observed days to compare")
    if found is None or days < limits.enough_days:
        return unknown
    usual = found.rows.groupby(_slot(found.rows))["value"].median()
    here, there = _distance(now, usual), _distance(found.rows, usual)
    if here.empty:
        return unknown
    inputs: dict[str, Any] = {
        "observed_days": days,
        "season": found.name,
        "shift": float(here.median()),
        "psi_level": psi.of_samples(here, there),
        "psi_shape": psi.of_shares(_shares(now), _shares(found.rows)),
    }
    return Measured(inputs)


def _slot(rows: pd.DataFrame) -> list[pd.Series]:
    return [rows["business_date"].dt.dayofweek.rename("weekday"), rows["hour"]]


def _distance(rows: pd.DataFrame, usual: pd.Series) -> pd.Series:
    """The log ratio of each row to the usual count of its weekday and hour, where there is one."""
    expected = usual.reindex(pd.MultiIndex.from_arrays(_slot(rows))).to_numpy()
    return pd.Series(np.log1p(rows["value"].to_numpy()) - np.log1p(expected)).dropna()


def _shares(rows: pd.DataFrame) -> pd.Series:
    """Each hour's share of all traffic, weekdays weighing alike whatever days are there."""
    mean = rows.groupby(_slot(rows))["value"].median().groupby("hour").mean()
    return mean / mean.sum()
