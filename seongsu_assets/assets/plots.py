"""Figures for Dagster's and MLflow's pages.
No numbers are computed here beyond what is drawn."""

import base64
import io
from typing import Any

import dagster as dg
import pandas as pd


def markdown(figure: Any, text: str) -> dg.MarkdownMetadataValue:
    """A figure as an inline picture with its alternative text."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=80)
    encoded = base64.b64encode(buffer.getvalue()).decode()
    return dg.MetadataValue.md(f"![{text}](data:image/png;base64,{encoded})")


def _axes(width: float = 9, height: float = 3.2) -> tuple[Any, Any]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots()


def errors_by_hour(rows: pd.DataFrame, total: str) -> Any:
    """WAPE by hour of ours beside seasonal naive, on the same backtest rows."""
    figure, axes = _axes()
    own = rows[rows.series == total]
    truth = own.groupby("hour").truth.sum()
    for name, label, colour in (
        ("seasonal_naive", "seasonal naive", "#b0b0b0"),
        ("seasonal_mean", "seasonal mean", "#fdae61"),
        ("q50", "ours", "#2c7bb6"),
    ):
        error = (own[name] - own.truth).abs().groupby(own.hour).sum() / truth * 100
        axes.plot(
            error.index, error.to_numpy(), label=label, color=colour, marker="o", markersize=3
        )
    axes.set(xlabel="hour", ylabel="WAPE %", title="Error by hour, rolling origins, same rows")
    axes.set_xticks(sorted(truth.index))
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    return figure


def week(rows: pd.DataFrame, unit: str) -> Any:
    """The forecast of one series for the next days: median, 80 % band, and the usual."""
    figure, axes = _axes()
    own = rows.sort_values(["business_date", "hour"]).reset_index(drop=True)
    axes.fill_between(own.index, own.q10, own.q90, color="#abd9e9", label="8 times out of 10")
    axes.plot(own.index, own.q50, color="#2c7bb6", label="forecast")
    axes.plot(own.index, own.usual, color="#888888", linewidth=0.8, label="usual")
    starts = own.groupby("business_date").head(1)
    axes.set_xticks(starts.index, [f"{day:%a %d %b}" for day in starts.business_date])
    axes.set(ylabel=unit)
    if own.q10.min() < own.q90.max() / 2:  # else, from zero, nothing could be told apart
        axes.set_ylim(bottom=0)
    axes.legend(frameon=False, ncols=3)
    return figure
