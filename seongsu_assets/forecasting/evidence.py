"""Whether a candidate's evaluation can be believed: its forecasts, against what is held.
No comparison with a champion; of the candidate only its forecasts count, never its truths."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.forecasting import baselines
from seongsu_assets.forecasting.thresholds import Belief
from seongsu_assets.plan import DAYS, Plan

KEYS = ["origin", "series", "business_date", "hour"]
SLOT = ["series", "business_date", "hour"]
#: Of the series of an open panel so many must be forecast in a slot; of two or three that is all.
MOSTLY = 0.9


@dataclass(frozen=True)
class Held:
    """What the platform knows by itself. `features`: of every origin that should have been
    evaluated, remade from what was known at it. `counts`: of the total. `served`: what the stored
    model answers on `features`. `replayed`: what a model answers on them that was fitted on
    features held, up to the first origin it answers. `trained_to`: the newest day that the
    candidate has learned from."""

    features: pd.DataFrame
    counts: pd.DataFrame
    served: pd.DataFrame
    replayed: pd.DataFrame
    trained_to: pd.Timestamp


@dataclass(frozen=True)
class Judged:
    """`rows`: KEYS, truth, the candidate's quantiles and seasonal_naive. `doubt`: why it is not
    believed, or empty."""

    rows: pd.DataFrame
    doubt: str
    inputs: dict[str, Any]


def origins_due(claimed: pd.DataFrame, trained_to: pd.Timestamp) -> list[pd.Timestamp]:
    """The origins that an evaluation must have: from its first to the last whose days were all
    known when the candidate learned, in its own steps."""
    known = pd.DatetimeIndex(claimed["origin"].unique()).sort_values()
    if known.empty:
        return []
    steps = known.to_series().diff().dropna()
    ahead = (claimed["business_date"] - claimed["origin"]).max()
    step = steps.min() if len(steps) else ahead
    last = max(trained_to - ahead, known[-1])
    return list(pd.date_range(known[0], last, freq=step))


def judge(
    claimed: pd.DataFrame, held: Held, plan: Plan = DAYS, *, lag_days: int, rules: Belief
) -> Judged:
    """`claimed`: the candidate's rows of the total (KEYS and quantiles)."""
    expected = _expected(held, plan, lag_days=lag_days)
    names = quantiles(claimed)
    finite = claimed[[*KEYS, *names]].replace([np.inf, -np.inf], np.nan).dropna()
    rows = expected.merge(finite, on=KEYS)
    inputs: dict[str, Any] = {
        "expected": len(expected), "rows": len(rows),
        "complete": len(rows) / len(expected) if len(expected) else 0.0,
    }  # fmt: skip
    if rows.duplicated(KEYS).any():
        return Judged(rows, "the evaluation has rows twice", inputs)
    if inputs["complete"] < rules.complete:
        doubt = f"forecasts for {inputs['complete']:.0%} of the slots that are known"
        return Judged(rows, doubt, inputs)
    inputs |= _measured(rows, held, names, rules.complete)
    return Judged(rows, _doubt(inputs, rules), inputs)


def quantiles(rows: pd.DataFrame) -> list[str]:
    """The names of the quantile columns, in order."""
    names = [str(name) for name in rows.columns]
    return sorted(name for name in names if name[0] == "q" and name[1:].isdigit())


def same(served: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two models forecast the same on the same features."""
    names = quantiles(served)
    left, right = (each.set_index(KEYS).sort_index() for each in (served, other))
    return (
        names == quantiles(other)
        and left.index.equals(right.index)
        and np.allclose(left[names], right[names], rtol=1e-9, atol=0)
    )


def _expected(held: Held, plan: Plan, *, lag_days: int) -> pd.DataFrame:
    """Every slot of the total with features of all its parts, a truth, and a cycle before."""
    parts = held.features["series"].nunique()
    sizes = held.features.groupby(["origin", "business_date", "hour"]).size()
    slots = sizes[sizes >= MOSTLY * parts].reset_index()[["origin", "business_date", "hour"]]
    truth = held.counts.rename(columns={"value": "truth"})
    rows = slots.merge(truth, on=["business_date", "hour"], validate="many_to_one")
    rows["seasonal_naive"] = baselines.seasonal_naive(held.counts, rows, plan, lag_days=lag_days)
    return rows.dropna(subset=["seasonal_naive"]).reset_index(drop=True)


def _measured(rows: pd.DataFrame, held: Held, names: list[str], complete: float) -> dict[str, Any]:
    naive = float((rows["seasonal_naive"] - rows["truth"]).abs().sum())
    error, came = float((rows["q50"] - rows["truth"]).abs().sum()), float(rows["truth"].sum())
    values = rows[names].to_numpy()
    return {
        "ordered": bool((np.diff(values, axis=1) >= 0).all() and (values >= 0).all()),
        "level": float(rows["q50"].sum()) / came if came else 0.0,
        "floor": error / naive if naive else 0.0,
        "served": _against(rows, held.served, complete),
        "replayed": _against(rows, held.replayed, complete),
    }


def _against(rows: pd.DataFrame, other: pd.DataFrame, complete: float) -> float | None:
    """The error of `other` over that of the claim at the origins that it answers; None where it
    leaves out more than it may."""
    asked = rows[rows["origin"].isin(other["origin"])]
    both = asked.merge(other[[*KEYS, "q50"]], on=KEYS, suffixes=("", "_other")).dropna()
    if both.empty or len(both) < complete * len(asked):
        return None
    claim = float((both["q50"] - both["truth"]).abs().sum())
    error = float((both["q50_other"] - both["truth"]).abs().sum())
    return error / claim if claim else None


def _doubt(inputs: dict[str, Any], rules: Belief) -> str:
    served, replayed, level = inputs["served"], inputs["replayed"], inputs["level"]
    known, times = "on features as they were known", "times what it claims"
    doubts = {
        "its quantiles cross or fall below zero": not inputs["ordered"],
        f"it forecasts {level:.2f} times what came": not rules.level[0] <= level <= rules.level[1],
        f"it does not answer {known}": served is None or replayed is None,
        f"{known} the model errs {served or 0:.2f} {times}": (served or 0) > rules.served,
        f"learned again {known} it errs {replayed or 0:.2f} {times}": (
            (replayed or 0) * rules.replayed > 1
        ),
        f"learned again {known} it errs only {replayed or 0:.2f} {times}": (
            (replayed or 1) * rules.spoilt < 1
        ),
        f"{inputs['floor']:.2f} of seasonal naive is better than can be known": not (
            inputs["floor"] >= rules.floor
        ),
    }
    return next((told for told, doubtful in doubts.items() if doubtful), "")
