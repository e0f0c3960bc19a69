"""Age and tier of the published forecast, and how right the issued ones were, by days ahead.
No evaluation of a model here (`learning`): only what was issued and met its truth."""

from collections.abc import Iterator
from datetime import timedelta

from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Sample
from seongsu_assets.metrics.reading import Reading

LIVE_DAYS = 28
#: So long the next forecast may take.
SLACK = timedelta(hours=6)
TIERS = ("champion", "last_good", "profile")
OURS, NAIVE = "ours", "seasonal_naive"


def forecasts(at: Reading) -> Iterator[Sample]:
    """Everything about what was issued of one domain."""
    yield from _published(at)
    issued = dict.fromkeys(TIERS, 0)
    query = "select tier, count(*) from warehouse.issue where dataset = %(dataset)s group by tier"
    for tier, count in (issued | dict(at.rows(query))).items():
        yield Sample(f.ISSUES, (at.domain.name, tier), count)
    yield from _live(at)


def _published(at: Reading) -> Iterator[Sample]:
    name = at.domain.name
    query = """select i.issued_at, i.data_through, i.tier
               from warehouse.publication p join warehouse.issue i using (issue_id)
               where p.dataset = %(dataset)s"""
    for issued_at, through, tier in at.rows(query):
        yield Sample(f.FORECAST_AGE, (name,), at.since(issued_at))
        allowed = timedelta(days=at.domain.cadence.step) + SLACK
        yield Sample(f.FORECAST_AGE_ALLOWED, (name,), allowed.total_seconds())
        yield Sample(f.FORECAST_DATA_AGE, (name,), at.since(at.end(through)))
        for each in TIERS:
            yield Sample(f.FORECAST_TIER, (name, each), each == tier)


def _live(at: Reading) -> Iterator[Sample]:
    """Of the total. An error over nothing observed is not known."""
    first = at.today - timedelta(days=LIVE_DAYS)
    oldest = first - at.domain.plan.span(at.domain.plan.horizon)
    for horizon, hours, ours, naive, observed, inside in at.rows(
        _LIVE, total=at.domain.total, first=first, oldest=oldest
    ):
        ahead = (at.domain.name, str(horizon))
        yield Sample(f.LIVE_SLOTS, ahead, hours)
        yield Sample(f.LIVE_COVERAGE, ahead, inside / hours)
        if observed > 0:
            for forecaster, error in ((OURS, ours), (NAIVE, naive)):
                labels = (at.domain.name, forecaster, str(horizon))
                yield Sample(f.LIVE_WAPE, labels, error / observed)


_LIVE = """
with met as (
    select distinct on (issue_id, business_date, hour)
           f.horizon, f.q10, f.q50, f.q90, f.naive, s.observed
    from warehouse.issue i join warehouse.forecast f using (issue_id)
    join warehouse.score s using (issue_id, series, business_date, hour)
    where i.dataset = %(dataset)s and f.series = %(total)s and f.naive is not null
      and f.business_date >= %(first)s and i.origin >= %(oldest)s
    order by issue_id, business_date, hour, s.revision desc)
select horizon, count(*), sum(abs(observed - q50)), sum(abs(observed - naive)), sum(observed),
       count(*) filter (where observed between q10 and q90)
from met group by horizon
"""
