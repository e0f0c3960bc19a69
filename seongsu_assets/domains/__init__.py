"""The domains that are forecast here, by name.
Nothing but the list; each domain has its own file."""

from seongsu_assets.domain import Domain
from seongsu_assets.domains.seongsu import SEONGSU

DOMAINS: dict[str, Domain] = {domain.name: domain for domain in (SEONGSU,)}
