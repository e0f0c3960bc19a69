"""`seongsu inject`: the next day or week that was withheld, brought late, wrong, or as it came.
How it is brought stands in `replay.injected`; the platform it is brought to is one of its own."""

import os
import sys
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, show
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.pipeline import ORDER, Pipeline
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.session import pipeline, session
from seongsu_assets.domain import Domain
from seongsu_assets.errors import SeongsuError
from seongsu_assets.incidents import data
from seongsu_assets.replay import injected, rehearsed
from seongsu_assets.replay.injected import FAULTS, Brought, Fault
from seongsu_assets.warehouse import incidents
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect, frame


@app.command()
def inject(
    domain: DomainName,
    home: Annotated[Path, typer.Option(help="a folder of its own; the first call makes it")],
    fault: Annotated[str, typer.Option(help=f"one of {', '.join(FAULTS)}")] = "none",
    withhold: Annotated[int, typer.Option(min=1, help="newest periods that are kept back")] = 12,
) -> None:
    """Withhold the newest periods of what is held, then bring them back one by one, each call one.

    Shows what came of each: forecast against actual, and what the platform says is wrong."""
    chosen, place = domain_named(domain), home.absolute()
    known: Fault | None = next((each for each in FAULTS if each == fault), None)
    if known is None:
        raise SeongsuError(f"there is no fault {fault!r}", remedy=f"choose of {', '.join(FAULTS)}")
    if clock.watched() != injected.clock_of(place):
        if not injected.is_home(place):
            with session():
                rows, _, _ = rehearsed.held(chosen)
            injected.withhold(place, chosen, rows, withhold)
        _again(place)
    with session() as instance, progress(domain, len(ORDER)) as tell:
        if not _begun(chosen):
            newest = chosen.cadence.newest(clock.now())
            pipeline(instance, chosen, newest, tell).run()
        inbox = injected.inbox_of(place, chosen)
        brought = injected.bring(place, chosen, inbox, known)
        told = outcome(pipeline(instance, chosen, brought.period, tell), brought)
    show.facts(f"{domain}, {chosen.cadence.period} of {brought.period}, {known}", told.items())


def outcome(whole: Pipeline, brought: Brought) -> dict[str, str]:
    """Run the graph with what was brought; what came of it, in words."""
    domain = whole.domain
    with connect(whole.url) as conn:
        before = {each.id for each in incidents.open_incidents(conn, domain.name)}
    whole.run()
    with connect(whole.url) as conn:
        data.look(conn, domain, clock.now())
        now = {each.id: each for each in incidents.open_incidents(conn, domain.name)}
        scored = frame(
            conn,
            """select f.q10, f.q50, f.q90, f.naive, s.observed from warehouse.score s
               join warehouse.forecast f using (issue_id, series, business_date, hour)
               join warehouse.issue i using (issue_id)
               where i.dataset = %s and f.business_date = %s and f.series = %s and f.horizon = 1
               order by i.number desc, s.revision desc limit 1""",
            (domain.name, brought.period, domain.total),
        )
        refused = frame(
            conn,
            """select distinct claim from warehouse.quarantine
               where dataset = %s and business_date = %s order by claim""",
            (domain.name, brought.period),
        )
    return {
        "came": ", ".join(brought.files) or "nothing",
        "forecast and actual": _compared(scored, domain),
        "refused": ", ".join(refused["claim"]) or "nothing",
        "wrong now": "; ".join(f"{e.kind} {e.subject}" for e in now.values()) or "nothing",
        "over": f"{len(before - set(now))} incidents",
    }


def _compared(scored: pd.DataFrame, domain: Domain) -> str:
    if scored.empty:
        return "not told yet"
    row = scored.iloc[0]
    return (
        f"{row.q50:,.0f} ({row.q10:,.0f} to {row.q90:,.0f}) was forecast, {row.observed:,.0f} came,"
        f" {row.naive:,.0f} a cycle before; {domain.unit}"
    )


def _begun(domain: Domain) -> bool:
    """Whether a forecast was ever made there."""
    with connect(open_url()) as conn:
        made = frame(
            conn, "select 1 from warehouse.issue where dataset = %s limit 1", (domain.name,)
        )
    return not made.empty


def _again(home: Path) -> None:
    """The same command in that home, by its clock: settings are read once."""
    given = {
        clock.VARIABLE: f"@{injected.clock_of(home)}",
        "SEONGSU_HOME": str(home),
        "DATABASE_URL": "",
        **dict.fromkeys(rehearsed.NOWHERE, ""),
    }
    command = [sys.executable, "-m", "seongsu_assets.cli", *sys.argv[1:]]
    os.execve(sys.executable, command, os.environ | given)  # noqa: S606 - our own command, no shell
