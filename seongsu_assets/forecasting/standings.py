"""A report as tables for people: who stands where, by day and hour, and how levels were called.
No figure is computed here; see `figures`."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from seongsu_assets.forecasting import contenders, figures

#: What each group is called, by its place in the report.
GROUPS = {
    "by_day_type": "day type", "by_band": "hours", "by_horizon": "days ahead", "by_hour": "hour",
}  # fmt: skip
MEASURES = ("wape", "mae", "rmse", "mase")
LEVELS = {
    "level_exact": "exact", "level_within_one": "within one",
    "top_recall": "top recalled", "top_precision": "top precise",
}  # fmt: skip


def overall(report: dict[str, Any]) -> pd.DataFrame:
    """Ours and every contender over all rows; how many people per row ours is nearer the truth,
    with the 95 % interval, and the chance p of so large a difference between equals."""
    naive = report["seasonal_naive"]["mae"]
    lines: list[dict[str, Any]] = []
    for name in ("ours", *figures.names(report)):
        size = report[name]
        lines.append(
            {
                "contender": name,
                "WAPE %": _percent(size["wape"]),
                "MAE": _rounded(size["mae"], 1),
                "of naive": _rounded(size["mae"] / naive, 3) if naive else None,
                **_compared(report["significance"].get(name)),
            }
        )
    return pd.DataFrame(lines)


def parts(report: dict[str, Any]) -> pd.DataFrame:
    """Ours and every contender over all rows of a panel's series, and by how far ahead."""
    told = report["parts"]
    return pd.DataFrame(
        [
            {
                "ahead": ahead,
                "rows": part["rows"],
                "ours %": _percent(part["ours"]["wape"]),
                "RMSE": _rounded(part["ours"]["rmse"], 0),
                **{
                    f"{name.removeprefix('seasonal_')} %": _percent(part[name]["wape"])
                    for name in figures.names(told)
                },
                "inside 80 %": _percent(part["ours"]["coverage80"]),
            }
            for ahead, part in {**told["by_horizon"], "all": told}.items()
        ]
    )


def _compared(paired: dict[str, Any] | None) -> dict[str, str]:
    if paired is None:  # ours
        return {"nearer by (95 %)": "", "p": ""}
    known = paired["p"] is not None
    within = f" ({paired['low']:,.0f}..{paired['high']:,.0f})" if known else ""
    smallest = 0.001
    p = (
        f"<{smallest}"
        if known and paired["p"] < smallest
        else f"{paired['p']:.3f}"
        if known
        else ""
    )
    return {"nearer by (95 %)": f"{paired['difference']:,.0f}{within}", "p": p}


def group(report: dict[str, Any], by: str) -> pd.DataFrame:
    """Ours by one of GROUPS, over the usual contenders on the same rows, and for all rows."""
    usual = [name for name in figures.names(report) if name in contenders.USUAL]
    parts = {**report[by], "all": report}
    return pd.DataFrame(
        [
            {
                GROUPS[by]: name,
                "rows": part["rows"],
                "ours %": _percent(part["ours"]["wape"]),
                **{
                    f"/ {other.removeprefix('seasonal_')}": _rounded(part[f"ratio_vs_{other}"], 3)
                    for other in usual
                },
                "inside 80 %": _percent(part["ours"]["coverage80"]),
            }
            for name, part in parts.items()
        ]
    )


def levels(report: dict[str, Any]) -> pd.DataFrame:
    """How often the level was called right, by ours and by seasonal naive, in percent."""
    return pd.DataFrame(
        [
            {"levels": name} | {told: _percent(report[name][key]) for key, told in LEVELS.items()}
            for name in ("ours", "seasonal_naive")
        ]
    )


def every(report: dict[str, Any]) -> pd.DataFrame:
    """One row per group, its value and contender with all measures as they are."""
    return pd.DataFrame([line for part in _parts(report) for line in _lines(*part)])


def _parts(report: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "all", "all", report
    for by in (*GROUPS, "by_series"):
        for name, part in report[by].items():
            yield by.removeprefix("by_"), name, part


def _lines(by: str, name: str, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for contender in ("ours", *figures.names(part)):
        yield {
            "by": by, "value": name, "contender": contender, "rows": part["rows"],
            **{measure: part[contender][measure] for measure in MEASURES},
            "ours_over_it": part.get(f"ratio_vs_{contender}"),
            "p": part.get(f"p_vs_{contender}"),
            **{key: part[contender].get(key) for key in ("coverage80", "pinball", *LEVELS)},
        }  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
