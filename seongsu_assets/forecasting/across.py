"""How right the forecast is over many histories: how its figures are spread over their reports.
Nothing is scored here; a report is that of `figures`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from seongsu_assets.forecasting import figures

#: What is told of each spread, from the least to the most.
SPREAD = {"least": 0.0, "q10": 0.1, "q25": 0.25, "median": 0.5, "q75": 0.75, "q90": 0.9,
          "most": 1.0}  # fmt: skip
#: Below this chance of so large a difference between equals one is surely better.
SURELY = 0.05

Report = Mapping[str, Any]


def across(reports: Sequence[Report]) -> dict[str, Any]:
    """`reports` counts them. The spread (SPREAD) of our WAPE and share inside 80 % and, of each
    contender that all have: of our error over theirs (`ratio_vs_...`); in how many ours is
    better (`better_than_...`) and surely so or surely worse; and the ratio of the errors summed
    over all rows (`summed_ratio_vs_...`). None where nothing can be stated."""
    answer: dict[str, Any] = {"reports": len(reports)}
    if not reports:
        return answer
    answer["wape"] = _spread(reports, lambda each: each["ours"]["wape"])
    answer["coverage80"] = _spread(reports, lambda each: each["ours"]["coverage80"])
    for name in figures.names(dict(reports[0])):
        if all(name in each for each in reports):
            answer |= _against(name, reports)
    return answer


def _against(name: str, reports: Sequence[Report]) -> dict[str, Any]:
    ratio, chance = f"ratio_vs_{name}", f"p_vs_{name}"
    better = [each for each in reports if each[ratio] is not None and each[ratio] < 1]
    worse = [each for each in reports if each[ratio] is not None and each[ratio] > 1]
    theirs = _summed(name, reports)
    return {
        ratio: _spread(reports, lambda each: each[ratio]),
        f"better_than_{name}": len(better),
        f"surely_better_than_{name}": _sure(better, chance),
        f"surely_worse_than_{name}": _sure(worse, chance),
        f"summed_{ratio}": _summed("ours", reports) / theirs if theirs else None,
    }


def _sure(reports: Sequence[Report], chance: str) -> int:
    return sum(each[chance] is not None and each[chance] < SURELY for each in reports)


def _summed(name: str, reports: Sequence[Report]) -> float:
    return sum(each["rows"] * each[name]["mae"] for each in reports)


def _spread(reports: Sequence[Report], of: Callable[[Report], float | None]) -> dict[str, Any]:
    known = [value for each in reports if (value := of(each)) is not None]
    if not known:
        return dict.fromkeys(SPREAD)
    return dict(zip(SPREAD, np.quantile(known, list(SPREAD.values())).tolist(), strict=True))
