"""`seongsu watch`: look at everything once a minute, tell people, and serve /metrics and /healthz.
What a look is, is said in `watching`."""

import logging
import os
import time
from typing import Annotated

import typer

from seongsu_assets.cli import app, show
from seongsu_assets.cli.session import session
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import ServiceError
from seongsu_assets.replay import REPLAYED
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.watching.silence import PATIENCE_SECONDS


@app.command()
def watch(
    every: Annotated[float, typer.Option(help="seconds from one look to the next", min=0.1)] = 60.0,
    patience: Annotated[
        float, typer.Option(help="real seconds for which a silence must last", min=0.0)
    ] = PATIENCE_SECONDS,
    once: Annotated[bool, typer.Option("--once", help="one look, for a timer of your own")] = False,
) -> None:
    """Find what is wrong, tell people, and notice when Dagster itself is dead.

    `seongsu up` runs it. Exit code 1 when one look was asked for and could not be done."""
    from seongsu_assets.watching.look import Watcher
    from seongsu_assets.watching.page import serving
    from seongsu_assets.watching.silence import Listener

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    domains = [DOMAINS[os.environ[REPLAYED]]] if REPLAYED in os.environ else list(DOMAINS.values())
    with session() as instance:
        patient = Listener(domains, patience=0 if once else patience)
        watcher = Watcher(open_url(), instance, domains, settings(), patient)
        if once:
            watcher.look()
            if watcher.broken:
                broken = "; ".join(f"{part}: {why}" for part, why in watcher.broken.items())
                raise ServiceError(f"the look failed: {broken}", remedy="run `seongsu doctor`")
            return
        with serving(watcher, settings().host, settings().watch_port) as port:
            show.say(
                f"watching; http://{settings().host}:{port}/metrics and /healthz; Ctrl-C stops"
            )
            try:
                while True:
                    watcher.look()
                    time.sleep(every)
            except KeyboardInterrupt:
                show.say("stopping")
