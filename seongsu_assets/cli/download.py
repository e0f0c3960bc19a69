"""`seongsu download`: what is public, as a table to keep: through Supabase, or from the warehouse.
Nothing is computed here."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.domain import Window
from seongsu_assets.errors import SeongsuError

#: What tells the rows of a day apart.
ORDER = {
    "actual": ("series", "hour"),
    "forecast_log": ("issue_id", "series", "hour"),
    "accuracy": ("series", "horizon"),
}
View = Literal["actual", "forecast_log", "accuracy"]


@app.command()
def download(
    domain: DomainName,
    view: Annotated[View, typer.Argument(help="what is public of each day")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"])],
    out: Annotated[Path, typer.Option(help="a CSV file to write")],
) -> None:
    """Write every forecast ever issued, what came, or how far they were apart, to a CSV file."""
    chosen, window = domain_named(domain), Window(first.date(), last.date())
    if window.first > window.last:
        raise SeongsuError(
            f"--from {window.first} is after --to {window.last}", remedy="name the earlier first"
        )
    days = [day for day in _days(view, chosen.name, window) if not day.empty]
    if not days:
        raise SeongsuError(
            f"{view} of {domain} has no rows from {window.first} to {window.last}",
            remedy="`seongsu status` says which days are there",
        )
    rows = pd.concat(days, ignore_index=True)
    part = out.with_name(f".{out.name}.part")
    rows.to_csv(part, index=False)
    part.replace(out)
    show.say(f"{len(rows):,} rows of {len(days)} days are in {out}")


def _days(view: View, domain: str, window: Window) -> Iterator[pd.DataFrame]:
    """A table a day: a day is a few pages, and the thousandth page of a year takes for ever."""
    from seongsu_assets import rest
    from seongsu_assets.settings import settings

    known, order = settings(), ORDER[view]
    if key := known.supabase_url and known.key("supabase_anon_key"):
        with rest.opened(known.supabase_url, key.get_secret_value(), known.proxy) as client:
            for day in window.days():
                yield rest.read(client, view, order, domain=domain, business_date=str(day))
        return
    from seongsu_assets.cli.session import session
    from seongsu_assets.warehouse import published
    from seongsu_assets.warehouse.location import open_url
    from seongsu_assets.warehouse.postgres import connect

    with session(), connect(open_url()) as conn:
        for day in window.days():
            yield published.day(conn, view, order, domain, day)
