"""The hourly counts of all bicycle counters of Paris, day by day, from the city's open data.
What a record says `counts` reads; what a day must be is in `contracts`."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.errors import NoData, Outage, SourceError
from seongsu_assets.outside import Absence, Answer, Web
from seongsu_assets.sources.answers import json_of
from seongsu_assets.sources.days import by_day, day_of, request_of
from seongsu_assets.sources.pages import Page, bundle, pages_onward, unbundle
from seongsu_assets.sources.paris import portal
from seongsu_assets.sources.paris.contracts import COUNTERS
from seongsu_assets.sources.paris.counts import FIELDS, ZONE, counts, instants, named
from seongsu_assets.sources.providers import PARIS

DATASET = "comptage-velo-donnees-compteurs"
#: Documented by the city: counts by hour and counter, of the day before (J-1), for 13 rolling
#: months, which are 393 days at the least; no key is needed. The data set was once seen written at
#: 08:24. Assumed: a record for each counter and hour, with null where the count is not known.
TERMS = Terms(PARIS, due_days=1, keeps_days=393, contract=COUNTERS)

_PATH = f"/api/explore/v2.1/catalog/datasets/{DATASET}"
#: With it two records in the same place of the order are the same record.
_ORDER = "date,id_compteur,sum_counts"


@dataclass(frozen=True)
class Counters:
    """Two calls a day of Paris: how many records there are, and all of them. Where the export stays
    short of that number or broken, they are asked for page by page."""

    name: str = "paris_counters"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        return by_day(self.terms, window, web, partial(self._ask, web), ZONE.key)

    def parse(self, payload: Payload) -> Parsed:
        """A series for each counter, by its id, and its name. As `counts`, with the facts `total`
        and `missing_records`. SourceError where nothing says how many there should be."""
        records, total = _records(payload)
        parsed = counts(records, payload.request, day_of(payload.request))
        proof = {"total": total, "missing_records": total - len(records)}
        return replace(parsed, facts={**parsed.facts, **proof}, names=named(records))

    def _ask(self, web: Web, day: date) -> Payload:
        asks = {
            "where": _within(day),
            "select": ",".join(name for names in FIELDS.needed.values() for name in names),
            "timezone": "UTC",
        }

        def page(offset: int) -> tuple[Page, Answer]:
            return self._page(web, asks, {"limit": str(portal.PAGE_SIZE), "offset": str(offset)})

        counted, proof = self._page(web, asks, {"limit": "1"})
        if not counted.total:
            raise NoData(f"{DATASET} has 0 records")
        with suppress(Outage):
            return self._payload(day, proof, self._export(web, asks, counted.total))
        return self._payload(day, *pages_onward(page, portal.FURTHEST))

    def _page(
        self, web: Web, asks: Mapping[str, str], part: Mapping[str, str]
    ) -> tuple[Page, Answer]:
        parameters = {**asks, "order_by": _ORDER, **part}
        return web.get(self.terms.provider, f"{_PATH}/records", parameters, portal.read_page)

    def _export(self, web: Web, asks: Mapping[str, str], total: int) -> Answer:
        read = partial(portal.read_export, total=total)
        return web.get(self.terms.provider, f"{_PATH}/exports/json", asks, read)

    def _payload(self, day: date, *answers: Answer) -> Payload:
        body = bundle([answer.body for answer in answers])
        return Payload(self.name, request_of(DATASET, day), body, answers[-1].received_at)


def _records(payload: Payload) -> tuple[list[Any], int]:
    """The export's records, or those of all pages, and how many each page says there are."""
    trees = [json_of(body) for body in unbundle(payload.body)]
    pages = [portal.page(tree) for tree in trees if not portal.is_export(tree)]
    exports = [tree for tree in trees if portal.is_export(tree)]
    if not pages:
        raise SourceError(
            "nothing says how many records there should be", remedy="fetch the day again"
        )
    if exports:
        return exports[0], pages[0].total
    return [row for page in pages for row in page.rows], pages[0].total


def _within(day: date) -> str:
    """The hours of a day in Paris, without an offset: a bare time is read in the timezone that is
    asked for, which is UTC."""
    hours = instants(day)
    ends = hours[-1] + timedelta(hours=1)
    return f"date >= date'{hours[0]:%Y-%m-%dT%H:%M:%S}' AND date < date'{ends:%Y-%m-%dT%H:%M:%S}'"
