"""Fuzzed payloads of both sources of counts, each of another day, on their way to the warehouse.
How payloads are damaged stands in `fuzz`; what must hold of the tables stands here, once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given

from seongsu_assets.domain import Domain, Parsed, Payload, Source, Terms, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import SourceError
from seongsu_assets.ingest import ingest
from seongsu_assets.outside import Web
from seongsu_assets.settlement import settle
from seongsu_assets.sources.pages import bundle, unbundle
from seongsu_assets.warehouse.arrivals import Receipt
from seongsu_assets.warehouse.postgres import Connection
from seongsu_assets_tests import official
from seongsu_assets_tests.faulty import books, unbalanced
from seongsu_assets_tests.fuzz import fuzz, payloads
from seongsu_assets_tests.fuzz_counts import COUNT_SHAPES

FIRST, NOW = date(2022, 1, 1), datetime(2026, 3, 25, 12, 40, tzinfo=UTC)
#: So many days of one data set; the next payload is of another's first day.
DAYS = 1_000
#: Claims on the size of a payload: those of the fuzz are small, so that it is quick.
_SIZES = {"the_whole_city_is_there", "own_station_is_there"}
_HOURS = (4, *range(6, 24))
#: The day that the fuzz knows, as it stands in its payloads.
DAY = "20260305"
_NAME = "SBWY_STNS_NM"


@dataclass(frozen=True)
class Sent:
    """A payload, the data set and day that it is meant for, and how many records are in it, where
    the damage leaves that certain."""

    payload: Payload
    dataset: str
    day: date
    records: int | None


@dataclass(frozen=True)
class Sends:
    """A source that sends what it is told to; what is read of it is the real source's business."""

    source: Source
    terms: Terms
    payloads: Sequence[Payload] = ()

    @property
    def name(self) -> str:
        return self.source.name

    def fetch(self, window: Window, web: Web | None) -> Iterator[Payload]:  # noqa: ARG002 - sent
        return iter(self.payloads)

    def parse(self, payload: Payload) -> Parsed:
        return self.source.parse(payload)


def fuzzed(name: str, number: int) -> list[Sent]:
    """So many payloads of the source; the same on every call."""
    sent: list[Sent] = []
    shape = _SHAPES[name]

    @fuzz(number)
    @given(payloads(shape))
    def draw(drawn: tuple[bytes, int | None]) -> None:
        body, records = drawn
        day = FIRST + timedelta(len(sent) % DAYS)
        request = f"{shape.request.partition('/')[0]}/{day:%Y%m%d}"
        payload = Payload(shape.source.name, request, _of_day(body, day), NOW)
        sent.append(Sent(payload, f"fuzzed{len(sent) // DAYS}", day, records))

    draw()
    return sent


def land(conn: Connection, name: str, sent: Sequence[Sent], batch: int = 75) -> list[Receipt]:
    """All of them through `ingest`, in batches, each settled as it would be."""
    told: list[Receipt] = []
    for start in range(0, len(sent), batch):
        part = sent[start : start + batch]
        for dataset in dict.fromkeys(each.dataset for each in part):
            mine = [each for each in part if each.dataset == dataset]
            domain, source = _domain(name, [each.payload for each in mine])
            window = Window(mine[0].day, mine[-1].day)
            arrived = source.fetch(window, None)
            told += ingest(conn, domain, dataset, source, arrived, now=NOW)
            settle(conn, domain, dataset, window, NOW)
    return told


def judge(conn: Connection, sent: Sequence[Sent], told: Sequence[Receipt]) -> Counter[str]:
    """No bad row, nothing lost uncounted; and how much of each kind there was."""
    assert _bad(conn) == []
    seen = Counter(payloads=len(sent), unreadable=sum(bool(each.error) for each in told))
    known = sum(each.known for each in told)
    read = 0
    for dataset in dict.fromkeys(each.dataset for each in sent):
        held = books(conn, dataset)
        assert unbalanced(conn, dataset).empty
        mine = [each for each in sent if each.dataset == dataset]
        for each in mine:
            if each.records is not None and each.payload.request in held.index:
                assert held.received[each.payload.request] == each.records, each.payload.body
        read += len(held.index.intersection([each.payload.request for each in mine]))
        seen += Counter(received=int(held.received.sum()), quarantined=int(held.refused.sum()))
    assert read + seen["unreadable"] + known == len(sent)
    query = "select count(*) from warehouse.arrival where accepted"
    [(seen["accepted"],)] = conn.execute(query).fetchall()
    [(seen["observations"],)] = conn.execute(
        "select count(*) from warehouse.observation"
    ).fetchall()
    return seen


