"""The forecast as symptoms: stale, not the champion's, worse than promised; and a world that moved.
What drift is, is measured and decided elsewhere: see `forecasting`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Domain
from seongsu_assets.forecasting.retraining import GROUND, TRAIN
from seongsu_assets.forecasting.thresholds import Drift
from seongsu_assets.incidents import links
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.warehouse import datasets, incidents, observations, watched
from seongsu_assets.warehouse.postgres import Connection

STALE, DEGRADED, WORSE, DRIFT = "forecast_stale", "forecast_degraded", "forecast_worse", "drift"
#: So many hours after the hour of issue today's forecast must be published.
GRACE_HOURS = 2
#: So long after its first data a domain may be without a forecast.
YOUNG = timedelta(days=1)
#: So long after its issue a forecast may still be made anew from what arrived late.
SETTLES = timedelta(minutes=30)


def symptoms(conn: Connection, domain: Domain, now: datetime) -> Iterator[Symptom]:
    """What is wrong with what readers see, and whether the model still fits the world."""
    dataset = datasets.active(conn, domain)
    head, crowned = watched.head(conn, dataset), watched.crowned_at(conn, dataset)
    if why := _stale(conn, domain, dataset, head, now):
        link = links.asset(domain.name, "forecasts")
        yield Symptom(domain.name, STALE, "", why, link=link, owner=domain.owner)
    # What was issued before there was a champion is nobody's fault, and is not issued anew. After
    # an outage everything is caught up with at once, and the forecast made anew minutes later.
    settled = head and now - head.issued_at >= SETTLES and head.tier != "champion"
    if head and settled and crowned and crowned <= head.issued_at:
        what = f"The forecast of {head.origin} was made by {head.tier}."
        yield Symptom(domain.name, DEGRADED, "", what, link=links.asset(domain.name, "champion"))
    if crowned:
        opened = {each.kind: each.symptom for each in incidents.open_incidents(conn, domain.name)}
        yield from _judged(domain, watched.verdict(conn, dataset), opened)


def _stale(
    conn: Connection, domain: Domain, dataset: str, head: watched.Head | None, now: datetime
) -> str:
    """Why readers see no forecast of today, or nothing."""
    local = now.astimezone(ZoneInfo(domain.cadence.timezone))
    due = local - timedelta(hours=domain.lateness.issue_hour + GRACE_HOURS)
    expected = domain.cadence.before(due.date())
    if head is not None:
        late = head.origin < expected
        return f"The newest forecast is that of {head.origin}; {expected} is due." if late else ""
    began, held = watched.began_at(conn, dataset), observations.bounds(conn, dataset)
    if began is None or held is None or now - began < YOUNG:
        return ""
    enough = (held.last - held.first).days >= domain.plan.minimum_days
    return "There is no forecast yet, and enough data to make one." if enough else ""


def _judged(
    domain: Domain, found: watched.Verdict | None, opened: dict[str, Symptom]
) -> Iterator[Symptom]:
    """What the verdict says; what it does not know stays as it was."""
    if found is None:
        return
    limits, link = Drift(), links.asset(domain.name, "drift")
    error, coverage = found.inputs.get("error"), found.inputs.get("coverage80")
    worse: list[str] = []
    if error is not None and error >= limits.error_reactive:
        worse.append(f"the error is {error:.1f} times what was promised")
    if coverage is not None and coverage < limits.coverage:
        worse.append(f"80 % intervals cover {coverage:.0%}")
    if worse:
        what = f"Of the newest days, up to {found.origin}: {' and '.join(worse)}."
        yield Symptom(domain.name, WORSE, "", what, link=link)
    elif error is None and WORSE in opened:
        yield opened[WORSE]
    if found.verdict in TRAIN or GROUND in found.inputs:
        what = f"Verdict of {found.origin}: {found.verdict}, {found.reason}."
        yield Symptom(domain.name, DRIFT, "", what, link=link)
