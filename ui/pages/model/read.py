"""What the page about the model shows: its card, the decisions, errors by hour, chances that came.
No decision about what may be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from ui import clock
from ui.data import Rows
from ui.state.declared import total_of
from ui.state.read import Status, read_names, read_status

#: Decisions of so many days are told.
HISTORY = 365


@dataclass(frozen=True)
class Cost:
    """What a model and its trial cost: `seconds` of a processor, of them `each` for a series; and
    its text."""

    seconds: float
    each: float
    kilobytes: float


@dataclass(frozen=True)
class Trial:
    """How a model did on days it had not learned from, over `origins` starts: errors as shares of
    the people who came, `None` where it is not told. `each` has the figures of each series beside
    the total (series, rows, mae, wape, naive, inside), that of the largest error first."""

    origins: int | None
    forecasts: int | None
    wape: float | None
    naive: float | None
    last: float | None
    inside: float | None
    hits: float | None
    each: pd.DataFrame = field(repr=False, compare=False, default_factory=pd.DataFrame)
    cost: Cost | None = None


@dataclass(frozen=True)
class Card:
    """The model that serves, since when and why; what it learned from."""

    model_id: str
    since: datetime
    reason: str
    first_day: date
    last_day: date
    trial: Trial


@dataclass(frozen=True)
class Decision:
    """What was decided about a challenger: first, promote, keep or reject."""

    decided_at: datetime
    challenger: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Model:
    """`by_hour` and `chances` are of what was issued lately; `decisions` the newest first."""

    status: Status
    card: Card | None
    decisions: tuple[Decision, ...]
    by_hour: pd.DataFrame = field(repr=False)
    chances: pd.DataFrame = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    read_at: datetime = field(compare=False)


def read(rows: Rows, domain: str | None) -> Model | None:
    """The page of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    if status is None:
        return None
    total = total_of(status.domain)
    return Model(
        status=status,
        card=_card(rows, status),
        decisions=_decisions(rows, status),
        by_hour=rows(
            "accuracy_by_hour", ("day_type", "hour", "hours", "absolute_error", "observed"),
            ["day_type", "hour"], domain=status.domain, series=total,
        ),
        chances=rows(
            "reliability", ("chance", "hours", "came"), ["chance"],
            domain=status.domain, series=total,
        ),
        names=read_names(rows, status.domain),
        read_at=clock.now(),
    )  # fmt: skip


def _card(rows: Rows, status: Status) -> Card | None:
    columns = ("model_id", "since", "reason", "trained_from", "trained_to", "metrics")
    found = rows("model_card", columns, ["model_id"], domain=status.domain).to_dict("records")
    if not found:
        return None
    row: dict[Any, Any] = found[0]
    return Card(
        model_id=row["model_id"],
        since=row["since"].to_pydatetime(),
        reason=row["reason"],
        first_day=row["trained_from"].date(),
        last_day=row["trained_to"].date(),
        trial=_trial(row["metrics"]),
    )


def _trial(metrics: dict[str, Any]) -> Trial:
    ours, naive = metrics.get("ours") or {}, metrics.get("seasonal_naive") or {}
    return Trial(
        origins=metrics.get("origins"),
        forecasts=metrics.get("rows"),
        wape=ours.get("wape"),
        naive=naive.get("wape"),
        last=(metrics.get("last_value") or {}).get("wape"),
        inside=ours.get("coverage80"),
        hits=ours.get("level_exact"),
        each=_each(metrics.get("by_series") or {}),
        cost=_cost(metrics.get("cost") or {}),
    )


def _each(told: dict[str, Any]) -> pd.DataFrame:
    rows = [
        {
            "series": name,
            "rows": part.get("rows"),
            "mae": part["ours"].get("mae"),
            "wape": part["ours"].get("wape"),
            "naive": (part.get("seasonal_naive") or {}).get("wape"),
            "inside": part["ours"].get("coverage80"),
        }
        for name, part in told.items()
    ]
    return pd.DataFrame(rows).sort_values("mae", ascending=False) if rows else pd.DataFrame()


def _cost(told: dict[str, Any]) -> Cost | None:
    if not told:
        return None
    each = told["seconds_per_series"]
    return Cost(told["series"] * each, each, told["kilobytes"])


def _decisions(rows: Rows, status: Status) -> tuple[Decision, ...]:
    first = clock.now().date() - timedelta(days=HISTORY)
    found = rows(
        "decision", ("decided_at", "challenger", "outcome", "reason"),
        ["decided_at", "challenger"], since=("decided_at", first), domain=status.domain,
    )  # fmt: skip
    return tuple(
        Decision(row["decided_at"].to_pydatetime(), row["challenger"], row["outcome"],
                 row["reason"])
        for row in found.to_dict("records")
    )[::-1]  # fmt: skip
