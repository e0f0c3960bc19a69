"""Arguments that several commands share.
No command is defined here."""

from datetime import date, datetime
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
    """The day that was named, if the domain knows it and it is over."""
    day, first = moment.date(), domain.cadence.start
    last = clock.yesterday(domain.cadence.timezone)
    if not first <= day <= last:
        raise SeongsuError(
            f"{day} is {'not over' if day > last else f'before the first day of {domain.name}'}",
            remedy=f"name a day from {first} to {last}",
        )
    return day
