"""A platform that stands on the upstream alone: its clock, its keys, and a day lived as it goes.
No assertion is made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from seongsu_assets import clock, settlement
from seongsu_assets.domain import Domain, Window
from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.domains.seongsu_feeds import STATION
from seongsu_assets.fetching import fetch
from seongsu_assets.settings import settings
from seongsu_assets.sources.files import Files
from seongsu_assets.sources.http import Door
from seongsu_assets.sources.seoul.card_api import CardApi
from seongsu_assets.sources.seoul.station_hourly import StationHourly
from seongsu_assets.wanted import wants
from seongsu_assets.warehouse.answers import Journal
from seongsu_assets.warehouse.postgres import Connection, connect
from seongsu_assets_tests.upstream import KEYS, Upstream
from seongsu_assets_tests.upstream.wire import KST


@contextmanager
def keys(patch: pytest.MonkeyPatch, **given: str) -> Iterator[None]:
    """The settings with these keys, `seoul_key=...`, and none else."""
    for name in ("seoul_key", "seoul_realtime_key", "data_go_kr_key", "kma_hub_key"):
        patch.delenv(f"SEONGSU_{name.upper()}", raising=False)
    for name, value in given.items():
        patch.setenv(f"SEONGSU_{name.upper()}", value)
    settings.cache_clear()
    try:
        yield
    finally:
        patch.undo()
        settings.cache_clear()


def remote_domain(folder: Path) -> Domain:
    """Seongsu from its drop folder and both remote sources of counts; no feeds."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    sources = [Files(inbox, STATION), StationHourly(STATION), CardApi(STATION)]
    return replace(SEONGSU, sources=sources, feeds=(), weather="")


@dataclass
class Life:
    """The platform day by day: what the schedules and the gaps sensor would do."""

    conn: Connection
    domain: Domain
    upstream: Upstream
    patch: pytest.MonkeyPatch
    journal: Connection
    said: list[str] = field(default_factory=list[str])

    def at(self, day: date, hour: int = 21, minute: int = 40) -> None:
        """Sets every clock."""
        moment = datetime.combine(day, time(hour, minute), tzinfo=KST)
        self.upstream.now = moment
        self.patch.setenv("SEONGSU_NOW", moment.isoformat())

    def run(self) -> None:
        """The daily fetch, then whatever the gaps sensor asks for, then settling."""
        last = clock.yesterday("Asia/Seoul")
        self.fetch(Window(last - timedelta(days=self.domain.lateness.refetch_days - 1), last))
        for stage, window in wants(self.conn, self.domain):
            if stage == "ingest":
                self.fetch(window)
        for day in settlement.unsettled(self.conn, self.domain.name):
            window = Window(day, day)
            settlement.settle(self.conn, self.domain, self.domain.name, window, clock.now())

    def fetch(self, window: Window) -> None:
        door = Door(
            Journal(self.journal), settings().key, clock.now, self.upstream.url,
            sleep=lambda _seconds: None,
        )  # fmt: skip
        with door as web:
            fetch(self.conn, self.domain, window, web, self.said.append)


@pytest.fixture
def live(warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    """A platform with the city's key, nothing loaded yet."""
    with (
        keys(monkeypatch, seoul_key=KEYS["seoul"]),
        connect(warehouse_url) as conn,
        connect(warehouse_url) as journal,
        Upstream(seed=7) as upstream,
    ):
        yield Life(conn, remote_domain(tmp_path), upstream, monkeypatch, journal)
