"""The promotion rule: whether a challenger replaces the champion, and why.
Pure: no registry, no training, and no comparison on different rows."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from seongsu_assets.errors import ModelError
from seongsu_assets.forecasting import scores
from seongsu_assets.forecasting.evidence import KEYS
from seongsu_assets.forecasting.thresholds import Promotion


@dataclass(frozen=True)
class Scores:
    """One model's scored rows of the total: KEYS, truth, q10, q50, q90, seasonal_naive. Both
    models must have been scored out of sample on the very same rows."""

    model: str
    rows: pd.DataFrame
    trained_to: pd.Timestamp


@dataclass(frozen=True)
class Decision:
    """What was decided and on what ground."""

    outcome: Literal["first", "promote", "keep", "reject"]
    reason: str
    inputs: dict[str, Any]


def alone(challenger: Scores, rules: Promotion) -> Decision:
    """Reject what does not beat seasonal naive or is badly calibrated; else it may be the first."""
    low, high = rules.coverage
    naive = scores.ratio(challenger.rows, "q50", "seasonal_naive")
    covered, error = _coverage(challenger.rows)
    inputs: dict[str, Any] = {
        "rows": len(challenger.rows), "ratio_vs_seasonal_naive": naive,
        "coverage80": covered, "coverage80_error": error,
    }  # fmt: skip
    if not naive < 1.0:
        return Decision("reject", f"does not beat seasonal naive ({naive:.2f} of it)", inputs)
    chance = rules.confidence * (error or 0.0)
    if not low - chance <= covered <= high + chance:
        return Decision("reject", f"80 % intervals cover {covered:.0%}", inputs)
    return Decision("first", f"no champion yet; {naive:.2f} of seasonal naive", inputs)


def _coverage(rows: pd.DataFrame) -> tuple[float, float | None]:
    """Coverage and its standard error by days: a surprising day misses with all its hours."""
    by_day = (rows["truth"].between(rows["q10"], rows["q90"])).groupby(rows["business_date"]).mean()
    error = float(by_day.std(ddof=1) / np.sqrt(len(by_day))) if len(by_day) > 1 else None
    return scores.coverage(rows), error


def decide(challenger: Scores, champion: Scores, rules: Promotion) -> Decision:
    """Promote what is better beyond chance on recent days and nowhere clearly worse, and what
    learned from much more and is not worse; else keep. Equal forecasts are never exchanged.

    Raises ModelError when the two were not scored on the same rows."""
    pairs = _pairs(challenger, champion)
    days = int(pairs["business_date"].nunique()) * rules.step
    if days < rules.unseen_days:
        told = f"{days} days that the champion has not seen, {rules.unseen_days} are needed"
        return Decision("keep", told, {"days": days})
    more = (challenger.trained_to - champion.trained_to).days
    inputs = _compared(pairs, rules) | {"more_days": more}
    if inputs["same"]:
        return Decision("keep", "forecasts the same as the champion", inputs)
    return _judge(inputs, rules)


def _pairs(challenger: Scores, champion: Scores) -> pd.DataFrame:
    """Both absolute errors by row."""
    ours, theirs = (
        model.rows.set_index(KEYS).sort_index()[["truth", "q50", "seasonal_naive"]]
        for model in (challenger, champion)
    )
    if not ours.index.equals(theirs.index) or not np.array_equal(ours["truth"], theirs["truth"]):
        raise ModelError(
            f"{challenger.model} and {champion.model} were scored on different rows",
            remedy="score both on the same origins and the same observations",
        )
    return pd.DataFrame(
        {
            "usual": ours["seasonal_naive"],
            "ours": (ours["q50"] - ours["truth"]).abs(),
            "theirs": (theirs["q50"] - theirs["truth"]).abs(),
            "same": np.isclose(ours["q50"], theirs["q50"], rtol=1e-9, atol=0),
        }
    ).reset_index()


def _compared(pairs: pd.DataFrame, rules: Promotion) -> dict[str, Any]:
    """How much less the challenger errs, and the standard error of that, as shares of the
    champion's error: in all, on recent days, on those before (None where there are none) and in
    the slots expected to be the busiest; those that came out busiest would be the surprises."""
    newest = pairs["business_date"].max()
    recent = pairs["business_date"] > newest - pd.Timedelta(days=rules.recent_days)
    parts = {
        "": pairs,
        "recent_": pairs[recent],
        "reference_": pairs[~recent],
        "busiest_": pairs[pairs["usual"] >= pairs["usual"].quantile(1 - rules.busiest)],
    }
    answer: dict[str, Any] = {"same": bool(pairs["same"].all())}
    for name, part in parts.items():
        answer[f"{name}days"] = int(part["business_date"].nunique())
        answer[f"{name}gain"], answer[f"{name}error"] = _gain(part)
    return answer


def _gain(pairs: pd.DataFrame) -> tuple[float | None, float | None]:
    """The gain and its standard error. Chance is judged by days: the hours of one go together."""
    by_day = pairs.groupby("business_date")[["ours", "theirs"]].sum()
    theirs = float(by_day["theirs"].sum())
    if not theirs:
        return (None, None) if by_day.empty else (0.0, None)
    gain = by_day["theirs"] - by_day["ours"]
    days = len(gain)
    error = float(gain.std(ddof=1)) * np.sqrt(days) / theirs if days > 1 else None
    return float(gain.sum()) / theirs, error


def _judge(inputs: dict[str, Any], rules: Promotion) -> Decision:
    if worse := _worse(inputs, rules):
        return Decision("keep", worse, inputs)
    recent, gain, error = inputs["recent_gain"], inputs["gain"], inputs["error"]
    proven = error is not None and gain >= rules.confidence * error
    told = f"gains {recent:+.1%} on {inputs['recent_days']} recent days"
    if recent >= rules.margin and proven:
        return Decision("promote", told, inputs)
    if inputs["more_days"] >= rules.refresh_days and gain >= -rules.tolerance:
        more = f"refresh: learned from {inputs['more_days']} more days, and not worse"
        return Decision("promote", f"{more}; {told}", inputs)
    if recent < rules.margin:
        return Decision("keep", f"{told}, too little", inputs)
    return Decision("keep", f"gains {gain:+.1%} in all, within chance", inputs)


def _worse(inputs: dict[str, Any], rules: Promotion) -> str:
    """Where the challenger is worse beyond chance, or nothing."""
    for name, where in {
        "recent": "on recent days",
        "reference": "on the days before",
        "busiest": "on the busiest hours",
    }.items():
        gain, error = inputs[f"{name}_gain"], inputs[f"{name}_error"] or 0.0
        if gain is not None and gain < -rules.tolerance - rules.confidence * error:
            return f"{-gain:.1%} worse {where}"
    return ""
