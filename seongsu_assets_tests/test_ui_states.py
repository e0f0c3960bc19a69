"""States that pages about the past share: empty, generated, old, lost, awaited, of another shape.
What each page says of good data is in its own files."""

from datetime import timedelta

import psycopg
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui.data
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, UI, queries
from seongsu_assets_tests.ui_right import fill, page, plain
from seongsu_assets_tests.ui_world import html, morning, said
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_page_asks_at_most_five_questions_and_none_again(page, monkeypatch, path):
    fill(page)
    asked = queries(monkeypatch)
    page.open(path=path)
    page.open(path=path)
    reads = [query for query in asked if "published" in query]
    assert 2 <= len(reads) <= 5
    assert all("warehouse." not in query for query in reads)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_an_empty_warehouse_explains_and_names_the_command(page, language, path):
    text = plain(page.open(language, path=path))
    assert TABLES[language][f"{path}.empty.title"] in text
    assert "seongsu run seongsu" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_generated_data_says_so_on_every_page_and_real_data_does_not(page, language, path):
    page.fill(dataset="seongsu@sample")
    banner = TABLES[language]["sample"]
    assert banner in said(page.open(language, path=path))


def test_real_data_wears_no_banner(page):
    fill(page)
    assert "ds banner" not in html(page.open(path="right"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("hours", "stale", "stopped"), [(0, False, False), (40, False, False), (60, True, False),
                                    (24 * 4 + 1, True, True)],
)  # fmt: skip
def test_what_is_old_says_so_and_what_is_fresh_does_not(page, language, hours, stale, stopped):
    """Issued on the 21st at 7; measured to the 20th, and from the 25th on four days behind."""
    fill(page)
    page.now += timedelta(hours=hours)
    for path in ("right", "sources"):
        text = plain(page.open(language, path=path))
        assert (TABLES[language]["stale.page"].partition("{age}")[0] in text) is stale
        assert (TABLES[language]["stopped"].partition("{age}")[0] in text) is stopped


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_lost_database_gives_the_last_values_with_their_age_or_a_plain_message(
    page, language, path
):
    fill(page)
    ui_past.decide(page.url, [(morning(FRIDAY), "m1", "first", "no champion yet; 0.31 of x")])
    before = len(said(page.open(language, path=path)))
    page.lose()
    page.now += timedelta(minutes=7)
    kept = said(page.open(language, path=path))
    age = {"ko": "7분 전", "en": "7 min ago"}[language]
    assert TABLES[language]["error.kept"].format(age=age) in kept
    assert len(kept) > before
    st.cache_resource.clear()
    bare = said(page.open(language, path=path))
    assert TABLES[language]["error.title"] in bare
    assert "Traceback" not in bare


@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_warehouse_of_another_shape_is_an_error_not_a_traceback(page, path):
    with psycopg.connect(page.url) as conn:
        conn.execute("drop view published.data_status")
    assert TABLES["ko"]["error.title"] in said(page.open(path=path))


def test_while_the_first_answer_is_awaited_the_shape_of_the_page_stands_there(page, monkeypatch):
    fill(page, 1)

    def never(*_):
        raise TimeoutError

    monkeypatch.setattr("ui.shell.answer", never)
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=30)
    page.go(app, "right")
    app.run()
    assert len(app.get("skeleton")) == 1
    monkeypatch.setattr("ui.shell.answer", ui.data.answer)
    app.run()
    assert len(app.get("skeleton")) == 0
    assert not app.exception
