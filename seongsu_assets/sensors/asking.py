"""Asking for days again: in contiguous ranges, a bounded number of times, never twice at once.
Which days, and for what, each sensor says itself."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import dagster as dg

from seongsu_assets import runs
from seongsu_assets.domain import Cadence, Domain, Window, ranges
from seongsu_assets.jobs import job_name, over

#: Run tags: the stage that is asked for again, and when it was asked for, by our clock.
AGAIN, ASKED = "seongsu/again", "seongsu/asked"
#: How often a day is asked for on one day, on how many days, and how many ranges one tick asks for.
ATTEMPTS, ASKING_DAYS, RANGES = 3, 5, 4
#: So long between two attempts: what a source has not told now it seldom tells in an hour.
PAUSE = timedelta(hours=4)
#: The newest requests that are looked at.
REMEMBERED = 500


@dataclass(frozen=True)
class Plan:
    """What a tick asks for, and the days that it does not: `under_way`, `resting` for some hours,
    `spent` for today, or `given_up` after so many days."""

    requests: list[dg.RunRequest] = field(default_factory=list[dg.RunRequest])
    under_way: list[Window] = field(default_factory=list[Window])
    resting: list[Window] = field(default_factory=list[Window])
    spent: list[Window] = field(default_factory=list[Window])
    given_up: list[Window] = field(default_factory=list[Window])

    def told(self) -> str:
        """The days left alone and why, in one line."""
        parts = (
            (self.under_way, "under way"),
            (self.resting, "tried a short while ago"),
            (self.spent, f"tried {ATTEMPTS} times today"),
            (self.given_up, f"given up after {ASKING_DAYS} days"),
        )
        return "; ".join(f"{named(days)}: {why}" for days, why in parts if days)


def ask(
    instance: dg.DagsterInstance,
    domain: Domain,
    stage: str,
    days: Collection[date],
    now: datetime,
    *,
    for_ever: bool = False,
) -> Plan:
    """Requests for the days; `now` is aware, in the domain's timezone. `for_ever`: no day is given
    up; that it is late is told of the day itself, and it may come any day.

    They have no run key: one that was ever requested is dropped for ever, failed or not."""
    tags = {"domain": domain.name, AGAIN: stage}
    before = instance.get_runs(dg.RunsFilter(tags=tags), limit=REMEMBERED)
    pending = [run for run in before if runs.pending(run)]
    cadence = domain.cadence
    busy = _days(cadence, [*pending, *runs.under_way(instance, domain, stage)])
    attempts = [
        (day, datetime.fromisoformat(run.tags[ASKED]))
        for run in before if runs.first_attempt(run)
        for day in _days(cadence, [run])
    ]  # fmt: skip
    tried = Counter((day, asked.date()) for day, asked in attempts)
    resting = {day for day, asked in attempts if now - asked < PAUSE} & set(days)
    spent = {day for day in days if tried[day, now.date()] >= ATTEMPTS}
    used_up = Counter(day for (day, _), times in tried.items() if times >= ATTEMPTS)
    given_up = {day for day in days if used_up[day] >= ASKING_DAYS and not for_ever}
    left = set(days) - busy - resting - spent - given_up
    step = cadence.step
    return Plan(
        [_request(domain, stage, window, now) for window in ranges(left, step)[:RANGES]],
        ranges(set(days) & busy, step),
        ranges(resting - busy - spent - given_up, step),
        ranges(spent - given_up - busy, step),
        ranges(given_up - busy, step),
    )


def named(windows: Collection[Window]) -> str:
    """The ranges in words."""
    return ", ".join(
        f"{each.first}" if each.first == each.last else f"{each.first} to {each.last}"
        for each in windows
    )


def _request(domain: Domain, stage: str, window: Window, now: datetime) -> dg.RunRequest:
    mine = {"domain": domain.name, AGAIN: stage, ASKED: now.isoformat(timespec="seconds")}
    return dg.RunRequest(job_name=job_name(domain, stage), tags=over(window) | mine)


def _days(cadence: Cadence, some: Collection[Any]) -> set[date]:
    """All periods that the runs are for."""
    windows = [window for run in some if (window := runs.days_of(run.tags))]
    return {day for window in windows for day in cadence.periods(window)}
