"""A draft of a domain: what a file says, measured, and what was assumed where it says nothing.
How it is written down is in `declaration` and `claims`."""

import math
from dataclasses import dataclass
from datetime import date

from seongsu_assets.domain import Payload, Window
from seongsu_assets.drafting import columns, nature, wandering
from seongsu_assets.drafting.cells import cells_of
from seongsu_assets.drafting.nature import Nature
from seongsu_assets.drafting.wandering import Walk
from seongsu_assets.drafting.wishes import Said, Wishes
from seongsu_assets.errors import Unclear
from seongsu_assets.plan import Learner, Plan
from seongsu_assets.sources import long_table
from seongsu_assets.sources.country_calendar import CountryCalendar
from seongsu_assets.sources.long_table import Columns

#: Days ahead: of hours a week, of days two.
HOURLY_HORIZON, DAILY_HORIZON = 7, 14
#: More refused rows than this share, and another reader is needed.
MOST_REFUSED = 0.02


@dataclass(frozen=True)
class Draft:
    """All that the declaration of a domain needs. `whole` is the newest whole day."""

    name: str
    file: str
    wishes: Wishes
    columns: Columns
    nature: Nature
    plan: Plan
    hourly: bool
    whole: date
    told: tuple[Said, ...]

    @property
    def title(self) -> str:
        return self.wishes.title or self.name.replace("_", " ").capitalize()

    @property
    def unit(self) -> str:
        return self.wishes.unit or self.columns.value

    @property
    def total(self) -> str:
        """The sum of the series, or the only one."""
        return self.nature.series[0] if len(self.nature.series) == 1 else "total"


def draft(name: str, payload: Payload, wishes: Wishes) -> Draft:
    """What the file says. Unclear where it says too little, or more than one thing."""
    found = columns.find(cells_of(payload), wishes)
    if wishes.country:
        day = date.fromisoformat("2024-01-01")
        CountryCalendar(wishes.country)(Window(day, day))  # raises for a country nobody knows
    parsed = long_table.read(payload, found.columns)
    refused = sum(reject.records for reject in parsed.rejects)
    if parsed.rows.empty or refused > MOST_REFUSED * (parsed.received or 1):
        first = parsed.rejects[0] if parsed.rejects else None
        raise Unclear(
            f"{refused:,} of {parsed.received:,} rows of {payload.request} cannot be read"
            + (f", the first {first.place}: {first.reason}" if first else ""),
            remedy="mend the file, or name other columns",
        )
    seen = nature.measure(parsed.rows, found.rhythm.timezone, hourly=found.rhythm.hourly)
    walk = wandering.measure(parsed.rows)
    plan = _plan(seen, walk, hourly=found.rhythm.hourly)
    whole = nature.last_whole(parsed.rows, seen.slots)
    told = [*found.told, *_of_days(seen, whole, refused), *_of_values(seen, wishes, found.columns)]
    told += [_of_series(seen), _of_learner(plan.learner, walk), _of_calendar(wishes)]
    return Draft(
        name, payload.request, wishes, found.columns, seen, plan, found.rhythm.hourly, whole,
        tuple(each for each in told if each.found),
    )  # fmt: skip


def _plan(seen: Nature, walk: Walk, *, hourly: bool) -> Plan:
    horizon = HOURLY_HORIZON if hourly else DAILY_HORIZON
    if walk.wanders:
        return Plan(
            learner="walk", horizon=horizon, memory_years=1, train_days=400, minimum_days=60
        )
    if seen.series:
        return Plan(horizon=horizon)
    return Plan(learner="panel", horizon=horizon, memory_years=0, train_days=400, minimum_days=60)


def _of_days(seen: Nature, whole: date, refused: int) -> list[Said]:
    days = seen.window.days()
    parts = [f"{days[0]} to {days[-1]}, {seen.missing or 'none'} of {len(days):,} missing"]
    parts += [f"{seen.holes:,} rows missing on other days"] * (seen.holes > 0)
    parts += [f"the newest whole one is {whole}"] * (whole != days[-1])
    parts += [f"{refused:,} rows are refused"] * (refused > 0)
    return [Said("days", ", ".join(parts))]


def _of_values(seen: Nature, wishes: Wishes, read: Columns) -> list[Said]:
    kind = "whole numbers" if seen.whole else "with fractions"
    low, high, reach = (
        f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
        for value in (seen.lowest, seen.highest, seen.reach)
    )
    return [
        Said("bounds", f"{low} to {high}, {kind}; over {reach} is refused"),
        Said("unit", wishes.unit or read.value, assumed=not wishes.unit),
    ]


def _of_series(seen: Nature) -> Said:
    if not seen.series:
        return Said("panel", f"open, as they come and go; a whole day has {seen.fewest} at least")
    if len(seen.series) > 1:
        return Said("total", "the sum of the series; they are there on nearly every day", True)
    return Said("total", "")


def _of_learner(learner: Learner, walk: Walk) -> Said:
    """Who learns, and by which measure it is no walk, or one."""
    by = (
        f" (a week varies {walk.ratio:.2g} times its steps, the newest value errs {walk.last:.2g} "
        "times seasonal naive)"
    )
    why = {
        "walk": "it only wanders, so that its newest value is the forecast",
        "panel": "one model of all series",
        "dynamic": "levels, weekdays, season and kinds of days",
    }[learner]
    return Said(
        "learner", f"{learner}: {why}{by if math.isfinite(walk.ratio) else ''}", assumed=True
    )


def _of_calendar(wishes: Wishes) -> Said:
    if wishes.country:
        return Said("calendar", f"the public holidays of {wishes.country}")
    return Said("calendar", "weekdays and weekends; --country FR, KR, US adds holidays", True)
