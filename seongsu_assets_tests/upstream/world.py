"""The state behind the server: truth, weather, holidays, keys, and the habits of the publishers.
No request is answered here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Literal, TypeVar

from seongsu_assets_tests.upstream.faults import Met
from seongsu_assets_tests.upstream.truth import Counts, Truth
from seongsu_assets_tests.upstream.weather import Weather
from seongsu_assets_tests.upstream.wire import KST, Request

#: The keys a fresh server accepts, by provider. That of data.go.kr has the signs which a careless
#: client encodes twice or not at all.
KEYS = {
    "seoul": "upstream-seoul",
    "seoul_realtime": "upstream-realtime",
    "data_go_kr": "upstream+data/go/kr==",
    "kma_hub": "upstream-hub",
}


T = TypeVar("T")
_MOST_KEPT = 16


@dataclass
class Options:
    """The habits of the publishers. Hours and minutes are KST."""

    #: The field names of 2022 in CardSubwayStatsNew and CardSubwayTime.
    old_names: bool = False
    #: getStnPsgr's envelope stands once more under its name.
    wrapped: bool = False
    #: getStnPsgr at the Seoul host takes a station's code; without, a code finds nothing.
    station_code: bool = True
    #: How the gateway of data.go.kr refuses: old is HTTP 200, new is HTTP 403; XML both.
    gateway: Literal["old", "new"] = "old"
    #: Card totals come so many days later, at this hour.
    card_days: int = 3
    card_hour: int = 6
    #: So many rows in a day of card data, where that is more than there are stations.
    card_rows: int = 0
    #: Hourly counts come on the next day at this hour and are kept for so many days.
    hourly_hour: int = 9
    hourly_keeps: int = 7
    #: Month sums come on this day of the next month.
    month_day: int = 5
    #: The years that `subwSttn` holds, in its order.
    annual_years: tuple[int, ...] = (2024, 2023)
    #: Minutes after the full hour (short-term: after the base) at which KMA's bases appear.
    nowcast_minute: int = 40
    ultra_minute: int = 45
    village_minute: int = 10
    #: Yesterday's observations come at this hour.
    asos_hour: int = 11
    #: The stations that citydata sums over.
    area_stations: int = 1


@dataclass
class World:
    """What there is to tell. `holidays` are announced in addition; None takes a holiday back."""

    truth: Truth
    weather: Weather
    options: Options = field(default_factory=Options)
    keys: dict[str, str] = field(default_factory=lambda: dict(KEYS))
    holidays: dict[date, str | None] = field(default_factory=dict[date, str | None])
    kept: dict[tuple[Any, ...], Any] = field(default_factory=dict[tuple[Any, ...], Any])

    def has_published(self, service: str, day: date, now: datetime, days: int, hour: int) -> bool:
        """Whether `service`, which has a day after `days` days at `hour`, has it by now."""
        how = self.truth.publication(day, service)
        due = datetime.combine(day + timedelta(days + how.days_late), time(hour), KST)
        return not how.never and now >= due

    def edition(self, service: str, day: date) -> tuple[object, ...]:
        """What a finished reply about the day depends on, beside what was asked."""
        truth = self.truth
        return truth.revision(day), truth.revised_on(day), truth.publication(day, service)


@dataclass(frozen=True)
class Ask:
    """A request, the faults it met, and the world it is about."""

    request: Request
    met: Met
    world: World

    def counts(self, day: date) -> Counts:
        """The day's counts as this request shall see them."""
        truth = self.world.truth
        return self.met.counts(truth.counts(day), partial(truth.counts, day - timedelta(1)))

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What `make` makes, kept for requests of the same key unless a fault is in the way."""
        if self.met:
            return make()
        kept = self.world.kept
        if key not in kept:
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[key] = make()
        return kept[key]
