"""How right everybody was: the report of a backtest's rows, ours and every contender on the same.
No forecasting, and nothing is drawn or printed."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from seongsu_assets.domain import Levels
from seongsu_assets.forecasting import by_series, contenders, intervals, scores, significance

#: What the rows of the total are told by.
GROUPS = {
    "by_horizon": "horizon", "by_hour": "hour", "by_day_type": "day_type", "by_band": "band",
}  # fmt: skip
MEASURES = {
    "wape": scores.wape, "mae": scores.mae, "rmse": scores.rmse, "mase": scores.mase,
}  # fmt: skip
#: Days that no hour was measured of.
WHOLE_DAY = "whole day"


def report(rows: pd.DataFrame, *, total: str = "total") -> dict[str, Any]:
    """Figures of the total over all its rows and by each of GROUPS; and of each other series. Many
    series are told together, as `parts` and their `by_horizon`, and each by fewer figures.

    Each has `rows`; `ours`, with `coverage80`, `pinball` and levels; every contender that knows all
    of these rows; `ratio_vs_...`, our error over theirs; and `p_vs_...`, the chance of so large a
    difference between equals. `significance` has the difference itself (people, positive where ours
    is better) with its 95 % interval. What cannot be stated is None."""
    own = rows[rows["series"] == total]
    own = own.assign(band=_bands(own))
    answer = _figures(own)
    for name, column in GROUPS.items():
        answer[name] = {str(key): _figures(part) for key, part in own.groupby(column)}
    answer["significance"] = {
        name: _stated(asdict(significance.paired(own, name))) for name in _known(own)
    }
    others = rows[rows["series"] != total]
    if others["series"].nunique() <= by_series.MANY:
        answer["by_series"] = {str(name): _figures(part) for name, part in others.groupby("series")}
        return answer
    ahead = {str(key): _figures(part) for key, part in others.groupby("horizon")}
    answer["parts"] = _figures(others) | {"by_horizon": ahead}
    known = {"ours": "q50"} | {name: name for name in _known(others)}
    answer["by_series"] = by_series.each(others, known)
    return answer


def names(report: dict[str, Any]) -> list[str]:
    """The contenders of a report, in their order."""
    return [name for name in contenders.NAMES if name in report]


def _bands(rows: pd.DataFrame) -> pd.Series:
    hour = rows["hour"].to_numpy()
    names = np.array(intervals.BANDS)[intervals.band(hour)]
    return pd.Series(np.where(hour < 0, WHOLE_DAY, names), index=rows.index)


def _known(rows: pd.DataFrame) -> list[str]:
    """The contenders with a forecast of every row: none is judged by other rows than ours."""
    return [name for name in contenders.present(rows) if rows[name].notna().all()]


def _figures(rows: pd.DataFrame) -> dict[str, Any]:
    """Everybody's measures on the same rows."""
    others = _known(rows)
    answer: dict[str, Any] = {"rows": len(rows), "origins": rows["origin"].nunique()}
    answer["ours"] = _measures(rows, "q50") | {
        "coverage80": scores.coverage(rows),
        "pinball": scores.pinball(rows, _quantiles(rows)),
    }
    answer |= {name: _measures(rows, name) for name in others}
    if (rows["level"] >= 0).all():
        for name, called in {"ours": "level", "seasonal_naive": "level_naive"}.items():
            answer[name] |= scores.levels(rows, len(Levels().shares), called)
    for name in others:
        answer[f"ratio_vs_{name}"] = scores.ratio(rows, "q50", name)
        answer[f"p_vs_{name}"] = significance.paired(rows, name).p
    return _stated(answer)


def _measures(rows: pd.DataFrame, column: str) -> dict[str, Any]:
    return {name: measure(rows, column) for name, measure in MEASURES.items()}


def _quantiles(rows: pd.DataFrame) -> list[float]:
    names = [str(name) for name in rows.columns]
    return [int(name[1:]) / 100 for name in names if name[0] == "q" and name[1:].isdigit()]


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    """What is not a number is None: neither JSON nor the warehouse has another word for it."""
    answer: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            answer[name] = _stated(value)
        else:
            lost = isinstance(value, float) and not math.isfinite(value)
            answer[name] = None if lost else value
    return answer
