"""`seongsu backfill`: fetch and rebuild a range of days.
What is rebuilt follows from what changed."""

from datetime import datetime
from typing import Annotated

import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Window


@app.command()
def backfill(
    domain: DomainName,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"])],
) -> None:
    """Fetch a range of days again, settle it, and rebuild the features that look back on it."""
    chosen = domain_named(domain)
    window = Window(first.date(), last.date())
    with session() as instance, show.messages.status(f"{domain}: starting") as status:
        work = pipeline(
            instance, chosen, window.last, lambda stage: status.update(f"{domain}: {stage}")
        )
        work.backfill(window)
    show.messages.print(f"{domain}: {window.first} to {window.last} fetched, settled and prepared")
