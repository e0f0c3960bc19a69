"""`seongsu listen`: hear what a domain's source tells by itself, hour after hour, until stopped.
The listening is in `live`; what a payload says is read by its source."""

import asyncio
import fcntl
import logging
import signal
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from seongsu_assets import clock, guard
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.session import session
from seongsu_assets.domain import Domain, Payload
from seongsu_assets.errors import SeongsuError, ServiceError, WarehouseError
from seongsu_assets.ingest import ingest
from seongsu_assets.live import standing
from seongsu_assets.live.standing import Standing
from seongsu_assets.outside import Provider
from seongsu_assets.settings import Settings, settings
from seongsu_assets.sources.days import day_of
from seongsu_assets.sources.live import Live
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command()
def listen(domain: DomainName) -> None:
    """Keep what a domain's live source tells, and report each hour of it to the asset graph.

    It runs beside Dagster. A lost line is opened again; SIGTERM and Ctrl-C stop it cleanly."""
    from seongsu_assets.live.listener import Listener
    from seongsu_assets.live.tape import Tape

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    told = domain_named(domain)
    source, known = live(told), settings()
    with session() as instance:
        url = open_url()

        def take(payload: Payload) -> None:
            arrive(url, instance, told, source, payload)

        def tell(now: Standing) -> None:
            with connect(url) as conn:
                standing.tell(conn, told, now)

        with alone(known.root / "live" / told.name) as folder:
            tape, address = Tape(folder, source, clock.now()), address_of(source.provider, known)
            listener = Listener(
                source, address, tape, Standing(clock.now()), take, tell, clock.now, known.proxy
            )
            show.say(f"listening to {address}; Ctrl-C stops")
            asyncio.run(_until_told(listener.run))


@contextmanager
def alone(folder: Path) -> Generator[Path]:
    """The folder of a tape, for one process at a time. ServiceError where another listens."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as held:
        if not guard.lock(held, fcntl.LOCK_EX):
            raise ServiceError(
                f"another process listens already and writes {folder}", remedy="leave it at that"
            )
        yield folder


def tells(domain: Domain) -> bool:
    """Whether a source of the domain tells by itself."""
    return any(isinstance(source, Live) for source in domain.sources)


def live(domain: Domain) -> Live:
    """The domain's source that tells by itself. SeongsuError where it has none."""
    for source in domain.sources:
        if isinstance(source, Live):
            return source
    raise SeongsuError(
        f"no source of {domain.name} tells by itself",
        remedy="its sources are asked by `seongsu run` and by Dagster's schedules",
    )


def address_of(provider: Provider, known: Settings) -> str:
    """The provider's address, or that of the server that stands for every provider."""
    if not known.upstream:
        return provider.base
    upstream = known.upstream.rstrip("/").replace("http", "ws", 1)
    return f"{upstream}/{provider.name}"


def arrive(
    url: str, instance: dg.DagsterInstance, domain: Domain, source: Live, payload: Payload
) -> None:
    """Take the payload in like every other, and report it: an observation of `raw`."""
    with connect(url) as conn:
        receipts = ingest(conn, domain, domain.name, source, [payload], now=clock.now())
    for receipt in receipts:
        if receipt.payload == payload.request:
            _report(instance, _observation(domain, source, payload, receipt))


def _report(instance: dg.DagsterInstance, event: dg.AssetObservation) -> None:
    """WarehouseError where Dagster's own database is away: the payload is handed on once more."""
    from sqlalchemy.exc import DBAPIError

    try:
        instance.report_runless_asset_event(event)
    except DBAPIError as error:
        raise WarehouseError(
            f"Dagster cannot be told: {str(error).splitlines()[0]}", remedy="run `seongsu doctor`"
        ) from None


def _observation(
    domain: Domain, source: Live, payload: Payload, receipt: Receipt
) -> dg.AssetObservation:
    """What arrived, and what the source makes of it; days that entered are told by `raw` itself."""
    facts = {} if receipt.error else source.parse(payload).facts
    return dg.AssetObservation(
        asset_key=[domain.name, "raw"],
        partition=str(day_of(payload.request)),
        metadata={
            "payload": payload.request,
            "source": payload.source,
            "sha256": payload.sha256,
            "bytes": len(payload.body),
            "arrived": dg.MetadataValue.timestamp(payload.received_at),
            "audit": receipt.error or _audit(receipt),
            **facts,
        },
    )


def _audit(receipt: Receipt) -> str:
    if receipt.refused is not None and not receipt.refused.empty:
        return "refused: " + ", ".join(sorted(set(receipt.refused["claim"])))
    if receipt.known:
        return "taken in before"
    return "accepted" if receipt.days else "nothing new of a day that is over"


async def _until_told(run: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(stop)
    show.say("stopped; what was heard is kept")
