"""`seongsu run` and `seongsu forecast`: make the forecast, and show it.
The stages are in `pipeline`."""

from datetime import date, datetime
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, forecast_told, show
from seongsu_assets.cli.arguments import AsJson, DomainName, complete_day, domain_named
from seongsu_assets.cli.pipeline import ORDER
from seongsu_assets.cli.progress import progress
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
            help="the last complete day; the forecast is for the days after it "
            "[default: yesterday]",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Run the whole graph of a domain once and show the forecast."""
    chosen = domain_named(domain)
    last = complete_day(chosen, as_of) if as_of else chosen.cadence.newest(clock.now())
    with session() as instance:
        with progress(domain, len(ORDER)) as stage:
            pipeline(instance, chosen, last, stage).run()
        tell(chosen, json=json, asked=last)


@app.command()
def forecast(domain: DomainName, json: AsJson = False) -> None:
    """Show the published forecast of a domain."""
    tell(domain_named(domain), json=json)


def tell(domain: Domain, *, json: bool, asked: date | None = None) -> None:
    """The published forecast, as a table or as JSON. Says so when it is not the one `asked` for:
    what was published later stays."""
    with connect(open_url()) as conn:
        rows = published.forecast(conn, domain.name)
    if rows.empty:
        raise NotEnoughHistory(
            "nothing is published yet", remedy=f"run it: `seongsu run {domain.name}`"
        )
    head = rows.iloc[0]
    show.sample_banner(generated=bool(head["sample"]))
    if asked and _day(head.origin) != asked.isoformat():
        show.say(f"issued as of {asked}; published is still the newer one of {_day(head.origin)}")
    if json:
        show.as_json(rows)
        return
    whole = rows[rows.series == domain.total]
    forecast_told.tell(whole, domain.levels.names, domain.unit, domain.cadence.slots)
    model = f", model {head.model_id}" if head.model_id else ""
    show.console.print(
        f"{domain.title}: forecast of {_day(head.origin)} by {head.tier}{model}\n"
        f"data through {_day(head.data_through)}, issue {head.issue_id}",
        highlight=False,
    )


def _day(moment: object) -> str:
    return f"{pd.Timestamp(str(moment)):%Y-%m-%d}"
