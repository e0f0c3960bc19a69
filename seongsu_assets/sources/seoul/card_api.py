"""Daily card totals of every station from the city's API (CardSubwayStatsNew, OA-12914).
No hours here: a total is filed under WHOLE_DAY. Whether a total is usual is audited elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

from seongsu_assets.domain import Parsed, Payload, Reject, Terms, Window
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.card_daily import WHOLE_DAY
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.pages import Page, all_pages, bundle, unbundle
from seongsu_assets.sources.providers import SEOUL
from seongsu_assets.sources.records import Record, assemble, squeeze
from seongsu_assets.sources.seoul.api_records import Fields, of_day, people, refusal, word, ymd
from seongsu_assets.sources.seoul.contracts import CARD
from seongsu_assets.sources.seoul.envelope import PAGE_SIZE, seoul_page
from seongsu_assets.sources.seoul_metro import Station

SERVICE = "CardSubwayStatsNew"

#: The names of today first, then those of the guide of 2022. A third name is not understood until
#: somebody has looked at it.
FIELDS = Fields(
    {
        "day": ("USE_YMD", "USE_DT"),
        "line": ("SBWY_ROUT_LN_NM", "LINE_NUM"),
        "name": ("SBWY_STNS_NM", "SUB_STA_NM"),
        "boarding": ("GTON_TNOPE", "RIDE_PASGR_NUM"),
        "alighting": ("GTOFF_TNOPE", "ALIGHT_PASGR_NUM"),
        "registered": ("REG_YMD", "WORK_DT"),
    }
)

TERMS = Terms(SEOUL, due_days=3, grain="daily", contract=CARD)


@dataclass(frozen=True)
class _Total:
    """One record that was understood: a station's day as of the day it was registered."""

    place: str
    key: tuple[str, str]
    people: tuple[int, int]
    registered: date
    record: Any


@dataclass(frozen=True)
class CardApi:
    """One call a day. Every station's record is checked, one station's becomes observations."""

    station: Station
    name: str = "card_daily"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        return by_day(self.terms, window, web, partial(self._ask, web))

    def parse(self, payload: Payload) -> Parsed:
        """Two rows, boarding and alighting, when the station is understood; what was refused.

        Of a record told twice the newest registration counts. SourceError when it is no page."""
        day = day_of(payload.request)
        pages = [seoul_page(body, SERVICE) for body in unbundle(payload.body)]
        records = [record for page in pages for record in page.rows]
        read = [
            self._read(f"{payload.request} record {number}", record, day)
            for number, record in enumerate(records, start=1)
        ]
        totals, contradicting = _newest([each for each in read if isinstance(each, _Total)], day)
        own = [t for t in totals if t.key == (self.station.line, self.station.name)]
        rejects = [*(each for each in read if isinstance(each, Reject)), *contradicting]
        facts = {
            "records": len(records),
            "total": pages[0].total,
            "missing_records": pages[0].total - len(records),
            "stations": len(totals),
            "own_rows": len(own),
            "lag_days": (own[0].registered - day).days if own else None,
            **FIELDS.facts(records),
        }
        parsed = assemble(_observed(own, day), rejects)
        return replace(parsed, received=len(records), facts=facts)

    def _ask(self, web: Web, day: date) -> Payload:
        def page(number: int) -> tuple[Page, Answer]:
            last = number * PAGE_SIZE
            path = f"/{{key}}/json/{SERVICE}/{last - PAGE_SIZE + 1}/{last}/{day:%Y%m%d}"
            return web.get(self.terms.provider, path, {}, _page)

        answers = all_pages(page, PAGE_SIZE)
        body = bundle([answer.body for answer in answers])
        return Payload(self.name, request_of(SERVICE, day), body, answers[-1].received_at)

    def _read(self, place: str, record: Any, day: date) -> _Total | Reject:
        try:
            of_day(FIELDS.get(record, "day"), day)
            line = word(FIELDS.get(record, "line"), "the line")
            name = word(FIELDS.get(record, "name"), "the station")
            return _Total(
                place,
                _key(self.station, line, name),
                (
                    people(FIELDS.get(record, "boarding"), "boarding"),
                    people(FIELDS.get(record, "alighting"), "alighting"),
                ),
                ymd(FIELDS.get(record, "registered"), "the day of registration"),
                record,
            )
        except ValueError as error:
            return refusal(place, str(error), record, day)


@lru_cache(maxsize=4096)  # every day names the same stations
def _key(station: Station, line: str, name: str) -> tuple[str, str]:
    """Line and name as all spellings of them are compared."""
    if station.is_named(name) and station.is_on(line):
        return station.line, station.name
    return squeeze(line), squeeze(name)


def _page(answer: Answer) -> tuple[Page, Answer]:
    refuse_status(answer)
    return seoul_page(answer.body, SERVICE), answer


def _newest(totals: Iterable[_Total], day: date) -> tuple[list[_Total], list[Reject]]:
    """One total of each station, and all records of a station whose newest contradict."""
    grouped: dict[tuple[str, str], list[_Total]] = defaultdict(list)
    for total in totals:
        grouped[total.key].append(total)
    kept, refused = list[_Total](), list[Reject]()
    for same in grouped.values():
        last = max(total.registered for total in same)
        newest = [total for total in same if total.registered == last]
        if len({total.people for total in newest}) == 1:
            kept.append(newest[0])
            continue
        places = " and ".join(total.place for total in newest)
        reason = f"{places} give {same[0].key[1]} differently"
        refused += [refusal(total.place, reason, total.record, day) for total in same]
    return kept, refused


def _observed(totals: Sequence[_Total], day: date) -> Iterator[Record]:
    for total in totals:
        for series, count in zip(("boarding", "alighting"), total.people, strict=True):
            yield Record(total.place, day, series, {WHOLE_DAY: count}, "")
