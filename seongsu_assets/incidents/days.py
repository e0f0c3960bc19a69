"""Days that lack their hours, as symptoms: late, about to be lost, lost, or refused.
What a day lacks is said by `overdue`; what is not due yet is no symptom."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from seongsu_assets import overdue
from seongsu_assets.domain import Domain, Window, ranges
from seongsu_assets.incidents import links
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.overdue import Owed
from seongsu_assets.warehouse import arrivals, datasets, incidents, observations, verdicts
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets.warehouse.watched import Broken

LATE, ENDANGERED, LOST, REFUSED = "data_late", "data_about_to_be_lost", "data_lost", "day_refused"
#: How far back a day is anybody's trouble; what is older is listed by `seongsu status`.
REACH_DAYS = 84
#: Reasons that one message names.
NAMED = 3


@dataclass(frozen=True)
class Lacking:
    """The days that are overdue, and what is said against those of them that stand refused. A day
    that was refused because its source broke its contract is told by that."""

    days: Sequence[Owed]
    refused: dict[date, str]


def lacking(
    conn: Connection, domain: Domain, now: datetime, broken: Sequence[Broken] = ()
) -> Lacking:
    """Days of the last twelve weeks that somebody should have told of by now, oldest first; but
    for those that `broken` contracts keep out."""
    dataset = datasets.active(conn, domain)
    held = observations.bounds(conn, dataset)
    today = now.astimezone(ZoneInfo(domain.cadence.timezone)).date()
    last = domain.cadence.newest(now)
    if held is None or held.first > last:
        return Lacking((), {})  # nothing was ever loaded: nothing can be missing from it
    reach = Window(max(last - timedelta(days=REACH_DAYS - 1), held.first), last)
    owed = overdue.owed(conn, domain, dataset, reach, now)
    # Where no source can be asked a day has until its midnight for somebody to bring it.
    patience = domain.lateness.lag_days
    days = [
        each
        for each in owed
        if each.state != "not due"
        and (_asked(domain) or domain.cadence.later(each.business_date, patience) < today)
    ]
    rows = verdicts.refusals(conn, dataset, reach)
    known = {(each.source, each.claim) for each in broken}
    said: dict[date, str] = {}
    told: set[date] = set()
    for row in rows.to_dict("records"):
        day = row["business_date"].date()
        said[day] = f"{row['claim']} ({row['payload']}): {row['reason']}"
        if (row["source"], row["claim"]) in known:
            told.add(day)
    # What has arrived is about to be settled; where that fails its run tells.
    told |= arrivals.counted(conn, dataset, reach)
    return Lacking([each for each in days if each.business_date not in told], said)


def symptoms(conn: Connection, domain: Domain, now: datetime, found: Lacking) -> Iterator[Symptom]:
    """One for each range of days. A refused day is told as refused, not as late."""
    late = {each.business_date: each for each in found.days if each.state == "late"}
    refused = {day: why for day, why in found.refused.items() if day in late}
    missing = {day: each.why for day, each in late.items() if day not in refused}
    danger = {
        day: f"forgotten at {each.until:%Y-%m-%d %H:%M %Z}; {each.why}"
        for day, each in late.items()
        if each.alarming(now)
    }
    for kind, days in ((LATE, missing), (ENDANGERED, danger), (REFUSED, refused)):
        known = [each for each in incidents.open_incidents(conn, domain.name) if each.kind == kind]
        subjects = {date.fromisoformat(each.subject) for each in known}
        for subject, window in anchored(ranges(days.keys(), domain.cadence.step), subjects):
            remedy = "" if kind == REFUSED else _remedy(domain, window)
            yield _symptom(domain, kind, subject, window, days, remedy)


def lost(domain: Domain, found: Lacking) -> Iterator[Symptom]:
    """News of every range that is lost for ever."""
    why = {each.business_date: each.why for each in found.days if each.state == "lost"}
    for window in ranges(why.keys(), domain.cadence.step):
        yield _symptom(domain, LOST, window.first, window, why, "")


def anchored(
    windows: Sequence[Window], subjects: Collection[date]
) -> Iterator[tuple[date, Window]]:
    """Each window with the day that it is known by: that of the incident that it goes on with,
    though its first days were filled, or else its own first."""
    free = set(subjects)
    for window in windows:
        inside = [day for day in free if window.first <= day <= window.last]
        before = [day for day in free if day < window.first]
        subject = min(inside) if inside else max(before) if before else window.first
        free.discard(subject)
        yield subject, window


def _symptom(
    domain: Domain, kind: str, subject: date, window: Window, why: dict[date, str], remedy: str
) -> Symptom:
    days = domain.cadence.periods(window)
    reasons = list(dict.fromkeys(why[day] for day in reversed(days)))
    more = f"; and {len(reasons) - NAMED} other reasons" if len(reasons) > NAMED else ""
    many = f"{window.first} to {window.last} ({len(days)} {domain.cadence.period}s)"
    span = f"{window.first}" if len(days) == 1 else many
    what = f"{span}: {'; '.join(reasons[:NAMED])}{more}"
    link = links.asset(domain.name, "raw")
    return Symptom(domain.name, kind, f"{subject}", what, remedy, link, domain.owner)


def _remedy(domain: Domain, window: Window) -> str:
    if not _asked(domain):
        return "`seongsu import FILES`; or set a key, see .env.example: no source can be asked"
    return f"`seongsu backfill {domain.name} --from {window.first} --to {window.last}`"


def _asked(domain: Domain) -> bool:
    """Whether any source of the domain can be asked for hours."""
    remote = [source for source in domain.sources if overdue.usable(source)]
    return any(source.terms and source.terms.grain == "hourly" for source in remote)
