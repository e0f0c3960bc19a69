"""`seongsu replay`: past days as if live, in a home of their own, by a clock that is stepped.
How the clock is stepped and what the daemon does then stands in `replay`."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from seongsu_assets import clock
from seongsu_assets.cli import app, history, show
from seongsu_assets.cli.arguments import DomainName, complete_day, domain_named
from seongsu_assets.cli.backtest import ManyValues
from seongsu_assets.cli.session import session
from seongsu_assets.domain import Domain, Window
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.replay import life
from seongsu_assets.replay.known import replayed
from seongsu_assets.settings import settings
from seongsu_assets.warehouse import datasets, observations
from seongsu_assets.warehouse.location import open_url
from seongsu_assets.warehouse.postgres import connect


@app.command(cls=ManyValues)
def replay(
    domain: DomainName,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="the first day")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="the last day")],
    files: Annotated[
        list[Path] | None,
        typer.Option(help="official files of the past [default: what the warehouse holds]"),
    ] = None,
    speed: Annotated[
        float | None,
        typer.Option(min=1.0, help="so many times as fast as life [default: as fast as it goes]"),
    ] = None,
) -> None:
    """Live through past days again: schedules, sensors, alerts and trainings, each when due."""
    chosen = domain_named(domain)
    if clock.watched() is not None:
        window = Window(first.date(), last.date())
        life.live(replayed(chosen), window, say=show.messages.print, speed=speed)
        return
    window = Window(complete_day(chosen, first), complete_day(chosen, last))
    counted = history.read(chosen, files) if files else _held(chosen)
    given = life.prepare(settings().root / "replay", chosen, window, counted)
    words = sys.argv[1:] if not files else _without(sys.argv[1:], files)
    os.execve(  # noqa: S606 - our own command, no shell
        sys.executable, [sys.executable, "-m", "seongsu_assets.cli", *words], os.environ | given
    )


def _held(domain: Domain) -> pd.DataFrame:
    """What the warehouse holds of the domain."""
    with session(), connect(open_url()) as conn:
        rows = observations.read(conn, datasets.active(conn, domain))
    if rows.empty:
        raise NotEnoughHistory("nothing was ever counted", remedy="name --files of the past")
    return rows


def _without(words: list[str], files: list[Path]) -> list[str]:
    """The command line without the files: the replay has its own copy of what they hold."""
    names = {str(file) for file in files}
    return [word for word in words if word != "--files" and word not in names]
