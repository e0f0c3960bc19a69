"""`seongsu up`: everything on this machine, from the first run to the served pages.
The programs are in `programs`, their supervision in `stack` and `services`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from seongsu_assets import clock, stack
from seongsu_assets.cli import app, rehearsal, show
from seongsu_assets.cli.pipeline import ORDER
from seongsu_assets.cli.progress import progress
from seongsu_assets.cli.run import tell
from seongsu_assets.cli.session import instance_of, make_inboxes, pipeline
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import SeongsuError
from seongsu_assets.settings import settings
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
    """Run the graph of every domain, print the forecast, and serve Dagster, MLflow and the app."""
    began = time.monotonic()
    if rehearse and not settings().upstream:
        rehearsal.restart(once=once)
    make_inboxes()
    with stack.up(settings(), migrate=_migrate, say=show.messages.print) as running:
        if rehearse:
            rehearsal.begin(running)
        _first_run(running, began)
        for ready in running.addresses():
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


def _first_run(running: stack.Stack, began: float) -> None:
    with instance_of(Path(running.environment["DAGSTER_HOME"])) as instance:
        for name, domain in DOMAINS.items():
            last = clock.yesterday(domain.cadence.timezone)
            try:
                with progress(name, len(ORDER)) as stage:
                    pipeline(instance, domain, last, stage).run()
                tell(domain, json=False)
            except SeongsuError as error:
                if domain.sample:
                    raise
                # It stands on its owner's files: what they lack must not keep the others down.
                show.say(str(error), head=f"[yellow]{name}[/] ")
    show.messages.print(f"forecast after {time.monotonic() - began:.0f} s")
