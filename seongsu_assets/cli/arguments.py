"""Arguments that several commands share.
No command is defined here."""

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from seongsu_assets import clock
from seongsu_assets.domain import Domain
from seongsu_assets.domains import DOMAINS
from seongsu_assets.errors import SeongsuError

DomainName = Annotated[str, typer.Argument(help="one of: " + ", ".join(DOMAINS))]
AsJson = Annotated[bool, typer.Option("--json", help="machine readable, on stdout")]


def domain_named(name: str) -> Domain:
    if name not in DOMAINS:
        raise SeongsuError(
            f"there is no domain {name!r}", remedy=f"choose one of {', '.join(DOMAINS)}"
        )
    return DOMAINS[name]


def complete_day(domain: Domain, moment: datetime) -> date:
    """The newest period over at the end of the day named, if the domain knows it and it is over."""
    cadence = domain.cadence
    day, first = cadence.later(cadence.begins(moment.date() + timedelta(days=1)), -1), cadence.start
    last = cadence.newest(clock.now())
    if not first <= day <= last:
        raise SeongsuError(
            f"{day} is {'not over' if day > last else f'before the first day of {domain.name}'}",
            remedy=f"name a day from {cadence.ends(first)} to {cadence.ends(last)}",
        )
    return day
