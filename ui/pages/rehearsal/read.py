"""What the page about rehearsals reads: how many whole days are held. Rehearsals tell of themselves
in files; see `seongsu_assets.rehearsal`. No decision about what may be said of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from seongsu_assets.rehearsal import plan
from ui import clock
from ui.data import Rows
from ui.state.declared import declared
from ui.state.read import Status, read_status

#: More days are not counted: so many are enough, whatever is rehearsed.
ENOUGH_DAYS = 400


@dataclass(frozen=True)
class Held:
    """The whole days among the newest that are held; a domain that is not declared has none."""

    status: Status
    whole_days: int
    read_at: datetime = field(compare=False)

    def missing(self, days: int) -> int:
        """How many more days must be held before `days` of them can be rehearsed."""
        known = declared(self.status.domain, self.read_at)
        if known is None:
            return days
        needed = plan.needed(days, known.domain.plan.minimum_days)
        return max(0, needed - self.whole_days)


def read(rows: Rows, domain: str | None) -> Held | None:
    """Those of `domain`, or of the first there is; None where there is none."""
    status = read_status(rows, domain)
    return None if status is None else Held(status, _whole(rows, status), clock.now())


def _whole(rows: Rows, status: Status) -> int:
    known = declared(status.domain, clock.now())
    if known is None or status.data_through is None:
        return 0
    first = status.data_through - timedelta(days=ENOUGH_DAYS - 1)
    found = rows(
        "day_status", ("business_date", "whole_hours"), ["business_date"],
        since=("business_date", first), domain=status.domain,
    )  # fmt: skip
    required = set(known.domain.cadence.required_hours)
    return sum(required <= set(hours) for hours in found["whole_hours"])
