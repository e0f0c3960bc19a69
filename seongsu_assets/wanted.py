"""What a domain's warehouse lacks: days to settle, and days that some source still owes.
Nothing is asked for here; the sensors and the command line do it."""

from datetime import timedelta

from seongsu_assets import clock, overdue, settlement
from seongsu_assets.domain import Domain, Window, ranges
from seongsu_assets.warehouse import datasets, observations
from seongsu_assets.warehouse.postgres import Connection

#: How far back a gap is looked for.
REACH_DAYS = 84


def wants(conn: Connection, domain: Domain) -> list[tuple[str, Window]]:
    """What is missing: days that arrived and wait to be settled, and days that some source still
    owes. What every source has forgotten is not asked for again; `overdue.owed` lists it."""
    dataset = datasets.active(conn, domain)
    waiting = set(settlement.unsettled(conn, dataset))
    cadence = domain.cadence
    settle = [("settle", window) for window in ranges(waiting, cadence.step)]
    held = observations.bounds(conn, dataset)
    if held is None:
        return settle  # there is no history yet to have a gap in
    now, last = clock.now(), cadence.newest(clock.now())
    reach = Window(max(last - timedelta(days=REACH_DAYS - 1), held.first), last)
    remote = [source for source in domain.sources if overdue.usable(source)]
    if remote and not datasets.is_sample(dataset):
        days = {
            day
            for source in remote
            for day in overdue.unheld(conn, domain, dataset, source, reach, now)
        }
    else:
        days = {
            each.business_date
            for each in overdue.owed(conn, domain, dataset, reach, now)
            if each.state == "late"
        }
    return settle + [("ingest", window) for window in ranges(days - waiting, cadence.step)]
