"""`seongsu run` and `seongsu forecast`: make the forecast, and show it.
The stages are in `pipeline`."""

from datetime import datetime
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import AsJson, DomainName, domain_named
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Domain
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.warehouse import published
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command()
def run(
    domain: DomainName,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="the last complete day; the forecast is for the seven days after it [default: yesterday]",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Run the whole graph of a domain once and show the forecast."""
    chosen = domain_named(domain)
    last = as_of.date() if as_of else clock.yesterday(chosen.cadence.timezone)
    with session() as instance:
        with show.messages.status(f"{domain}: starting") as status:
            pipeline(
                instance, chosen, last, lambda stage: status.update(f"{domain}: {stage}")
            ).run()
        tell(chosen, json=json)


@app.command()
def forecast(domain: DomainName, json: AsJson = False) -> None:
    """Show the published forecast of a domain."""
    tell(domain_named(domain), json=json)


def tell(domain: Domain, *, json: bool) -> None:
    """The published forecast, as a table or as JSON."""
    with connect(open_url()) as conn:
        rows = published.forecast(conn, domain.name)
    if rows.empty:
        raise NotEnoughHistory(
            "nothing is published yet", remedy=f"run it: `seongsu run {domain.name}`"
        )
    if json:
        show.as_json(rows)
        return
    head = rows.iloc[0]
    show.sample_banner(bool(head["sample"]))
    whole = rows[rows.series == domain.total]
    show.forecast_table(whole)
    show.console.print(
        f"{domain.title}: forecast of {_day(head.origin)} by {head.tier}"
        f" {head.model_id or ''}, data through {_day(head.data_through)}, issue {head.issue_id}"
    )


def _day(moment: object) -> str:
    return f"{pd.Timestamp(str(moment)):%Y-%m-%d}"
