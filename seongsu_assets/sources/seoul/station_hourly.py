"""Hourly counts of one station, on the day after, from the API that forgets in a week (getStnPsgr,
OA-22723). The sums are made elsewhere; whether an hour is usual is audited elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.errors import NoData
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.answers import refuse_status
from seongsu_assets.sources.data_go_kr import go_kr_page
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.pages import Page, all_pages, bundle, unbundle
from seongsu_assets.sources.providers import DATA_GO_KR, SEOUL
from seongsu_assets.sources.records import assemble
from seongsu_assets.sources.seoul.contracts import HOURLY
from seongsu_assets.sources.seoul.envelope import PAGE_SIZE, refuse_error
from seongsu_assets.sources.seoul.hourly_sums import FIELDS, hourly
from seongsu_assets.sources.seoul_metro import Station

SERVICE = "getStnPsgr"
TERMS = Terms(SEOUL, due_days=1, keeps_days=7, contract=HOURLY)

#: Path and parameters of one page of a station's day.
Address = Callable[[Station, date, int], tuple[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Form:
    """A way to ask. Of `addresses` the next is tried where the one before has nothing."""

    addresses: tuple[Address, ...]
    read: Callable[[Answer], Page]


def _of_station(station: Station, day: date, page: int) -> tuple[str, Mapping[str, str]]:
    path, parameters = _of_all(station, day, page)
    return f"{path}/{station.code}", parameters


def _of_all(station: Station, day: date, page: int) -> tuple[str, Mapping[str, str]]:  # noqa: ARG001 - an Address
    last = page * PAGE_SIZE
    return f"/{{key}}/json/{SERVICE}/{last - PAGE_SIZE + 1}/{last}/{day:%Y%m%d}", {}


def _of_gateway(station: Station, day: date, page: int) -> tuple[str, Mapping[str, str]]:
    return f"/B553766/psgr/{SERVICE}", {
        "serviceKey": "{key}",
        "pageNo": str(page),
        "numOfRows": str(PAGE_SIZE),
        "pasngYmd": f"{day:%Y%m%d}",
        "stnNm": station.name,
        "lineNm": station.line.removesuffix("호선"),
        "dataType": "JSON",
    }


def _read_seoul(answer: Answer) -> Page:
    """The envelope is the gateway's, the errors are the city's."""
    refuse_status(answer)
    refuse_error(answer.body)
    return go_kr_page(answer.body)


def _read_gateway(answer: Answer) -> Page:
    return go_kr_page(answer.body, answer.status)


#: The station's code is a filter that only one user of the source has written down. Where it finds
#: nothing all stations are asked for: a day that is missed is lost for ever.
AT_SEOUL = Form((_of_station, _of_all), _read_seoul)
AT_GATEWAY = Form((_of_gateway,), _read_gateway)
GATEWAY_TERMS = replace(TERMS, provider=DATA_GO_KR)


@dataclass(frozen=True)
class StationHourly:
    """A station's hours as sums over cards and passengers."""

    station: Station
    name: str = "station_hourly"
    terms: Terms = TERMS
    form: Form = AT_SEOUL

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        return by_day(self.terms, window, web, partial(self._ask, web))

    def parse(self, payload: Payload) -> Parsed:
        """One row for each hour and direction of which every record is understood.

        SourceError when the payload is no page of records."""
        day = day_of(payload.request)
        pages = [go_kr_page(body) for body in unbundle(payload.body)]
        records = [record for page in pages for record in page.rows]
        told = hourly(self.station, payload.request, day, records)
        facts = {
            "records": len(records),
            "total": pages[0].total,
            "missing_records": pages[0].total - len(records),
            **told.facts,
            **FIELDS.facts(records),
        }
        parsed = assemble(told.records, told.rejects)
        return replace(parsed, received=len(records), facts=facts)

    def _ask(self, web: Web, day: date) -> Payload:
        *narrow, widest = self.form.addresses
        for address in narrow:
            with suppress(NoData):
                return self._pages(web, day, address)
        return self._pages(web, day, widest)

    def _pages(self, web: Web, day: date, address: Address) -> Payload:
        def page(number: int) -> tuple[Page, Answer]:
            path, parameters = address(self.station, day, number)
            return web.get(self.terms.provider, path, parameters, self._page)

        answers = all_pages(page, PAGE_SIZE)
        body = bundle([answer.body for answer in answers])
        return Payload(self.name, request_of(SERVICE, day), body, answers[-1].received_at)

    def _page(self, answer: Answer) -> tuple[Page, Answer]:
        """Code 00 without records is how the source says that it has not, or no longer, a day."""
        page = self.form.read(answer)
        if not page.total:
            raise NoData(f"{SERVICE} has 0 records")
        return page, answer


def at_hand(station: Station, key: Callable[[str], object | None]) -> StationHourly:
    """The same counts through the door that there is a key for: the city's, unless only data.go.kr
    has one. `key` gives what a setting holds."""
    if key(SEOUL.key) is None and key(DATA_GO_KR.key) is not None:
        return StationHourly(station, terms=GATEWAY_TERMS, form=AT_GATEWAY)
    return StationHourly(station)
