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
    for horizon, hours, ours, naive, observed, inside in at.rows(
        _LIVE, domain=at.domain.name, total=at.domain.total, first=first
    ):
        ahead = (at.domain.name, str(horizon))
        yield Sample(f.LIVE_SLOTS, ahead, hours)
        yield Sample(f.LIVE_COVERAGE, ahead, inside / hours)
        if observed > 0:
            for forecaster, error in ((OURS, ours), (NAIVE, naive)):
                labels = (at.domain.name, forecaster, str(horizon))
                yield Sample(f.LIVE_WAPE, labels, error / observed)


_LIVE = """
select horizon, sum(hours), sum(absolute_error), sum(naive_absolute_error), sum(observed),
       sum(inside)
from published.accuracy
where domain = %(domain)s and series = %(total)s and business_date >= %(first)s
group by horizon
"""
