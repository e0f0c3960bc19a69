"""What of a domain the past can tell.
How it is told is in `past`."""

from dataclasses import replace

from seongsu_assets.domain import Domain


def replayed(domain: Domain) -> Domain:
    """The domain with the feeds that its calendar stands on. Weather as it was forecast in the past
    is kept by nobody; without it the features say that they do not know."""
    known = {covariate.feed for covariate in domain.covariates}
    return replace(domain, feeds=tuple(feed for feed in domain.feeds if feed.name in known))


def rehearsed(domain: Domain) -> Domain:
    """The domain of a replay that is over in minutes: without the sources of whole days' totals.
    They come later than a rehearsal lasts, and a new home would first ask for months of them."""
    whole = replayed(domain)
    hourly = [
        source for source in whole.sources if not source.terms or source.terms.grain == "hourly"
    ]
    return replace(whole, sources=hourly)
