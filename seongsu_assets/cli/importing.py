"""`seongsu import`: official files into the warehouse, through the same audit as every source.
The reading and the judging are elsewhere."""

from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson, domain_named
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Domain, Payload, Window
from seongsu_assets.errors import SourceError
from seongsu_assets.ingest import ingest
from seongsu_assets.settings import settings
from seongsu_assets.sources.files import read_payload
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="hourly or daily files, also .gz and .zip")],
    domain: Annotated[str, typer.Option(help="the domain that the files belong to")] = "seongsu",
    json: AsJson = False,
) -> None:
    """Take in files. Known bytes change nothing; a refused day is named with file, row and reason."""
    chosen = domain_named(domain)
    with session() as instance:
        receipts = take(chosen, files)
        days = sorted({day for receipt in receipts for day in receipt.days})
        if days:
            with show.messages.status(f"{len(days)} days say something new") as status:
                told = pipeline(instance, chosen, days[-1], lambda stage: status.update(stage))
                told.settle(Window(days[0], days[-1]))
    report(receipts, json=json)
    if any(receipt.error for receipt in receipts):
        raise typer.Exit(1)


def take(domain: Domain, files: list[Path]) -> list[Receipt]:
    """Each file on its own: one that cannot be read leaves the others alone."""
    receipts: list[Receipt] = []
    payloads: list[Payload] = []
    for path in files:
        try:
            payloads.append(read_payload(path, clock.now()))
        except SourceError as error:
            receipts.append(Receipt(path.name, error=str(error)))
    docs = settings().root / "data_docs" / f"import-{clock.now():%Y%m%dT%H%M%S}"
    with connect(open_url()) as conn, show.messages.status(f"reading {len(payloads)} files"):
        source = domain.sources[0]
        return receipts + ingest(
            conn, domain, domain.name, source, payloads, now=clock.now(), docs=docs
        )


def report(receipts: list[Receipt], *, json: bool) -> None:
    """What every file brought, and every row and day that was refused."""
    lines = [_line(receipt) for receipt in receipts]
    refused = [
        receipt.refused.assign(file=receipt.payload)
        for receipt in receipts
        if _any(receipt.refused)
    ]
    wrong = pd.concat(refused) if refused else pd.DataFrame()
    if json:
        problems = [] if wrong.empty else _problems(wrong).to_dict("records")
        show.as_json({"files": lines, "refused": problems})
        return
    show.frame_table("imported", pd.DataFrame(lines))
    if not wrong.empty:
        show.frame_table("refused", _problems(wrong).head(40))


def _any(frame: pd.DataFrame | None) -> bool:
    return frame is not None and not frame.empty


def _problems(wrong: pd.DataFrame) -> pd.DataFrame:
    return wrong.assign(day=wrong.business_date.dt.strftime("%Y-%m-%d"))[
        ["day", "claim", "place", "reason"]
    ]


def _line(receipt: Receipt) -> dict[str, object]:
    refused: set[date] = set()
    if receipt.refused is not None and not receipt.refused.empty:
        refused = set(receipt.refused.business_date.dt.date)
    note = receipt.error or ("known: these bytes were read before" if receipt.known else "")
    return {
        "file": receipt.payload,
        "new days": len(receipt.days),
        "refused days": len(refused),
        "bad rows": receipt.rejects,
        "note": note,
    }
