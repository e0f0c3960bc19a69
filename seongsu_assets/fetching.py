"""Fetching a range of days from a domain's sources: what each is asked for, and what then arrived.
No Dagster; reading and judging are `ingest`, the meaning of what is missing is `overdue`."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from seongsu_assets import clock
from seongsu_assets.domain import Domain, Source, Window, ranges
from seongsu_assets.errors import SourceError
from seongsu_assets.incidents import files
from seongsu_assets.ingest import ingest
from seongsu_assets.outside import Web
from seongsu_assets.sources.live import Live
from seongsu_assets.warehouse import arrivals, datasets
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.postgres import Connection


def fetch(
    conn: Connection,
    domain: Domain,
    asked: Window,
    web: Web,
    say: Callable[[str], object],
    docs: Path | None = None,
) -> str:
    """Fetch from the domain's sources, or from its sample while nothing real was ever read; the
    data set in force. `say` hears what could not be read.

    One source that fails leaves the others alone; the first SourceError is raised at the end."""
    broken: list[SourceError] = []

    def take(dataset: str, source: Source) -> None:
        for part in _owed(conn, domain, dataset, source, asked):
            try:
                arrived = source.fetch(part, web)
                receipts = ingest(
                    conn, domain, dataset, source, arrived, now=clock.now(), docs=docs
                )
            except SourceError as error:
                broken.append(error)
                continue
            stands_here = source.terms is None and not isinstance(source, Live)
            if stands_here and source is not domain.sample:
                files.told(conn, domain, receipts, clock.now())
            _tell(receipts, say)

    for source in domain.sources:
        take(domain.name, source)
    dataset = datasets.active(conn, domain)
    if domain.sample and datasets.is_sample(dataset):
        say("sample data: generated, not measured; `seongsu import FILES` brings real data")
        take(dataset, domain.sample)
    if broken:
        raise broken[0]
    return dataset


def _tell(receipts: Iterable[Receipt], say: Callable[[str], object]) -> None:
    for receipt in receipts:
        if receipt.error:
            say(f"{receipt.payload} cannot be read: {receipt.error}")
        elif receipt.rejects:
            say(f"{receipt.payload}: {receipt.rejects} rows in quarantine")


def _owed(
    conn: Connection, domain: Domain, dataset: str, source: Source, asked: Window
) -> list[Window]:
    """What to ask a source for: of a remote one the days not told yet, and the newest again, which
    are revised. So an interrupted backfill goes on where it stopped."""
    if source.terms is None:
        return [asked]
    held = arrivals.held(conn, dataset, source.name, asked)
    cadence = domain.cadence
    again = cadence.later(cadence.newest(clock.now()), 1 - domain.lateness.refetch_days)
    newest = again - timedelta(days=source.terms.due_days)
    days = [day for day in cadence.periods(asked) if day not in held or day > newest]
    return ranges(days, cadence.step)
