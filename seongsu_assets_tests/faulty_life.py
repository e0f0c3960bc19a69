"""Weeks lived through quickly, and days taken in piece by piece, for tests of faults.
What then stands in the warehouse is told by `faulty`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from seongsu_assets import clock, settlement
from seongsu_assets.domain import Parsed, Payload, Source, Window, ranges
from seongsu_assets.domains.seongsu_feeds import STATION
from seongsu_assets.errors import SourceError
from seongsu_assets.fetching import fetch
from seongsu_assets.ingest import ingest
from seongsu_assets.outside import Web
from seongsu_assets.settings import settings
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.sources.seoul.station_hourly import TERMS, StationHourly
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets.warehouse.postgres import frame
from seongsu_assets_tests.faulty import DATASET, TODAY, ago
from seongsu_assets_tests.rehearsing import Life
from seongsu_assets_tests.upstream.wire import Request
from seongsu_assets_tests.world import DUMPS


def only(day: date) -> Window:
    return Window(day, day)


def asks_for(day: date) -> Callable[[Request], bool]:
    """Whether a request is about that day: for `Upstream.fault`."""
    return lambda asked: asked.day == day


@dataclass(frozen=True)
class Nothing:
    """A sample without a day: what is generated costs time, and no fault is in it."""

    name: str = "sample"
    terms: None = None

    def fetch(self, window: Window, web: Web) -> tuple[()]:  # noqa: ARG002 - a Source
        return ()

    def parse(self, payload: Payload) -> Parsed:
        raise SourceError(f"{payload.request} was never sent")


def begun(life: Life) -> None:
    """The platform stands at TODAY and holds nothing."""
    life.at(TODAY)
    life.domain = replace(life.domain, sample=Nothing())


@contextmanager
def patient(life: Life) -> Iterator[None]:
    """A publisher that forgets no hour, and a source that knows it."""
    usual, keeps = life.domain, life.upstream.options.hourly_keeps
    terms = replace(TERMS, keeps_days=400)
    life.domain = replace(usual, sources=[StationHourly(STATION, terms=terms), CardApi(STATION)])
    life.upstream.options.hourly_keeps = 400
    yield
    life.domain, life.upstream.options.hourly_keeps = usual, keeps


def settled(life: Life) -> list[date]:
    """Settles what waits to be settled; the days that changed."""
    waiting = settlement.unsettled(life.conn, DATASET)
    if not waiting:
        return []
    window = Window(waiting[0], waiting[-1])
    return settlement.settle(life.conn, life.domain, DATASET, window, clock.now())


def lived(life: Life, days: int = 21) -> None:
    """The platform holds so many days up to the day before yesterday, and stands at TODAY."""
    begun(life)
    with patient(life):
        life.fetch(Window(ago(days + 1), ago(2)))
        settled(life)


def through(life: Life, window: Window, **options: Any) -> None:
    """A fetch through a door of another kind."""
    with door(life, **options) as web:
        fetch(life.conn, life.domain, window, web, life.said.append)


def asked(life: Life, window: Window) -> list[tuple[Source, Payload]]:
    """What the sources bring of the window, without taking it in."""
    with door(life) as web:
        return [
            (source, each)
            for source in life.domain.sources
            for each in source.fetch(window, web)
            if isinstance(each, Payload)
        ]


def landed(
    life: Life, dataset: str, batches: Iterable[Sequence[tuple[Source, Payload]]]
) -> dict[str, pd.DataFrame]:
    """Each batch taken in and settled before the next arrives: what then stands in the tables."""
    for batch in batches:
        for source in life.domain.sources:
            mine = [payload for of, payload in batch if of is source]
            ingest(life.conn, life.domain, dataset, source, mine, now=clock.now())
        for window in ranges(settlement.unsettled(life.conn, dataset)):
            settlement.settle(life.conn, life.domain, dataset, window, clock.now())
    return {
        "observation": frame(
            life.conn,
            """select series, business_date, hour, value, estimated from warehouse.observation
               where dataset = %s and superseded_at is null order by 1, 2, 3""",
            (dataset,),
        ),
        "settlement": frame(
            life.conn,
            f"""select {DUMPS["settlement"].removeprefix("dataset, ")} as held
                from warehouse.settlement where dataset = %s order by 1""",
            (dataset,),
        ),
    }


def door(life: Life, **options: Any) -> Door:
    """The door that `Life` uses, with options of its own."""
    usual = {"upstream": life.upstream.url, "sleep": lambda _seconds: None}
    return Door(Journal(life.journal), settings().key, clock.now, **(usual | options))
