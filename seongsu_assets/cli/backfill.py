"""`seongsu backfill`: fetch and rebuild a range of days.
What is rebuilt follows from what changed."""

from datetime import datetime
from typing import Annotated

import typer

from seongsu_assets import presence
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, complete_day, domain_named
from seongsu_assets.cli.pipeline import ORDER
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Window
from seongsu_assets.errors import SeongsuError


@app.command()
def backfill(
    domain: DomainName,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"])],
) -> None:
    """Fetch a range of days again, settle it, and rebuild the features that look back on it."""
    chosen = domain_named(domain)
    window = Window(complete_day(chosen, first), complete_day(chosen, last))
    if window.first > window.last:
        raise SeongsuError(
            f"--from {window.first} is after --to {window.last}",
            remedy="name the earlier day first",
        )
    stages = ORDER.index("prepare") + 1
    with session() as instance, progress(domain, stages) as tell:
        presence.give_way()  # not before: a server that the session has started serves others too
        pipeline(instance, chosen, window.last, tell).backfill(window)
    show.say(f"{domain}: {window.first} to {window.last} fetched, settled and prepared")
