"""The next trains of a station, as the city announces them (realtimeStationArrival, OA-12764).
No timetable and no history: what was not asked in its minute can never be asked again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from seongsu_assets.domain import Parsed, Payload, Terms, Window
from seongsu_assets.errors import NoData, RequestRefused
from seongsu_assets.outside import Absence, Web
from seongsu_assets.sources.answers import is_xml, json_of
from seongsu_assets.sources.claims import between, every_field_is_there
from seongsu_assets.sources.feed import Reading, Saying, as_parsed, asked, each_record, kept
from seongsu_assets.sources.pages import Page
from seongsu_assets.sources.providers import SEOUL_REALTIME
from seongsu_assets.sources.seoul.api_records import Fields
from seongsu_assets.sources.seoul.envelope import raise_code, raise_xml, result_of
from seongsu_assets.sources.values import moment, needed, text, whole

#: What arvlCd means, in the city's order: entering, arrived, left; the same at the station before;
#: on its way. A code that is not listed stays without a meaning.
STATUS = {
    "0": "entering",
    "1": "arrived",
    "2": "departed",
    "3": "departed the station before",
    "4": "entering the station before",
    "5": "arrived at the station before",
    "99": "running",
}

_SERVICE = "realtimeStationArrival"
#: More trains than one station ever announces; 1,000 is the most that may be asked.
_MOST = 100
_WORDS = ("direction", "heading", "destination", "train", "kind", "message", "where")
_LOOK = "look at the stored answer: the shape has changed"

#: As recorded, with the one name that each has had.
FIELDS = Fields(
    {
        "id": ("statnId",),
        "order": ("ordkey",),
        "heard": ("recptnDt",),
        "station": ("statnNm",),
        "line": ("subwayId",),
        "direction": ("updnLine",),
        "heading": ("trainLineNm",),
        "destination": ("bstatnNm",),
        "train": ("btrainNo",),
        "kind": ("btrainSttus",),
        "seconds": ("barvlDt",),
        "status": ("arvlCd",),
        "message": ("arvlMsg2",),
        "where": ("arvlMsg3",),
        "last": ("lstcarAt",),
    }
)

TERMS = Terms(
    SEOUL_REALTIME,
    due_days=0,  # no train in the night is not late
    keeps_days=0,
    contract=(
        every_field_is_there(),
        between(
            "trains_are_of_the_station_asked_for", "ours", 1, None,
            "An answer without one train of the station answers another question.",
        ),
        between(
            "every_announced_train_is_listed", "missing", 0, 0,
            "Fewer trains than the total says are a part of an answer.",
        ),
        between(
            "no_other_station_is_listed", "foreign", None, 0,
            "Trains of other stations are kept as they were said, but nobody asked for them.",
            blocking=False,
        ),
        between(
            "trains_are_understood", "refused", None, 0,
            "A train that is not understood is the first sign of a changed shape.",
            blocking=False,
        ),
        between(
            "trains_are_of_this_minute", "stale_seconds", -60, 600,
            "Some minutes of delay are usual; a newest word of ten minutes ago is a frozen one.",
            blocking=False,
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Trains:
    """Every train announced at the station `station`, of every line that stops there."""

    station: str
    name: str = "trains"
    terms: Terms = TERMS

    def fetch(self, window: Window, web: Web) -> Iterator[Payload | Absence]:
        """What is announced now. No trains, as in the night, are an absence of the last day."""
        station = quote(self.station, safe="")
        path = f"/api/subway/{{key}}/json/{_SERVICE}/0/{_MOST}/{station}"
        read = kept(self.name, announced)
        return asked(web, self.terms, window.last, lambda: web.get(SEOUL_REALTIME, path, {}, read))

    def parse(self, payload: Payload) -> Parsed:
        """READING_COLUMNS: key `{statnId} {ordkey}`, issued_at = at = when the city heard of the
        train. `seconds` until it arrives; `stale_seconds`, how old the word was when it arrived
        here: below zero where the city's clock is ahead. SourceError when it is no list of trains.
        """
        page = announced(payload.body)
        said = list(each_record(page.rows, "train", lambda row: [_train(row, payload.received_at)]))
        trains = [each.attributes for each in said if isinstance(each, Reading)]
        ours = [each["station"] == self.station for each in trains]
        facts = {
            "ours": sum(ours),
            "foreign": len(ours) - sum(ours),
            "missing": page.total - len(page.rows),
            "refused": len(said) - len(trains),
            "missing_fields": FIELDS.facts(page.rows)["missing_fields"],
            "stale_seconds": min((each["stale_seconds"] for each in trains), default=None),
        }
        return as_parsed(said, len(page.rows), facts)


def announced(body: bytes) -> Page:
    """The trains of an answer. Its errors are flat and come under HTTP 200.

    NoData when there is no train, and what `envelope` raises for the other codes."""
    if is_xml(body):
        raise_xml(body)
    document = json_of(body)
    if not isinstance(document, dict) or getattr(document, "repeated", ()):
        raise RequestRefused(f"{_SERVICE} answers with no JSON object", remedy=_LOOK)
    head = document.get("errorMessage", document)
    if not isinstance(head, dict):
        raise RequestRefused(f"{_SERVICE} answers without a head", remedy=_LOOK)
    raise_code(*result_of(head))
    rows = document.get("realtimeArrivalList")
    try:
        total = whole(head.get("total"), "total")
    except ValueError:
        total = None
    if not isinstance(rows, list) or total is None:
        raise RequestRefused(f"{_SERVICE} answers without a list and its total", remedy=_LOOK)
    if not rows and not total:
        raise NoData("no train is announced")
    return Page(rows, total)


def _train(row: Mapping[str, Any], received_at: datetime) -> Saying:
    def word(meaning: str) -> str | None:
        return text(FIELDS.get(row, meaning), meaning)

    key = f"{needed(word('id'), 'statnId')} {needed(word('order'), 'ordkey')}"
    heard = moment(FIELDS.get(row, "heard"), "recptnDt")
    status, last = word("status"), word("last")
    if last not in {"0", "1", None}:
        raise ValueError(f"lstcarAt is neither 0 nor 1: {last}")
    attributes = {
        "station": needed(word("station"), "statnNm"),
        "line": needed(word("line"), "subwayId"),
        **{name: word(name) for name in _WORDS},
        # 0 stands for "not known", also of a train that is far away.
        "seconds": whole(FIELDS.get(row, "seconds"), "barvlDt") or None,
        "status": status,
        "status_meaning": STATUS.get(status or ""),
        "last": None if last is None else int(last),
        "stale_seconds": round((received_at - heard).total_seconds()),
    }
    return key, heard, heard, attributes
