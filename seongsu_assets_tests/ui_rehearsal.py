"""The page about rehearsals for its tests, opened on the machine that serves it.
No assertions here; progress written by hand is in ui_rehearsed."""

from html import unescape

import pytest

import ui.data
from seongsu_assets.rehearsal import homes, starting
from seongsu_assets_tests.ui_page import LANGUAGES, NOW, Page
from seongsu_assets_tests.ui_world import said
from ui.pages.rehearsal import page as shown

HOSTILE = "<script>alert(1)</script>"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def page(monkeypatch, warehouse_url, tmp_path):
    """A page opened on the machine that serves it, with days enough to rehearse."""
    monkeypatch.setattr(shown, "allowed", lambda: True)
    monkeypatch.setattr(starting, "folder", lambda: tmp_path)
    monkeypatch.setattr("seongsu_assets.clock.life", lambda: NOW)
    page = Page(monkeypatch, warehouse_url)
    page.folder, page.clicked = tmp_path, []
    return page


@pytest.fixture
def alive(monkeypatch):
    """The process of the newest home lives."""
    monkeypatch.setattr(homes, "holder", lambda folder: (4711, homes.all_of(folder)[0]))


def words(app) -> str:
    return unescape(" ".join(said(app).split()))


def opened(page, language="ko", **query):
    ui.data._read.clear()
    return page.open(language, path="rehearsal", **query)


def labels(app) -> list[str]:
    return [each.label for each in app.button]
