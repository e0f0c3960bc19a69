"""`seongsu rehearse`: the newest days again, with chosen faults, in a home of their own.
What a rehearsal is stands in `rehearsal`, how it is lived through in `replay.rehearsed`."""

import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from seongsu_assets import clock
from seongsu_assets.cli import app
from seongsu_assets.cli.arguments import DomainName, domain_named
from seongsu_assets.cli.backtest import ManyValues
from seongsu_assets.errors import SeongsuError
from seongsu_assets.ports import free_port
from seongsu_assets.rehearsal import homes, plan, records
from seongsu_assets.replay import rehearsed
from seongsu_assets.settings import settings

#: Where each program of a rehearsal looks for a port: beside those of the platform.
_PORTS = {"POSTGRES": 54_410, "DAGSTER": 54_430, "WATCH": 54_450, "APP": 54_470}


@app.command(cls=ManyValues)
def rehearse(
    domain: DomainName,
    days: Annotated[int, typer.Option(help="1 or 7: the newest days that are held")] = 1,
    fault: Annotated[
        list[str] | None, typer.Option(help=f"of {', '.join(plan.FAULTS)}; one day takes one")
    ] = None,
    home: Annotated[
        Path | None, typer.Option(help="an empty folder [default: a new one, three are kept]")
    ] = None,
) -> None:
    """Withhold the newest days, tell them again with faults, and watch the platform react."""
    chosen = domain_named(domain)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if clock.watched() is not None:
        with homes.told(settings().root):
            rehearsed.live(chosen)
        return
    faults = plan.check(days, fault or ())
    folder = settings().root / homes.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    place = (home or homes.new(folder, clock.life())).absolute()
    told = _told(place)
    with homes.told(place) if told else nullcontext():
        homes.hold(folder, place)
    place.mkdir(parents=True, exist_ok=True)
    if not told:
        asked = records.Asked(
            at=clock.life(), domain=domain, days=days, faults=faults, by="command"
        )
        records.append(place, asked)
    with homes.told(place):
        homes.room(folder)
        homes.sweep(folder)
        given = rehearsed.prepare(place, chosen, days, faults)
        ports = {f"SEONGSU_{name}_PORT": str(free_port(at)) for name, at in _PORTS.items()}
        os.execve(  # noqa: S606 - our own command, no shell
            sys.executable,
            [sys.executable, "-m", "seongsu_assets.cli", *sys.argv[1:]],
            os.environ | given | ports,
        )


def _told(home: Path) -> bool:
    """Whether a page has told there already what was asked for. Raises SeongsuError for a folder
    that holds anything else."""
    if not home.exists():
        return False
    told = records.read(home)
    asked = bool(told) and all(isinstance(each, records.Asked) for each in told)
    if not asked and any(home.iterdir()):
        raise SeongsuError(f"{home} is not empty", remedy="name another, or leave --home out")
    return asked
