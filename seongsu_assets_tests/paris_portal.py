"""A portal that speaks as Paris Open Data does, over real HTTP, with vices on demand.
No tests here."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from seongsu_assets import validation
from seongsu_assets.domain import Payload, Window
from seongsu_assets.outside import Absence
from seongsu_assets.sources.paris.counters import DATASET, Counters
from seongsu_assets.sources.paris.counts import instants
from seongsu_assets_tests.doors import Notes, door
from seongsu_assets_tests.misbehaving import head, misbehaving, says

COUNTERS = Counters()
DAY = date(2026, 2, 27)
#: 25 and 23 hours.
CLOCKS_BACK, CLOCKS_FORWARD = date(2025, 10, 26), date(2025, 3, 30)

_BOUND = re.compile(r"date >= date'(.*)' AND date < date'(.*)'")


def record(counter: str, begins: datetime, bikes: Any = 7, **changed: Any) -> dict[str, Any]:
    """What the portal says of one hour, and more than anybody asks for."""
    usual = {
        "id_compteur": counter, "nom_compteur": f"Rue {counter} N-S", "sum_counts": bikes,
        "date": begins.isoformat(), "coordinates": {"lon": 2.35, "lat": 48.85},
        "id": counter.partition("-")[0], "installation_date": "2018-11-28",
        "url_photos_n1": "https://example.org/photo",
    }  # fmt: skip
    return usual | changed


def day_of(day: date, counters: int = 60) -> list[dict[str, Any]]:
    """All counters in all hours, with a different count in each."""
    return [
        record(f"1000{n:05}-{n}", begins, 24 * n + place)
        for n in range(counters)
        for place, begins in enumerate(instants(day))
    ]


@dataclass
class Portal:
    """`replies` are given before anything else, by endpoint; of one with status 0 the portal hangs
    up before its end. At most `size` records stand on a page
    and `export` in an export; `blind` is one that knows no offset, `writing` one that adds a
    record after each answer."""

    records: list[dict[str, Any]]
    size: int = 100
    export: int = 10**9
    blind: bool = False
    writing: bool = False
    replies: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict[str, Any])
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list[Any])

    def __call__(self, asked: str) -> Iterator[bytes]:
        address = urlsplit(asked.split(" ")[1])
        endpoint = address.path.split(f"{DATASET}/")[1]
        asks = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.asked.append((endpoint, asks))
        waiting = self.replies.get(endpoint)
        status, body = waiting.pop(0) if waiting else self._answer(endpoint, asks)
        if not status:
            return iter([head(200, Content_Length=str(len(body) + 9)) + body])
        return says(body, status)(asked)

    def _answer(self, endpoint: str, asks: dict[str, str]) -> tuple[int, bytes]:
        found = self._found(asks)
        if endpoint == "exports/json":
            return 200, json.dumps(found[: self.export]).encode()
        limit, offset = int(asks["limit"]), int(asks.get("offset", 0))
        if limit > 100 or limit + offset > 10_000:
            said = {"error_code": "InvalidRESTParameterError", "message": f"{limit} and {offset}"}
            return 400, json.dumps(said).encode()
        first = 0 if self.blind else offset
        rows = found[first : first + min(limit, self.size)]
        if self.writing:
            self.records.append({**self.records[0], "sum_counts": 9_000 + len(self.asked)})
        return 200, json.dumps({"total_count": len(found), "results": rows}).encode()

    def _found(self, asks: dict[str, str]) -> list[dict[str, Any]]:
        """A bare time is one of UTC, as the timezone asked for says."""
        assert asks["timezone"] == "UTC"
        bounds = _BOUND.fullmatch(asks["where"])
        assert bounds, asks["where"]
        first, last = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in bounds.groups())
        names = asks["select"].split(",")
        inside = [
            {name: each[name] for name in names}
            for each in self.records
            if first <= datetime.fromisoformat(each["date"]) < last
        ]
        return sorted(inside, key=lambda each: (each["date"], each["id_compteur"]))


def ask(portal: Portal, first: date = DAY, last: date | None = None) -> list[Payload | Absence]:
    """What a fetch brings of some days."""
    with (
        misbehaving(portal) as server,
        door(Notes(10_000), upstream=server.url) as web,
    ):
        return list(COUNTERS.fetch(Window(first, last or first), web))


def payload(portal: Portal, day: date = DAY) -> Payload:
    """The one payload of a day."""
    (brought,) = ask(portal, day)
    assert isinstance(brought, Payload), brought
    return brought


def absence(portal: Portal, day: date = DAY) -> Absence:
    (brought,) = ask(portal, day)
    assert isinstance(brought, Absence), brought
    return brought


def arrived(records: Sequence[Any], day: date = DAY, total: int | None = None) -> Payload:
    """A payload of one page, as nobody fetches it."""
    tree = {"total_count": len(records) if total is None else total, "results": list(records)}
    received = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=1)
    return Payload(COUNTERS.name, f"{DATASET}/{day:%Y%m%d}", json.dumps(tree).encode(), received)


def broken(brought: Payload) -> set[str]:
    """The claims of the contract that a payload breaks."""
    facts = pd.DataFrame([dict(COUNTERS.parse(brought).facts)])
    results = validation.check(facts, COUNTERS.terms.contract)
    return {each.expectation.claim for each in results if not each.success}
