"""The promotion rule: whether a challenger replaces the champion, and why.
Pure: no registry, no training, and no comparison on different rows."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import scores

KEYS = ["origin", "series", "business_date", "hour"]


@dataclass(frozen=True)
class Scores:
    """One model's scored rows of the total: KEYS, truth, q10, q50, q90, seasonal_naive. Both
    models must have been scored out of sample on the very same rows."""

    model: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class Thresholds:
    """How much better is better. `margin` is a share of the champion's error over the newest
    `recent_days`; `tolerance` is how much worse the busiest slots and the whole may be."""

    recent_days: int = 56
    margin: float = 0.01
    tolerance: float = 0.01
    busiest: float = 0.10
    coverage: tuple[float, float] = (0.70, 0.92)
    #: One-sided: with equal models a day-paired mean exceeds this many errors in 5 % of cases.
    confidence: float = 1.645


@dataclass(frozen=True)
class Decision:
    """What was decided and on what ground."""

    outcome: Literal["first", "promote", "keep", "reject"]
    reason: str
    inputs: dict[str, Any]


def decide(challenger: Scores, champion: Scores | None, thresholds: Thresholds) -> Decision:
    """Reject what does not beat seasonal naive or is badly calibrated; promote what is better
    beyond chance on recent days and nowhere clearly worse; else keep.

    Raises ModelError when the two were not scored on the same rows."""
    low, high = thresholds.coverage
    naive = scores.ratio(challenger.rows, "q50", "seasonal_naive")
    covered = scores.coverage(challenger.rows)
    inputs: dict[str, Any] = {
        "rows": len(challenger.rows), "ratio_vs_seasonal_naive": naive, "coverage80": covered,
    }  # fmt: skip
    if not naive < 1.0:
        return Decision("reject", f"does not beat seasonal naive ({naive:.2f} of it)", inputs)
    if not low <= covered <= high:
        return Decision("reject", f"80 % intervals cover {covered:.0%}", inputs)
    if champion is None:
        return Decision("first", f"no champion yet; {naive:.2f} of seasonal naive", inputs)
    pairs = _pairs(challenger, champion)
    inputs |= _compared(pairs, thresholds)
    return _judge(inputs, thresholds)


def _pairs(challenger: Scores, champion: Scores) -> pd.DataFrame:
    """Both absolute errors by row."""
    ours, theirs = (
        model.rows.set_index(KEYS).sort_index()[["truth", "q50"]]
        for model in (challenger, champion)
    )
    if not ours.index.equals(theirs.index) or not np.array_equal(ours["truth"], theirs["truth"]):
        raise ModelError(
            f"{challenger.model} and {champion.model} were scored on different rows",
            remedy="score both on the same origins and the same observations",
        )
    return pd.DataFrame(
        {
            "truth": ours["truth"],
            "ours": (ours["q50"] - ours["truth"]).abs(),
            "theirs": (theirs["q50"] - theirs["truth"]).abs(),
        }
    ).reset_index()


def _compared(pairs: pd.DataFrame, thresholds: Thresholds) -> dict[str, Any]:
    newest = pairs["business_date"].max()
    recent = pairs[pairs["business_date"] > newest - pd.Timedelta(days=thresholds.recent_days)]
    by_day = recent.groupby("business_date")[["ours", "theirs"]].mean()
    gain = by_day["theirs"] - by_day["ours"]
    days = len(gain)
    error = float(gain.std(ddof=1) / np.sqrt(days)) if days > 1 else float("inf")
    busiest = pairs[pairs["truth"] >= pairs["truth"].quantile(1 - thresholds.busiest)]
    theirs = float(by_day["theirs"].mean())
    return {
        "recent_days": days,
        "recent_gain": float(gain.mean()) / theirs if theirs else 0.0,
        "recent_gain_error": error / theirs if theirs else float("inf"),
        "overall": _relative(pairs),
        "busiest": _relative(busiest),
    }


def _relative(pairs: pd.DataFrame) -> float:
    """The challenger's error over the champion's."""
    theirs = float(pairs["theirs"].sum())
    return float(pairs["ours"].sum()) / theirs if theirs else 1.0


def _judge(inputs: dict[str, Any], thresholds: Thresholds) -> Decision:
    gain, error = inputs["recent_gain"], inputs["recent_gain_error"]
    worst = 1 + thresholds.tolerance
    if gain < thresholds.margin:
        return Decision("keep", f"gains {gain:+.1%} on recent days, too little", inputs)
    if gain < thresholds.confidence * error:
        return Decision("keep", f"gains {gain:+.1%}, within chance (error {error:.1%})", inputs)
    if inputs["busiest"] > worst:
        return Decision("keep", f"{inputs['busiest'] - 1:+.1%} on the busiest hours", inputs)
    if inputs["overall"] > worst:
        return Decision("keep", f"{inputs['overall'] - 1:+.1%} over the whole period", inputs)
    return Decision("promote", f"gains {gain:+.1%} on {inputs['recent_days']} recent days", inputs)
