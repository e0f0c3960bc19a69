"""`seongsu import`: official files into the warehouse, through the same audit as every source.
The reading and the judging are elsewhere, what is said of them in `receipts`."""

from pathlib import Path
from typing import Annotated

import typer

from seongsu_assets import clock
from seongsu_assets.cli import app
from seongsu_assets.cli.arguments import AsJson, domain_named
from seongsu_assets.cli.coverage import Coverage, Watched
from seongsu_assets.cli.pipeline import ORDER, together
from seongsu_assets.cli.progress import Tell, progress
from seongsu_assets.cli.receipts import Line, report
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Domain, Payload, ranges
from seongsu_assets.errors import SourceError
from seongsu_assets.ingest import ingest
from seongsu_assets.settings import settings
from seongsu_assets.sources.folder import read_payload
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect

NOTHING = Coverage(frozenset(), frozenset(), ())


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="hourly or daily files, also .gz and .zip")],
    domain: Annotated[str, typer.Option(help="the domain that the files belong to")] = "seongsu",
    json: AsJson = False,
) -> None:
    """Take in files. Known bytes change nothing; what is refused is named with file, row, reason.

    Exit code 1 when a file could not be read at all; the other files land."""
    chosen = domain_named(domain)
    with session() as instance, progress("import", ORDER.index("settle") + 1) as tell:
        lines = take(chosen, files, tell)
        hourly = {day for line in lines for day in line.new_hourly}
        last = chosen.cadence.newest(clock.now())
        pipeline(instance, chosen, last, tell).settle(together(ranges(hourly, chosen.cadence.step)))
    report(lines, chosen.cadence, json=json)
    if any(line.receipt.error for line in lines):
        raise typer.Exit(1)


def take(domain: Domain, files: list[Path], tell: Tell) -> list[Line]:
    """Each file on its own: one that cannot be read leaves the others alone."""
    receipts: list[Receipt] = []
    payloads: list[Payload] = []
    for path in files:
        try:
            payloads.append(_payload(path))
        except SourceError as error:
            receipts.append(Receipt(str(path), error=str(error)))
    docs = settings().root / "data_docs" / f"import-{clock.now():%Y%m%dT%H%M%S}"
    source = Watched(domain.sources[0], domain, tell)
    with connect(open_url()) as conn:
        receipts += ingest(conn, domain, domain.name, source, payloads, now=clock.now(), docs=docs)
    return [Line(receipt, source.seen.get(receipt.payload, NOTHING)) for receipt in receipts]


def _payload(path: Path) -> Payload:
    if path.is_dir():
        raise SourceError(f"{path} is a folder", remedy=f"name its files: {path}/*")
    return read_payload(path, clock.now())
