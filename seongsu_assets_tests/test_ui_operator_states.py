"""The operator's page over a warehouse that is empty, old, lost, generated or of another shape.
What it says of a good forecast is in the other files of the operator's page."""

from datetime import timedelta

import psycopg
import pytest

import ui.data
from seongsu_assets_tests.adjusting import enter, entry
from seongsu_assets_tests.ui_operator import ISSUED, MONDAY, api, inside, page, plain
from seongsu_assets_tests.ui_page import LANGUAGES
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_warehouse_explains_and_names_the_command(page, language):
    text = plain(inside(page, language))
    assert TABLES[language]["empty.title"] in text
    assert "seongsu run seongsu" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_an_old_forecast_no_staff_is_planned(page, language):
    page.fill()
    page.now = ISSUED + timedelta(hours=60)
    text, words = plain(inside(page, language)), TABLES[language]
    assert words["operator.stale"] in text
    assert words["planner.title"] not in text
    assert words["event.title"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_gives_the_last_values_with_their_age_or_a_plain_message(page, language):
    page.fill()
    inside(page, language)
    page.lose()
    page.now += timedelta(minutes=7)
    kept = plain(inside(page, language))
    age = {"ko": "7분 전", "en": "7 min ago"}[language]
    words = TABLES[language]
    assert words["error.kept"].format(age=age) in kept
    assert words["planner.title"] in kept
    ui.data._last().clear()
    bare = plain(inside(page, language))
    assert words["error.title"] in bare
    assert words["planner.title"] not in bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_data_says_so_on_the_page_and_on_the_sheet(page, language):
    page.fill(dataset="seongsu@sample")
    text = plain(inside(page, language, chance="30"))
    assert text.count(TABLES[language]["sample"]) == 2


@pytest.mark.parametrize("tier", ["last_good", "profile"])
def test_a_fallback_says_so(page, tier):
    page.fill(tier=tier)
    assert TABLES["ko"][f"fallback.{tier}"] in plain(inside(page))


def test_a_page_asks_at_most_five_questions_and_none_again(page, monkeypatch):
    page.fill()
    enter(page.url, entry(MONDAY), ISSUED)
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(conn, query, *rest, **named):
        asked.append(query.as_string(conn) if hasattr(query, "as_string") else str(query))
        return execute(conn, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    app = inside(page)
    app.run()
    reads = [query for query in asked if "published" in query]
    assert len(reads) == 5
    assert all("warehouse." not in query for query in reads)


def test_a_warehouse_of_another_shape_is_an_error_not_a_traceback(page):
    page.fill()
    with psycopg.connect(page.url) as conn:
        conn.execute("drop view published.adjustment")
    assert TABLES["ko"]["error.title"] in plain(inside(page))
