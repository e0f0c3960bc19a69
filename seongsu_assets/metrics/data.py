"""Freshness per source and day, and rows received, accepted, quarantined and revised.
Nothing of forecasts here, and no judgement of what is late: that is an incident."""

from collections.abc import Iterator

from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Sample
from seongsu_assets.metrics.reading import Reading
from seongsu_assets.warehouse import datasets

#: The newest days, each told by how long ago it was: a label that does not grow with time.
DAYS = 7


def data(at: Reading) -> Iterator[Sample]:
    """Everything about what arrived of one domain."""
    name = (at.domain.name,)
    yield Sample(f.SAMPLE_DATA, name, _generated(at))
    yield from _ages(at)
    yield from _partitions(at)
    yield from _rows(at)


def _generated(at: Reading) -> bool:
    rehearsed = at.rows("select exists (select from warehouse.rehearsal)")[0][0]
    return datasets.is_sample(at.dataset) or rehearsed


def _ages(at: Reading) -> Iterator[Sample]:
    name = at.domain.name
    allowed = at.domain.plan.span(at.domain.lateness.lag_days + 1)
    yield Sample(f.DATA_AGE_ALLOWED, (name,), allowed.total_seconds())
    newest = """select max(business_date) from warehouse.observation
                where dataset = %(dataset)s and superseded_at is null and not estimated"""
    for (day,) in at.rows(newest):
        if day is not None:
            yield Sample(f.DATA_AGE, (name,), at.since(at.end(day)))
    told = """select source, max(business_date) from warehouse.arrival
              where dataset = %(dataset)s and accepted group by source"""
    for source, day in at.rows(told):
        yield Sample(f.SOURCE_AGE, (name, source), at.since(at.end(day)))
    heard = """select source, max(received_at) from warehouse.payload
               where dataset = %(domain)s and source = any(%(sources)s) group by source"""
    feeds = {feed.source.name: feed.name for feed in at.domain.feeds}
    for source, moment in at.rows(heard, sources=list(feeds)):
        yield Sample(f.FEED_AGE, (name, feeds[source]), at.since(moment))


def _partitions(at: Reading) -> Iterator[Sample]:
    """A day of which nothing is counted has a share of 0, which is known; its delay is not."""
    name = at.domain.name
    cadence, newest = at.domain.cadence, at.domain.cadence.newest(at.now)
    days = {cadence.later(newest, 1 - ago): str(ago) for ago in range(1, DAYS + 1)}
    reach = {"first": min(days), "last": max(days)}
    counted = """select business_date, count(*) from warehouse.observation
                 where dataset = %(dataset)s and superseded_at is null and not estimated
                   and hour = any(%(hours)s) and business_date between %(first)s and %(last)s
                 group by business_date"""
    hours = list(at.domain.cadence.required_hours)
    held = dict(at.rows(counted, hours=hours, **reach))
    for day, ago in days.items():
        share = held.get(day, 0) / at.domain.expected_rows
        yield Sample(f.PARTITION_COMPLETE, (name, ago), share)
    first = """select source, business_date, min(audited_at) from warehouse.arrival
               where dataset = %(dataset)s and accepted
                 and business_date between %(first)s and %(last)s
               group by source, business_date"""
    for source, day, moment in at.rows(first, **reach):
        delay = (moment - at.end(day)).total_seconds()
        yield Sample(f.PARTITION_DELAY, (name, source, days[day]), delay)


def _rows(at: Reading) -> Iterator[Sample]:
    """Of what a source sends, what it counts itself is received; else rows and refusals together.

    A feed writes no arrivals: its rows count as received, and as quarantined where refused."""
    name = at.domain.name
    for source, received, unread in at.rows(_READ):
        yield Sample(f.ROWS_RECEIVED, (name, source), received)
        yield Sample(f.ROWS_QUARANTINED, (name, source, "reading"), unread)
    for source, accepted, refused in at.rows(_AUDITED):
        yield Sample(f.ROWS_ACCEPTED, (name, source), accepted)
        yield Sample(f.ROWS_QUARANTINED, (name, source, "audit"), refused)
    revised = """select count(*) from warehouse.observation
                 where dataset = %(dataset)s and superseded_at is not null and not estimated"""
    for (count,) in at.rows(revised):
        yield Sample(f.ROWS_REVISED, (name,), count)


_READ = """
select p.source, sum(coalesce(r.received, r.rows + r.refused)), sum(r.refused)
from warehouse.payload p join warehouse.payload_read r on r.payload_id = p.id
where p.dataset in (%(dataset)s, %(domain)s) group by p.source
"""

_AUDITED = """
select a.source, count(*) filter (where a.accepted), count(*) filter (where not a.accepted)
from warehouse.arrival a join warehouse.arrival_row r on r.arrival_id = a.id
where a.dataset = %(dataset)s group by a.source
"""
