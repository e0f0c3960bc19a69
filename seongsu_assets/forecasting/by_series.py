"""The figures of each of many series, all at once: what a panel's members are told by.
Few series have the figures of `figures`; nothing here is compared with chance."""

from typing import Any

import pandas as pd

#: Of more series than these nobody reads all figures of each.
MANY = 50


def each(rows: pd.DataFrame, forecasts: dict[str, str]) -> dict[str, dict[str, Any]]:
    """By series `rows`, `origins`, and by name of `forecasts` (name -> column) its WAPE, MAE, RMSE
    and MASE as in `scores`, with our coverage and our error over that of each other. A share of
    nothing is None."""
    groups = rows.groupby("series")
    counted = {"rows": groups.size(), "origins": groups["origin"].nunique()}
    size = rows["truth"].abs().groupby(rows["series"]).sum()
    inside = rows["truth"].between(rows["q10"], rows["q90"]).groupby(rows["series"]).mean()
    measured = {name: _measures(rows, column, size) for name, column in forecasts.items()}
    ours = measured["ours"]["mae"]
    answer: dict[str, dict[str, Any]] = {}
    for series in map(str, size.index):
        one: dict[str, Any] = {name: int(count[series]) for name, count in counted.items()}
        for name, figures in measured.items():
            one[name] = {key: _stated(value[series]) for key, value in figures.items()}
            if name != "ours":
                one[f"ratio_vs_{name}"] = _stated(ours[series], figures["mae"][series])
        one["ours"]["coverage80"] = float(inside[series])
        answer[series] = one
    return answer


def _measures(rows: pd.DataFrame, column: str, size: pd.Series) -> dict[str, pd.Series]:
    error = (rows[column] - rows["truth"]).abs()
    by = rows["series"]
    return {
        "wape": error.groupby(by).sum() / size,
        "mae": error.groupby(by).mean(),
        "rmse": (error**2).groupby(by).mean() ** 0.5,
        "mase": (error / rows["scale"]).groupby(by).mean(),
    }


def _stated(value: float, over: float = 1.0) -> float | None:
    known = over > 0 and abs(value) < float("inf")
    return float(value) / float(over) if known else None
