"""Days that lack counted hours: not due yet, late, soon to be lost, or lost for ever, and why.
No fetching and no Dagster: what is done about it is for the sensors, what is said for the pages."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Cadence, Domain, Source, Window
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import absences, arrivals, observations, verdicts
from seongsu_assets.warehouse.postgres import Connection

#: So long before a source forgets a day somebody is told.
ALARM = timedelta(hours=72)


@dataclass(frozen=True)
class Owed:
    """A day without all its hours. `until`: when the last source that could still tell forgets it;
    None where none will. `estimated`: its total is known."""

    business_date: date
    state: Literal["not due", "late", "lost"]
    until: datetime | None
    estimated: bool
    why: str

    def alarming(self, now: datetime) -> bool:
        """Whether the day is about to be lost."""
        return self.state == "late" and self.until is not None and self.until - now <= ALARM


def usable(source: Source) -> bool:
    """Whether the source can be asked: it is remote, and its key is there if it needs one."""
    key = source.terms.provider.key if source.terms else ""
    return source.terms is not None and (not key or settings().key(key) is not None)


def forgets(source: Source, day: date, cadence: Cadence) -> datetime | None:
    """The instant from which the source no longer tells of the period."""
    if source.terms is None or source.terms.keeps_days is None:
        return None
    last = cadence.ends(day) + timedelta(days=source.terms.keeps_days + 1)
    return datetime.combine(last, time(), tzinfo=ZoneInfo(cadence.timezone))


def owed(
    conn: Connection, domain: Domain, dataset: str, reach: Window, now: datetime
) -> list[Owed]:
    """The days of `reach` that lack counted hours, oldest first."""
    counts = observations.counts(conn, dataset, reach, domain.cadence.required_hours)
    whole = {stamp.date() for stamp in counts.index[counts >= domain.expected_rows]}
    missing = [day for day in domain.cadence.periods(reach) if day not in whole]
    if not missing:
        return []
    totals = observations.estimated(conn, dataset, reach)
    hourly = [s for s in domain.sources if usable(s) and s.terms and s.terms.grain == "hourly"]
    said = {s.name: _said(conn, dataset, s, Window(missing[0], missing[-1])) for s in hourly}
    return [_one(domain, day, hourly, said, estimated=day in totals, now=now) for day in missing]


def _one(
    domain: Domain,
    day: date,
    sources: list[Source],
    said: dict[str, dict[date, str]],
    *,
    estimated: bool,
    now: datetime,
) -> Owed:
    cadence = domain.cadence
    today = now.astimezone(ZoneInfo(cadence.timezone)).date()
    why = "; ".join(f"{s.name}: {said[s.name][day]}" for s in sources if day in said[s.name])
    if not sources:
        due = cadence.later(day, domain.lateness.lag_days) <= today
        return Owed(day, "late" if due else "not due", None, estimated, "no source tells of it")
    until = [forgets(source, day, cadence) for source in sources]
    if all(each is not None and each <= now for each in until):
        lost = f"forgotten by {', '.join(s.name for s in sources)}; a yearly file may hold it"
        return Owed(day, "lost", None, estimated, f"{why}; {lost}" if why else lost)
    end = cadence.ends(day)
    waits = all(s.terms and today <= end + timedelta(days=s.terms.due_days) for s in sources)
    last = None if None in until else max(each for each in until if each)
    return Owed(day, "not due" if waits else "late", last, estimated, why or "not asked yet")


def _said(conn: Connection, dataset: str, source: Source, reach: Window) -> dict[date, str]:
    """Why days are not there: what the source last meant, or which claims break what it sent."""
    absent = {
        row["business_date"].date(): row["meaning"] + (row["detail"] and f" ({row['detail']})")
        for row in absences.newest(conn, dataset, source.name).to_dict("records")
    }
    sent = verdicts.broken(conn, dataset, source.name, reach)
    arrived = dict.fromkeys(arrivals.held(conn, dataset, source.name, reach), "not settled yet")
    return arrived | absent | {day: f"refused ({claims})" for day, claims in sent.items()}


def unheld(
    conn: Connection, domain: Domain, dataset: str, source: Source, reach: Window, now: datetime
) -> list[date]:
    """The days of `reach` that a usable source owes and could still tell: due, and not kept yet."""
    if source.terms is None or not usable(source):
        return []
    terms, cadence = source.terms, domain.cadence
    today = now.astimezone(ZoneInfo(cadence.timezone)).date()
    held = arrivals.held(conn, dataset, source.name, reach)
    oldest = date.min if terms.keeps_days is None else today - timedelta(days=terms.keeps_days)
    due = today - timedelta(days=terms.due_days)
    return [
        day
        for day in cadence.periods(reach)
        if oldest <= cadence.ends(day) <= due and day not in held
    ]
