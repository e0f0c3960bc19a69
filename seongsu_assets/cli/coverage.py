"""What each file of an import covers: which days, which are missing between them, which rows fail.
Nothing is stored here; what is new and what is refused as a day is told by the receipts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from seongsu_assets.cli.progress import Tell
from seongsu_assets.domain import (
    Cadence,
    Domain,
    Parsed,
    Payload,
    Reject,
    Source,
    Terms,
    Window,
    ranges,
)
from seongsu_assets.outside import Absence, Web
from seongsu_assets.warehouse.arrivals import WHOLE_DAY
from seongsu_assets.within import within


@dataclass(frozen=True)
class Coverage:
    """The days of one file, by the hour and as daily totals, and its rows that were not read."""

    hourly: frozenset[date]
    daily: frozenset[date]
    rejects: tuple[Reject, ...]

    def missing(self, cadence: Cadence) -> list[Window]:
        """Periods between the first and the last that the file says nothing of."""
        named = {reject.business_date for reject in self.rejects}
        absent = [
            day
            for days in (self.hourly, self.daily)
            if days
            for day in cadence.periods(Window(min(days), max(days)))
            if day not in days and day not in named
        ]
        return ranges(set(absent), cadence.step)


def covered(parsed: Parsed) -> Coverage:
    """The coverage of what was read of one file."""
    whole = parsed.rows.hour == WHOLE_DAY
    hourly, daily = (
        frozenset(stamp.date() for stamp in rows.business_date.unique())
        for rows in (parsed.rows[~whole], parsed.rows[whole])
    )
    return Coverage(hourly, daily, parsed.rejects)


@dataclass(frozen=True)
class Watched:
    """A source that remembers what it read, by file name. `tell` hears each file's name."""

    source: Source
    domain: Domain
    tell: Tell
    seen: dict[str, Coverage] = field(default_factory=dict[str, Coverage])

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def terms(self) -> Terms | None:
        return self.source.terms

    def fetch(self, window: Window, web: Web) -> Iterable[Payload | Absence]:
        return self.source.fetch(window, web)

    def parse(self, payload: Payload) -> Parsed:
        self.tell(0, f"reading {payload.request}")
        parsed = within(self.domain, self.source.parse(payload))
        self.seen[payload.request] = covered(parsed)
        return parsed
