"""The providers as symptoms: a key that is refused, calls that are used up, a broken contract.
What an answer means is said by the sources; here it is gathered by provider."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from seongsu_assets.domain import Domain, Source
from seongsu_assets.incidents import links
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.outside import Provider
from seongsu_assets.warehouse import absences, watched
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets.warehouse.watched import Broken

KEY, QUOTA, CONTRACT = "key_refused", "quota_spent", "contract_broken"
_KINDS = {"bad key": KEY, "quota": QUOTA}
#: Every source is asked once a day, and what it then refuses is said anew.
STANDS = timedelta(hours=26)


def symptoms(conn: Connection, domain: Domain, now: datetime) -> Iterator[Symptom]:
    """One for each provider that refuses us."""
    sources: dict[str, Source] = {each.name: each for each in domain.sources}
    sources |= {feed.name: feed.source for feed in domain.feeds}
    refusing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, source in sources.items():
        if source.terms and (kind := _refused(conn, domain, name, source, now)):
            refusing[kind, source.terms.provider.name].append(name)
    for (kind, provider), names in refusing.items():
        what = f"{provider} refuses {', '.join(sorted(names))}."
        link = links.asset(domain.name, "raw")
        yield Symptom(domain.name, kind, provider, what, link=link, owner=domain.owner)


def _refused(
    conn: Connection, domain: Domain, name: str, source: Source, now: datetime
) -> str | None:
    """The kind of refusal that stands, if the last thing heard of the source is one."""
    last = absences.last(conn, domain.name, name)
    if last is None or last.meaning not in _KINDS or now - last.asked_at > STANDS:
        return None
    if watched.answered_since(conn, domain.name, source.name, last.asked_at):
        return None
    kind = _KINDS[last.meaning]
    assert source.terms
    return None if kind == QUOTA and _refilled(source.terms.provider, last.asked_at, now) else kind


def _refilled(provider: Provider, spent: datetime, now: datetime) -> bool:
    """Whether the provider's midnight has passed since its calls were spent."""
    zone = ZoneInfo(provider.timezone)
    return spent.astimezone(zone).date() < now.astimezone(zone).date()


def contracts(domain: Domain, broken: Sequence[Broken]) -> Iterator[Symptom]:
    """One for each source that broke its contract."""
    for source, claims in groupby(broken, key=lambda each: each.source):
        wrong = list(claims)
        first, names = wrong[0], ", ".join(each.claim for each in wrong)
        what = f"{first.payload} breaks {names}. {first.observed}; {first.reason}"
        link = links.asset(domain.name, "raw")
        yield Symptom(domain.name, CONTRACT, source, what, link=link, owner=domain.owner)
