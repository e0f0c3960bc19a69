"""What the providers of the outside world were asked, how they answered and how fast.
No request here; what an answer meant is in `absence`, and told as an incident."""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import accumulate
from typing import LiteralString
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Domain
from seongsu_assets.metrics import families as f
from seongsu_assets.metrics.family import Counts, Sample
from seongsu_assets.outside import Provider
from seongsu_assets.warehouse import answers
from seongsu_assets.warehouse.postgres import Connection

STATUSES = ("2xx", "3xx", "4xx", "5xx")


def providers(domains: Iterable[Domain]) -> dict[str, Provider]:
    """Every provider that the domains may ask, by name."""
    sources = [
        source
        for domain in domains
        for source in (*domain.sources, *(feed.source for feed in domain.feeds))
    ]
    asked = [source.terms.provider for source in sources if source.terms]
    return {provider.name: provider for provider in asked}


def outside(conn: Connection, known: dict[str, Provider], now: datetime) -> Iterator[Sample]:
    """Calls are counted before they are made: those without an answer are the difference. What was
    never asked was asked 0 times."""
    called = dict.fromkeys(known, 0) | _counted(
        conn, "select provider, sum(calls)::bigint from warehouse.quota group by provider"
    )
    for name, calls in called.items():
        yield Sample(f.CALLS, (name,), calls)
    for provider in known.values():
        yield Sample(f.CALLS_LIMIT, (provider.name,), provider.daily_limit)
        day = now.astimezone(ZoneInfo(provider.timezone)).date()
        yield Sample(f.CALLS_TODAY, (provider.name,), answers.calls(conn, provider, day))
    yield from _answered(conn, called)


def _counted(conn: Connection, query: LiteralString) -> dict[str, int]:
    return dict(conn.execute(query).fetchall())


def _answered(conn: Connection, names: Iterable[str]) -> Iterator[Sample]:
    """Statuses, and latency where the time was taken, in one pass over all answers.

    `width_bucket` counts the bounds that are reached; the next number above a bound is reached by
    what exceeds it."""
    bounds = f.ANSWER_SECONDS.bounds
    above = [math.nextafter(bound, math.inf) for bound in bounds]
    statuses = {(name, status): 0 for name in names for status in STATUSES}
    steps = {name: [0] * (len(bounds) + 1) for name in names}
    sums = dict.fromkeys(steps, 0.0)
    for name, hundred, step, count, seconds in conn.execute(_ANSWERS, (above,)):
        status = f"{hundred}xx"
        statuses[name, status] = statuses.get((name, status), 0) + count
        if step is not None:
            steps.setdefault(name, [0] * (len(bounds) + 1))[step] += count
            sums[name] = sums.get(name, 0.0) + seconds
    for labels, count in statuses.items():
        yield Sample(f.ANSWERS, labels, count)
    for name, found in steps.items():
        *at_most, count = accumulate(found)
        yield Sample(f.ANSWER_SECONDS, (name,), Counts(tuple(at_most), count, sums[name]))


_ANSWERS = """
select provider, status / 100, width_bucket(seconds, %s::float8[]), count(*), sum(seconds)
from warehouse.answer group by 1, 2, 3
"""
