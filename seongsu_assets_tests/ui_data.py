"""The page about data for its tests: opened, and what it says.
No assertions here."""

from datetime import date, timedelta
from html import unescape

import pytest

import ui.data
from seongsu_assets_tests.ui_page import FRIDAY, Page
from seongsu_assets_tests.ui_world import said

#: The day of the tests' clock, in Seoul.
TODAY = FRIDAY + timedelta(1)


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def seen(page: Page, language: str = "ko") -> str:
    ui.data._read.clear()
    return unescape(" ".join(said(page.open(language, path="sources")).split()))


def before(days: int) -> date:
    return FRIDAY - timedelta(days)
