"""The domains that are forecast here, by name: every `Domain` that a file of this folder declares.
Nothing but the list; each domain has its own file, and a new file needs no line here."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from seongsu_assets.domain import Domain

#: The one that is meant where none is named.
FIRST = "seongsu"


def _declared() -> Iterator[Domain]:
    for module in iter_modules(__path__):
        found = vars(import_module(f"{__name__}.{module.name}")).values()
        yield from (each for each in found if isinstance(each, Domain))


DOMAINS: dict[str, Domain] = {
    domain.name: domain
    for domain in sorted(_declared(), key=lambda each: (each.name != FIRST, each.name))
}
