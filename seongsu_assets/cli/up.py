"""`seongsu up`: everything on this machine, from the first run to the served pages.
The programs are in `programs`, their supervision in `stack` and `services`."""

import time
from pathlib import Path
from typing import Annotated

import dagster as dg
import typer

from seongsu_assets import clock, stack
from seongsu_assets.cli import app, rehearsal, show
from seongsu_assets.cli.listen import tells
from seongsu_assets.cli.pipeline import ORDER
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.run import tell
from seongsu_assets.cli.session import instance_of, make_inboxes, pipeline
from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import SeongsuError
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import datasets
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect


@app.command()
def up(
    once: Annotated[
        bool, typer.Option("--once", help="prove that every page answers, then stop")
    ] = False,
    rehearse: Annotated[
        bool,
        typer.Option("--rehearsal", help="no key needed: a local server stands for every source"),
    ] = False,
) -> None:
    """Run the graph of each domain in use, print the forecast, serve Dagster, MLflow and app."""
    began = time.monotonic()
    if rehearse and not settings().upstream:
        rehearsal.restart(once=once)
    make_inboxes()
    with stack.up(settings(), migrate=_migrate, say=show.messages.print) as running:
        if rehearse:
            rehearsal.begin(running)
        begun = _first_run(running, began)
        for ready in running.addresses([domain.name for domain in begun if tells(domain)]):
            where = ready.address or "up"
            show.messages.print(
                f"  {ready.name:<10} {where}  [dim]{ready.seconds:.1f} s[/]", highlight=False
            )
        show.messages.print(
            f"all up after {time.monotonic() - began:.0f} s; Ctrl-C stops everything"
        )
        if once:
            return
        try:
            running.watch()
        except KeyboardInterrupt:
            show.messages.print("stopping")


def _migrate(url: str) -> None:
    with connect(url) as conn:
        migrate(conn)


def _first_run(running: stack.Stack, began: float) -> list[Domain]:
    """The main domain, and those that are in use here: what they lack keeps no other down. Gives
    back those."""
    main, *others = DOMAINS.values()
    with connect(open_url()) as conn:
        begun = [domain for domain in others if datasets.begun(conn, domain)]
    with instance_of(Path(running.environment["DAGSTER_HOME"])) as instance:
        _run(instance, main)
        show.messages.print(f"forecast after {time.monotonic() - began:.0f} s")
        for domain in begun:
            try:
                _run(instance, domain)
            except SeongsuError as error:
                show.say(str(error), head=f"[yellow]{domain.name}[/] ")
    if resting := [domain.name for domain in others if domain not in begun]:
        show.messages.print(f"not begun here: {', '.join(resting)}; begin one: seongsu run NAME")
    return begun


def _run(instance: dg.DagsterInstance, domain: Domain) -> None:
    last = domain.cadence.newest(clock.now())
    with progress(domain.name, len(ORDER)) as stage:
        pipeline(instance, domain, last, stage).run()
    tell(domain, json=False)
