"""How right forecasts were: the usual measures on frames of scored rows.
No forecasting and no choice of rows: whoever calls decides what is compared."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mae(rows: pd.DataFrame, forecast: str) -> float:
    return float((rows[forecast] - rows["truth"]).abs().mean())


def rmse(rows: pd.DataFrame, forecast: str) -> float:
    return float(np.sqrt(((rows[forecast] - rows["truth"]) ** 2).mean()))


def wape(rows: pd.DataFrame, forecast: str) -> float:
    """Sum of absolute errors over the sum of absolute truths; NaN when that is zero."""
    size = float(rows["truth"].abs().sum())
    return float((rows[forecast] - rows["truth"]).abs().sum()) / size if size else float("nan")


def mase(rows: pd.DataFrame, forecast: str) -> float:
    """Mean absolute error in units of `scale`, the seasonal step of what was known."""
    return float(((rows[forecast] - rows["truth"]).abs() / rows["scale"]).mean())


def ratio(rows: pd.DataFrame, forecast: str, other: str) -> float:
    """Mean absolute error over that of another forecast on the same rows."""
    theirs = mae(rows, other)
    return mae(rows, forecast) / theirs if theirs else float("nan")


def pinball(rows: pd.DataFrame, quantiles: Sequence[float]) -> float:
    """Mean pinball loss over the quantile columns."""
    losses = []
    for quantile in quantiles:
        error = rows["truth"] - rows[f"q{round(quantile * 100):02d}"]
        losses.append(np.maximum(quantile * error, (quantile - 1) * error).mean())
    return float(np.mean(losses))


def coverage(rows: pd.DataFrame, lower: str = "q10", upper: str = "q90") -> float:
    return float(rows["truth"].between(rows[lower], rows[upper]).mean())


def levels(rows: pd.DataFrame, top: int, called: str = "level") -> dict[str, float | None]:
    """Exact and within one of `called` against `level_truth`; recall and precision of the top
    level, None where there was nothing to recall or nothing was called."""
    step = (rows[called] - rows["level_truth"]).abs()
    truly, highest = rows["level_truth"] == top, rows[called] == top
    return {
        "level_exact": float((step == 0).mean()),
        "level_within_one": float((step <= 1).mean()),
        "top_recall": float(highest[truly].mean()) if truly.any() else None,
        "top_precision": float(truly[highest].mean()) if highest.any() else None,
    }
