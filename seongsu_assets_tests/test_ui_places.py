"""Several places behind one app: the way between them, their order, and what each calls things.
What a page shows of a place is judged with the page."""

from datetime import timedelta

import psycopg
import pytest

from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import World, build, morning, said
from ui.strings import TABLES, Words


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def both(page: Page) -> None:
    """The station, and a place that comes before it in the alphabet."""
    page.fill()
    build(page.url, World(FRIDAY, morning(FRIDAY + timedelta(1)), dataset="bitcoin"))
    own = [Words("ko", "bitcoin")(f"level.{place}") for place in range(4)]
    with psycopg.connect(page.url) as conn:
        conn.execute("update warehouse.cutoffs set names = %s where dataset = 'bitcoin'", [own])


def test_the_first_place_is_the_one_that_is_declared_first_and_the_others_can_be_chosen(page):
    both(page)
    app = page.open("en")
    assert "Seongsu Station" in said(app)
    choice = next(box for box in app.selectbox if box.label == TABLES["en"]["places.choose"])
    assert choice.options == ["Seongsu Station", "Bitcoin"]
    choice.select("bitcoin").run()
    assert not app.exception
    assert app.query_params["domain"] == "bitcoin"
    assert "Bitcoin" in said(app)
    assert "Seongsu Station" not in said(app)


def test_where_there_is_one_place_only_there_is_nothing_to_choose(page):
    page.fill()
    assert [box.label for box in page.open("en").selectbox if box.label == "Place"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_counts_in_its_own_unit_and_calls_levels_by_its_own_words(page, language):
    both(page)
    station, coin = (said(page.open(language, domain=name)) for name in ("seongsu", "bitcoin"))
    people, dollars = {"ko": ("명", "달러"), "en": (" people", " US dollars")}[language]
    assert f"7,000{people}" in station
    assert f"7,000{dollars}" in coin
    own = Words(language, "bitcoin")
    assert TABLES[language]["level.3"] in station
    assert own("level.3") in coin
    assert own.name("note", "place") in coin
    assert own.name("note", "place") not in station


def test_a_place_without_words_of_its_own_is_told_in_what_it_declares():
    for language in LANGUAGES:
        t = Words(language, "harbour", "ships per hour")
        assert t("number", value="12") == "12 ships"
        assert t("number.hourly", value="9") == "9 ships per hour"
