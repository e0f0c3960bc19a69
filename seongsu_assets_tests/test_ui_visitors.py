"""The app as it is started, before visitors who come at once: what a page sends, whose it is, and
how often it asks. How long it takes them is measured in bench_ui."""

import asyncio
import time
from collections import defaultdict

import pytest

from seongsu_assets.warehouse.migrating import migrate
from seongsu_assets.warehouse.postgres import connect
from seongsu_assets_tests import bench_ui, ui_past
from seongsu_assets_tests.browser.site import paths, served
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, NOW, Page, queries
from seongsu_assets_tests.visitor import arrived

MOST_QUERIES, MOST_BYTES = 5, 200_000
VISITORS, SECONDS = 10, 5


@pytest.fixture(scope="module")
def address(server, tmp_path_factory, worker_id):
    name = f"visited_{worker_id}"
    server.ensure_database(name)
    with connect(server.url(name)) as conn:
        migrate(conn)
    ui_past.live(server.url(name), FRIDAY)
    told = {"DATABASE_URL": server.url(name), "SEONGSU_NOW": NOW.isoformat()}
    with served(server, tmp_path_factory.mktemp("visited"), **told) as at:
        yield at


@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_a_page_sends_little_and_renews_itself_without_an_error(address, path):
    async def look():
        async with arrived(address) as visitor:
            heard = [await visitor.visit(path, lang=language) for language in LANGUAGES]
            return [*heard, await visitor.renew()] if visitor.fragment else heard

    for heard in asyncio.run(look()):
        assert not heard.failed
        assert 'class="ds' in heard.markup
        assert heard.bytes <= MOST_BYTES


@pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
def test_a_page_asks_few_questions_and_none_again(monkeypatch, warehouse_url, path):
    page = Page(monkeypatch, warehouse_url)
    ui_past.live(warehouse_url, FRIDAY)
    asked = queries(monkeypatch)
    page.open(path=path)
    first = [query for query in asked if "published" in query]
    assert len(first) <= MOST_QUERIES
    asked.clear()
    page.open(path=path)
    assert [query for query in asked if "published" in query] == []


def test_visitors_who_come_at_once_see_their_own_choices_and_no_others(address, monkeypatch):
    monkeypatch.setattr(bench_ui, "REST", 0.1)

    async def come():
        told, until = defaultdict(list), time.monotonic() + SECONDS
        crowd = [bench_ui.come(address, number, until, told) for number in range(VISITORS)]
        return await asyncio.gather(*crowd), told

    wrong, told = asyncio.run(come())
    assert [each for found in wrong for each in found] == []
    assert sum(map(len, told.values())) > VISITORS


def test_a_leak_would_be_noticed(address):
    async def look():
        async with arrived(address) as visitor:
            return await visitor.visit("when", **bench_ui.choices(3))

    heard = asyncio.run(look())
    assert bench_ui.leaks(heard, "when", bench_ui.choices(3)) == []
    assert bench_ui.leaks(heard, "when", bench_ui.choices(4)) != []
