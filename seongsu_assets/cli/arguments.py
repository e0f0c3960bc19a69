"""Arguments that several commands share.
No command is defined here."""

from typing import Annotated

import typer

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
