"""How many people boarded and alighted in each hour of the day, added up by month (CardSubwayTime).
Sums of a month (OA-12252): no day, no kind of day, and no count that could be trained on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.outside import Absence, Web
from seongsu_assets.sources.claims import between, every_field_is_there
from seongsu_assets.sources.feed import Reading, Saying, as_parsed, asked, each_record, kept
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.seoul.api_records import Fields, word, ymd
from seongsu_assets.sources.seoul.envelope import PAGE_SIZE, seoul_page
from seongsu_assets.sources.seoul_metro import Station
from seongsu_assets.sources.values import KST, whole

SERVICE = "CardSubwayTime"
SERIES = ("boarding", "alighting")
#: The hours of the operating day; 24 to 27 are the first four of the next calendar day.
HOURS = range(4, 28)

#: The names of 2026, then those of the guide of 2022.
_NEW = {"boarding": "GET_ON_NOPE", "alighting": "GET_OFF_NOPE"}
_OLD = {"boarding": "RIDE_NUM", "alighting": "ALIGHT_NUM"}
_WORDS = (
    *("MIDNIGHT", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"),
    *("ELEVEN", "TWELVE", "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN"),
    *("NINETEEN", "TWENTY", "TWENTY_ONE", "TWENTY_TWO", "TWENTY_THREE"),
)
FIELDS = Fields(
    {
        "month": ("USE_MM", "USE_MON"),
        "line": ("SBWY_ROUT_LN_NM", "LINE_NUM"),
        "name": ("STTN", "SUB_STA_NM"),
        "registered": ("JOB_YMD", "WORK_DT"),
    }
    | {
        f"{series} {hour}": (
            f"HR_{hour % 24}_{_NEW[series]}",
            f"{_WORDS[hour % 24]}_{_OLD[series]}",
        )
        for series in SERIES
        for hour in HOURS
    }
)

#: A month is loaded on this day of the next one.
_LOADED = 5

TERMS = Terms(
    SEOUL,
    due_days=35,
    contract=(
        every_field_is_there(),
        between(
            "every_row_arrived", "missing", 0, 0,
            "A part of what was promised is not the month.",
        ),
        between(
            "own_station_is_there_once", "own_rows", 1, 1,
            "None means another spelling, more than one that we cannot tell which is ours.",
        ),
        between(
            "people_of_the_month_are_plausible", "people", 1_000, 20_000_000,
            "No station has 20 million people in a month, and none that is open has so few.",
        ),
        between(
            "every_hour_is_told", "unknown_hours", None, 0,
            "The sums are told for all 24 hours, in the night as zero.",
            blocking=False,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class MonthHours:
    """One call a month for one station, at the name that the source has for it."""

    station: Station
    name: str = "month_hours"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """Each month that `window` touches; what is not there is an absence of its first day."""
        for month in sorted({day.replace(day=1) for day in window.days()}):
            following = (month + timedelta(days=31)).replace(day=_LOADED)
            terms = replace(self.terms, due_days=(following - month).days)
            yield from asked(web, terms, month, partial(self._ask, web, month))

    def _ask(self, web: Web, month: date) -> Payload:
        whose = "/".join(quote(each, safe="") for each in (self.station.line, self.station.name))
        path = f"/{{key}}/json/{SERVICE}/1/{PAGE_SIZE}/{month:%Y%m}/{whose}"
        return web.get(SEOUL, path, {}, kept(self.name, partial(seoul_page, service=SERVICE)))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS: key `boarding` or `alighting`, at = the month's first instant,
        issued_at = the day it was loaded, attributes people by hour, "4" to "27": a month's sums.

        SourceError when it is no page."""
        page = seoul_page(payload.body, SERVICE)
        said = list(each_record(page.rows, "row", self._record))
        readings = [each for each in said if isinstance(each, Reading)]
        people = [count for each in readings for count in each.attributes.values()]
        facts = {
            "missing": page.total - len(page.rows),
            "own_rows": len({each.place for each in readings}),
            "people": sum(count for count in people if count is not None),
            "unknown_hours": people.count(None),
            "missing_fields": FIELDS.facts(page.rows)["missing_fields"],
        }
        return as_parsed(said, len(page.rows), facts)

    def _record(self, record: Mapping[str, Any]) -> list[Saying]:
        name = word(FIELDS.get(record, "name"), "the station")
        line = word(FIELDS.get(record, "line"), "the line")
        month = ymd(f"{word(FIELDS.get(record, 'month'), 'the month')}01", "the month")
        loaded = ymd(FIELDS.get(record, "registered"), "the day of loading")
        counts = {
            series: {
                str(hour): whole(FIELDS.get(record, f"{series} {hour}"), f"{series} at {hour}")
                for hour in HOURS
            }
            for series in SERIES
        }
        if not (self.station.is_named(name) and self.station.is_on(line)):
            return []
        return [(series, _begins(loaded), _begins(month), counts[series]) for series in SERIES]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), KST).astimezone(UTC)
