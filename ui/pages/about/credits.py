"""Whose data these are and under which terms, for the sources that a domain declares.
Nothing of what has arrived; an unknown source is shown by its own name."""

from collections.abc import Iterable
from dataclasses import dataclass

from seongsu_assets.domain import Domain

#: Where each licence can be read.
LICENCES = {
    "kogl_1": "https://www.kogl.or.kr/info/licenseType1.do",
    "cc_by_4": "https://creativecommons.org/licenses/by/4.0/",
    "portal": "https://www.data.go.kr/",
    "paris_portal": "https://opendata.paris.fr/explore/dataset/comptage-velo-donnees-compteurs/",
    "coinbase_terms": "https://www.coinbase.com/legal/market_data",
}
#: Publisher and licence of each source, by its name, or by `name@place` where it is that place's
#: own. Of files that somebody brings we know neither.
TERMS = {
    "files": ("", ""),
    "files@seongsu": ("seoul_metro", "kogl_1"),
    "station_hourly": ("seoul_metro", "kogl_1"),
    "train_load": ("seoul_metro", "kogl_1"),
    "card_daily": ("seoul", "kogl_1"),
    "month_hours": ("seoul", "kogl_1"),
    "city": ("seoul", "kogl_1"),
    "trains": ("seoul", "kogl_1"),
    "open_meteo": ("open_meteo", "cc_by_4"),
    "open_meteo_archive": ("open_meteo", "cc_by_4"),
    "kma_now": ("kma", "portal"),
    "kma_short": ("kma", "portal"),
    "kma_village": ("kma", "portal"),
    "asos": ("kma", "portal"),
    "kasi": ("kasi", "portal"),
    "paris_counters": ("paris", "paris_portal"),
    "coinbase_candles": ("coinbase", "coinbase_terms"),
    "coinbase_ticker": ("coinbase", "coinbase_terms"),
}


@dataclass(frozen=True)
class Credit:
    """What one publisher gives under one licence; both empty where nobody wrote them down."""

    publisher: str
    licence: str
    sources: tuple[str, ...]


def declared(domain: Domain) -> list[str]:
    """The names of all sources a domain declares, those of its counts first."""
    return [source.name for source in (*domain.sources, *(feed.source for feed in domain.feeds))]


def credits_of(names: Iterable[str], place: str = "") -> list[Credit]:
    """One credit for each publisher and licence, in the order of the names."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in names:
        found.setdefault(TERMS.get(f"{name}@{place}", TERMS.get(name, ("", ""))), []).append(name)
    return [Credit(*key, tuple(sources)) for key, sources in found.items()]
