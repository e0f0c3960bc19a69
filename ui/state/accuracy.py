"""How right forecasts have been lately, beside the same hour a week before.
No word for it; by horizon, by hour and by day see the pages that tell of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from ui.data import Rows
from ui.state.read import Status

#: Days of measurements over which the score is told.
SCORE_DAYS = 28


@dataclass(frozen=True)
class Accuracy:
    """Errors as shares of the people measured, over `hours` slots of `days` days."""

    days: int
    hours: int
    wape: float
    naive_wape: float
    inside: float
    newest: date


def read_accuracy(rows: Rows, status: Status, series: str) -> Accuracy | None:
    """The score of `series` on the last SCORE_DAYS measured days; None without one."""
    if status.data_through is None or not series:
        return None
    sums = ["hours", "absolute_error", "naive_absolute_error", "observed", "inside"]
    found = rows(
        "accuracy", ["business_date", *sums], ["business_date", "horizon"],
        since=("business_date", status.data_through - timedelta(days=SCORE_DAYS - 1)),
        domain=status.domain, series=series,
    )  # fmt: skip
    hours, error, naive, observed, inside = found[sums].astype(float).sum()
    if not observed:
        return None
    days = int(found["business_date"].nunique())
    newest: date = found["business_date"].max().date()
    return Accuracy(
        days, int(hours), error / observed, naive / observed, inside / hours, newest=newest
    )
