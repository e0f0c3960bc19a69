"""What may be said now: fresh, late, stale, fallback, sample, empty or error.
No texts, no database and no clock here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

DAY = timedelta(days=1)
#: A forecast is due once a period; hours that the next may take.
GRACE = timedelta(hours=2)

Kind = Literal["error", "empty", "stale", "fallback", "late", "sample", "fresh"]


def late_after(period: timedelta) -> timedelta:
    """The age at which a forecast is called late, where one is due once a `period`."""
    return period + GRACE


def old_after(period: timedelta) -> timedelta:
    """The age at which nothing may be advised from it any more."""
    return 2 * period + GRACE


@dataclass(frozen=True)
class Standing:
    """What the warehouse says of one domain. `data_at` starts the newest measured slot; the
    forecast covers the time from `first` to `end`; one is due once a `period`."""

    sample: bool
    data_at: datetime | None
    issued_at: datetime
    tier: str
    first: datetime
    end: datetime
    period: timedelta = DAY


@dataclass(frozen=True)
class State:
    """`kind` is the gravest thing to say; the others stay true beside it. `stopped`: measurements
    that were due for days have not come."""

    failed: bool = False
    empty: bool = False
    covered: bool = True
    stale: bool = False
    late: bool = False
    stopped: bool = False
    sample: bool = False
    tier: str = "champion"
    data_age: timedelta | None = None
    issue_age: timedelta | None = None

    @property
    def kind(self) -> Kind:
        gravest: tuple[tuple[Kind, bool], ...] = (
            ("error", self.failed),
            ("empty", self.empty),
            ("stale", self.stale or self.stopped),
            ("fallback", self.tier != "champion"),
            ("late", self.late),
            ("sample", self.sample),
        )
        kinds: list[Kind] = [kind for kind, true in gravest if true]
        return kinds[0] if kinds else "fresh"


def decide(
    now: datetime,
    standing: Standing | None,
    *,
    sample: bool = False,
    failed: bool = False,
    stopped: bool = False,
) -> State:
    """The state at `now`. Without a standing there is no forecast; `sample` is then all we know.

    Ages are measured from the data's and the issue's own times, never from when a run ended."""
    if standing is None:
        return State(failed=failed, empty=True, stopped=stopped, sample=sample)
    issue_age = now - standing.issued_at
    covered = standing.first <= now < standing.end
    period = standing.period
    stale = issue_age > old_after(period) or not covered
    return State(
        failed=failed,
        covered=covered,
        stale=stale,
        late=not stale and (issue_age > late_after(period) or now + period > standing.end),
        stopped=stopped,
        sample=standing.sample,
        tier=standing.tier,
        data_age=None if standing.data_at is None else now - standing.data_at,
        issue_age=issue_age,
    )


def without_forecast(
    now: datetime,
    *,
    sample: bool,
    data_at: datetime | None,
    issued_at: datetime | None,
    stopped: bool,
    failed: bool,
    period: timedelta = DAY,
) -> State:
    """The state of a page that shows no forecast at `now`: nothing of it can be uncovered."""
    issue_age = None if issued_at is None else now - issued_at
    return State(
        failed=failed,
        stale=issue_age is not None and issue_age > old_after(period),
        stopped=stopped,
        sample=sample,
        data_age=None if data_at is None else now - data_at,
        issue_age=issue_age,
    )
