"""What the page reads beside the forecast: how often the ranges held, by the hour.
No word for it; see `confidence`."""

from dataclasses import dataclass, field

import pandas as pd

from ui.data import Rows
from ui.state.read import Published, read_published


@dataclass(frozen=True)
class When(Published):
    """`held` by hour: of `hours` measured slots lately, `inside` lay in the range that was told the
    day before."""

    held: pd.DataFrame = field(repr=False)


def read(rows: Rows, domain: str | None) -> When | None:
    """The page of `domain`, or of the first there is; None where there is none."""
    known = read_published(rows, domain)
    if known is None:
        return None
    by_kind = rows(
        "accuracy_by_hour", ("hour", "hours", "inside"), ["day_type", "hour"],
        domain=known.status.domain, series=known.total,
    )  # fmt: skip
    return When(**vars(known), held=by_kind.groupby("hour")[["hours", "inside"]].sum())
