"""The page about how right we were, for its tests: over scored days, opened, and what it says.
No assertions here."""

from html import unescape

import pytest

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, Page
from seongsu_assets_tests.ui_world import said


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def fill(page: Page, days: int = 3, came=None, **changes) -> None:
    page.fill(scored=False, **changes)
    ui_past.score(page.url, FRIDAY, days, came)


def plain(app) -> str:
    """What the page says, as it is read."""
    return unescape(" ".join(said(app).split()))


def seen(page: Page, language: str = "ko", **query) -> str:
    return plain(page.open(language, path="right", **query))
