"""Whether what should be there by now is there: each of the newest days, and today's forecast.
Judged in the domain's own time, day by day: an old day that comes late makes no new one fresh."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from seongsu_assets import overdue
from seongsu_assets.domain import Domain
from seongsu_assets.warehouse import datasets, published
from seongsu_assets.warehouse.postgres import Connection

#: The newest days that are judged.
DAYS = 14
#: How long after the hour of issue what is due that morning may come.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True)
class Fresh:
    """A verdict and why."""

    passed: bool
    why: str


def every_day(found: dict[date, Fresh]) -> Fresh:
    """The verdict on them all."""
    late = {day: each for day, each in found.items() if not each.passed}
    why = "; ".join(f"{day} {each.why}" for day, each in late.items())
    return Fresh(not late, why or "every day that is due is there")


def days(conn: Connection, domain: Domain, now: datetime) -> dict[date, Fresh]:
    """The verdict on each of the newest days; a day that is not due yet has none."""
    local = _judged_at(domain, now)
    reach = domain.cadence.up_to(domain.cadence.before(local.date()), DAYS)
    owed = {
        each.business_date: each
        for each in overdue.owed(conn, domain, datasets.active(conn, domain), reach, local)
    }
    whole = [day for day in domain.cadence.periods(reach) if day not in owed]
    found = {day: Fresh(True, "all its hours are there") for day in whole}
    found |= {
        day: Fresh(False, f"{each.state}: {each.why}")
        for day, each in owed.items()
        if each.state != "not due"
    }
    return dict(sorted(found.items()))


def forecast(conn: Connection, domain: Domain, now: datetime) -> Fresh:
    """The verdict on the published forecast: it is of the day before."""
    wanted = domain.cadence.before(_judged_at(domain, now).date())
    rows = published.forecast(conn, domain.name)
    if rows.empty:
        return Fresh(False, "nothing was ever published")
    origin = rows.origin.max().date()
    return Fresh(origin >= wanted, f"published is the forecast of {origin}")


def _judged_at(domain: Domain, now: datetime) -> datetime:
    """The moment up to which all should be done: a day ends at midnight and is fetched and forecast
    in the morning."""
    local = now.astimezone(ZoneInfo(domain.cadence.timezone))
    return local - timedelta(hours=domain.lateness.issue_hour) - PATIENCE
