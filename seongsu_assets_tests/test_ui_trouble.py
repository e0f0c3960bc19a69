"""Every page before a database that is away, slow, closed to it, or of another version, in both
languages: no traceback, no bare axis, no number that nobody read. Browsers are in browser/."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from psycopg import sql

import ui.data
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.browser.site import paths
from seongsu_assets_tests.ui_page import FRIDAY, Page
from seongsu_assets_tests.ui_world import charts, said
from ui.strings import TABLES

EVERY = pytest.mark.parametrize("path", paths(), ids=lambda path: path or "first")
Trouble = Callable[[Page], AbstractContextManager[None]]


@pytest.fixture
def page(monkeypatch, warehouse_url):
    found = Page(monkeypatch, warehouse_url)
    found.sign_in()
    return found


@contextmanager
def away(page: Page) -> Iterator[None]:
    page.url = "host=127.0.0.1 port=9"
    yield


@contextmanager
def closed(page: Page) -> Iterator[None]:
    """The reader may not look at what is published."""
    with psycopg.connect(page.url, autocommit=True) as conn:
        conn.execute("revoke usage on schema published from seongsu_reader")
        yield


@contextmanager
def slow(page: Page) -> Iterator[None]:
    """Somebody holds every table for longer than a page waits."""
    page.monkeypatch.setattr(ui.data, "LONGEST_MS", 50)
    with psycopg.connect(page.url) as conn:
        for (table,) in conn.execute(
            "select tablename from pg_tables where schemaname = 'warehouse'"
        ).fetchall():
            conn.execute(sql.SQL("lock table warehouse.{}").format(sql.Identifier(table)))
        yield


@contextmanager
def newer(page: Page) -> Iterator[None]:
    """A later version has given every published view another name."""
    _rename(page, "select table_name from information_schema.views where table_schema='published'",
            "alter view published.{0} rename to {1}")  # fmt: skip
    yield


@contextmanager
def changed(page: Page) -> Iterator[None]:
    """A later version has given the columns that say whose a row is another name."""
    _rename(page, """select table_name from information_schema.columns
                     where table_schema = 'published' and column_name = 'domain'""",
            "alter view published.{0} rename column domain to {2}")  # fmt: skip
    yield


def _rename(page: Page, which: str, how: str) -> None:
    with psycopg.connect(page.url) as conn:
        for (view,) in conn.execute(which).fetchall():
            names = (view, f"{view}_2", "dataset_name")
            conn.execute(sql.SQL(how).format(*map(sql.Identifier, names)))


@EVERY
@pytest.mark.parametrize(
    ("trouble", "language"),
    [(away, "ko"), (away, "en"), (closed, "en"), (slow, "ko"), (newer, "en"), (changed, "ko")],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_a_page_whose_rows_cannot_be_read_says_so_and_draws_nothing(page, trouble, language, path):
    page.fill()
    with trouble(page):
        app = page.open(language, path=path)
    assert TABLES[language]["error.title"] in said(app)
    assert charts(app) == []
    assert not app.get("arrow_table")


@EVERY
@pytest.mark.parametrize("trouble", [away, slow, newer], ids=lambda t: t.__name__)
def test_what_was_read_before_stays_with_its_age(page, trouble, path):
    ui_past.live(page.url, FRIDAY)
    page.open(path=path)
    ui.data._read.clear()
    with trouble(page):
        app = page.open(path=path)
    assert TABLES["ko"]["error.kept"].partition("{age}")[2] in said(app)
    assert TABLES["ko"]["error.title"] not in said(app)