def _bad(conn: Connection) -> list[Any]:
    """Rows that cannot be true: of no known series or slot, not whole, or of another day than the
    payload's; and hours that are in force twice. NaN is beyond every number."""
    fine = "value >= 0 and value <= 1000000 and value = floor(value)"
    series = "series in ('boarding', 'alighting')"
    slots = "hour in (4, 24) or hour between 6 and 23"
    rows = conn.execute(
        f"""select p.request, r.series, r.hour, r.value from warehouse.arrival_row r
            join warehouse.arrival a on a.id = r.arrival_id
            join warehouse.payload p on p.id = a.payload_id
            where not coalesce({fine} and {series}
                and case a.grain when 'daily' then hour = -1 else {slots} end
                and p.request like '%%/' || to_char(a.business_date, 'YYYYMMDD'), false)
            union all
            select dataset, series, hour, value from warehouse.observation
            where not coalesce({fine} and {series} and ({slots}), false)
            union all
            select dataset, series, hour, count(*) from warehouse.observation
            where superseded_at is null
            group by dataset, series, business_date, hour having count(*) > 1""",
        {},
    )
    return rows.fetchall()


def _domain(name: str, arrived: Sequence[Payload]) -> tuple[Domain, Sends]:
    sources = {
        each: Sends(
            shape.source,
            replace(shape.source.terms, contract=_contract(shape.source.terms)),
            arrived if each == name else (),
        )
        for each, shape in _SHAPES.items()
        if shape.source.terms
    }
    ranked = [sources["hourly"], sources["card"]]
    return replace(SEONGSU, sources=ranked, feeds=(), weather=""), sources[name]


def _contract(terms: Terms) -> Any:
    return tuple(each for each in terms.contract if each.claim not in _SIZES)


def _of_day(body: bytes, day: date) -> bytes:
    """The body with the day, and counts that are plausible on it, where the damage left room."""
    try:
        pages = unbundle(body)
    except SourceError:
        return body
    told = {DAY: f"{day:%Y%m%d}"} | _counts(day)
    for mark, text in told.items():
        pages = [page.replace(mark.encode(), text.encode()) for page in pages]
    return bundle(pages) if len(pages) > 1 else pages[0]


def _counts(day: date) -> dict[str, str]:
    """What each mark stands for: the hours' counts by card, and then the day's totals."""
    people = list(official.people(day).values())
    parts = [
        count // 3 if card == 0 else count - count // 3
        for of_hour in zip(*people, strict=True)
        for card in range(2)
        for count in of_hour
    ]
    return {_mark(n): str(count) for n, count in enumerate([*parts, *map(sum, people)])}


def _mark(number: int) -> str:
    """Beyond what any station has: a mark that is left makes its record wrong."""
    return str(7_000_000 + number)


def _card_records() -> list[dict[str, Any]]:
    """Those of the small city, ours with marks for its totals."""
    on, off = (int(_mark(4 * len(_HOURS) + n)) for n in range(2))
    return [
        record | ({"GTON_TNOPE": on, "GTOFF_TNOPE": off} if record[_NAME] == "성수" else {})
        for record in COUNT_SHAPES["card"].records()
    ]


def _hourly_records() -> list[dict[str, Any]]:
    """A whole day of ours, each hour by two cards and one of three kinds of people, and a bit of
    another station's."""
    usual = COUNT_SHAPES["hourly"].records()
    ours = [
        usual[0]
        | {
            "pasngHr": f"{hour:02}", "trnscdSeCd": f"{card + 1}",
            "trnscdUserSeCd": f"{number % 3 + 1:02}",
            "rideNope": _mark(4 * number + 2 * card), "gffNope": _mark(4 * number + 2 * card + 1),
        }
        for number, hour in enumerate(_HOURS)
        for card in range(2)
    ]  # fmt: skip
    return [*ours, *(each for each in usual if each["stnNm"] != usual[0]["stnNm"])]


_SHAPES = {
    "hourly": replace(COUNT_SHAPES["hourly"], records=_hourly_records),
    "card": replace(COUNT_SHAPES["card"], records=_card_records),
}
