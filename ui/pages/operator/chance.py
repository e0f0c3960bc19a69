"""How likely the highest level is when an event adds people to a forecast.
The same as `forecasting.levels.probabilities`, for one cut-off and without its libraries."""

import math
from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

from ui.show.wording import known

QUANTILES = {"q05": 0.05, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q95": 0.95}
_NORMAL = NormalDist()
#: Equal quantiles would have no slope.
_STEP = 1e-6


def chance_with(row: Mapping[Any, Any], extra: float, cut: float) -> float:
    """The chance that the forecast of `row` and `extra` people together reach `cut`: that the
    forecast alone reaches so many fewer. Nobody less than none: then it is certain."""
    if cut <= extra:
        return 1.0
    told = {name: share for name, share in QUANTILES.items() if known(row.get(name))}
    scores = [_NORMAL.inv_cdf(share) for share in told.values()]
    logs = [math.log1p(row[name]) + _STEP * place for place, name in enumerate(told)]
    at = math.log1p(cut - extra)
    piece = min(max(sum(log <= at for log in logs) - 1, 0), len(logs) - 2)
    rise = (scores[piece + 1] - scores[piece]) / (logs[piece + 1] - logs[piece])
    return 1 - _NORMAL.cdf(scores[piece] + (at - logs[piece]) * rise)
