"""A backtest's report for Dagster's catalog and for MLflow: tables, texts and numbers by name.
Nothing is computed, stored or sent here."""

import math
from typing import Any

import dagster as dg
import pandas as pd

from seongsu_assets.assets.node import preview
from seongsu_assets.forecasting import figures, standings

#: Of a group MLflow is told these of everybody; all the rest is in `contenders.csv`. It takes at
#: most a thousand numbers at once.
OF_A_GROUP = ("wape", "coverage80")


def metadata(report: dict[str, Any]) -> dict[str, dg.MarkdownMetadataValue]:
    """What the catalog shows: everybody over all rows, by day type, by hours, and the levels."""
    shown = {name: preview(table) for name, table in _tables(report).items()}
    # A model of before costs were counted has none.
    return shown | (
        {"cost": preview(pd.DataFrame([report["cost"]]).round(3))} if "cost" in report else {}
    )


def texts(report: dict[str, Any]) -> dict[str, str]:
    """`contenders.csv`, every group and measure; and `report.md`, the same tables for people."""
    told = {
        **_tables(report),
        "by days ahead": standings.group(report, "by_horizon"),
        "by hour": standings.group(report, "by_hour"),
    }
    parts = [f"## {name}\n\n{_markdown(table)}\n" for name, table in told.items()]
    head = f"# Rolling origins: {report['rows']} rows of {report['origins']} origins\n"
    return {
        "contenders.csv": standings.every(report).to_csv(index=False),
        "report.md": "\n".join([head, *parts]),
    }


def metrics(report: dict[str, Any]) -> dict[str, float]:
    """Numbers under dotted names: of all rows everything, of a group the error and coverage."""
    found = _numbers("", {name: part for name, part in report.items() if name[:3] != "by_"})
    for by in standings.GROUPS:
        for value, part in report[by].items():
            for name in ("ours", *figures.names(part)):
                kept = {key: part[name].get(key) for key in OF_A_GROUP}
                found |= _numbers(f"{by}.{value}.{name}.".replace(" ", "_"), kept)
    return found


def _tables(report: dict[str, Any]) -> dict[str, pd.DataFrame]:
    return {
        "contenders, same rows": standings.overall(report),
        "by day type": standings.group(report, "by_day_type"),
        "by hours of the day": standings.group(report, "by_band"),
        "levels, percent": standings.levels(report),
    }


def _markdown(table: pd.DataFrame) -> str:
    return str(preview(table, rows=len(table)).value)


def _numbers(prefix: str, part: dict[str, Any]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in part.items():
        if isinstance(value, dict):
            found |= _numbers(f"{prefix}{name}.", value)
        elif isinstance(value, int | float) and math.isfinite(value):
            found[f"{prefix}{name}"] = float(value)
    return found
