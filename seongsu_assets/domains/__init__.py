"""The domains that are forecast here, by name.
Nothing but the list; each domain has its own file."""

from seongsu_assets.domain import Domain
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.domains.weekly_sales import WEEKLY_SALES

DOMAINS: dict[str, Domain] = {domain.name: domain for domain in (SEONGSU, WEEKLY_SALES)}
