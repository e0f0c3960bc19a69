"""Fixtures: one browser, and the app on one small world, for the session.
The tests of this folder are skipped where the browser or the checker is absent."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from seongsu_assets.warehouse.embedded import Server
from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests.browser import chromium, looking
from seongsu_assets_tests.browser.chromium import Chromium
from seongsu_assets_tests.browser.site import served
from seongsu_assets_tests.ui_world import World, build, morning

NOW = datetime.fromisoformat("2026-11-21T14:06:00+09:00")
SATURDAY = NOW.date()
#: One fresh, and others under names of their own: old, late, and measured but without a forecast.
WORLDS = [
    World(SATURDAY - timedelta(1), morning(SATURDAY)),
    World(SATURDAY - timedelta(4), morning(SATURDAY - timedelta(3)), dataset="worn@sample",
          tier="profile", missing_hour=16),
    World(SATURDAY - timedelta(2), morning(SATURDAY - timedelta(1)), dataset="tardy",
          tier="last_good", scored=False),
    World(SATURDAY - timedelta(1), morning(SATURDAY), dataset="unborn", forecast=False),
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [
        said
        for file, said in (
            (chromium.EXECUTABLE, "no browser: install Debian's chromium"),
            (looking.AXE, "no checker of accessibility: `npm ci --prefix tools`"),
        )
        if not file.exists()
    ]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing[0]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    with Chromium() as found:
        yield found


@pytest.fixture(scope="session")
def base(server: Server, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    """The address of the app, on a Saturday afternoon, or on the database that SEONGSU_SHOWN names
    at its own time."""
    home = tmp_path_factory.mktemp("pages")
    if given := os.environ.get("SEONGSU_SHOWN"):
        with served(server, home, DATABASE_URL=given) as address:
            yield address
        return
    name = f"pages_{worker_id}"
    server.ensure_database(name)
    url = server.url(name)
    with connect(url) as conn:
        migrate(conn)
    for world in WORLDS:
        build(url, world)
    with served(server, home, DATABASE_URL=url, SEONGSU_NOW=NOW.isoformat()) as address:
        yield address


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: SEONGSU_SCREENSHOTS, or a temporary folder."""
    given = os.environ.get("SEONGSU_SCREENSHOTS")
    folder = Path(given) if given else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
