"""The guidebook while Dagster or the database is away, empty, slow or of another version.
What it shows of an answer is in test_ui_guidebook."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from seongsu_assets_tests import ui_dagster
from seongsu_assets_tests.graphql_desk import GraphqlDesk
from seongsu_assets_tests.ui_dagster import at, buttons, never_run, opened, plain
from seongsu_assets_tests.ui_page import LANGUAGES, Page
from seongsu_assets_tests.ui_world import html
from ui.pages.guidebook import asking
from ui.strings import TABLES


@pytest.fixture
def dagster() -> Iterator[GraphqlDesk]:
    with ui_dagster.desk() as desk:
        yield desk


@pytest.fixture
def page(monkeypatch, warehouse_url, dagster) -> Page:
    return ui_dagster.page(monkeypatch, warehouse_url, dagster)


AWAY = {
    "nobody there": {"url": "http://127.0.0.1:9"},
    "an error": {"status": 500},
    "elsewhere": {"status": 302},
    "a refusal": {"answer": {"errors": [{"message": "no"}]}},
    "odd": {"answer": {"data": {"assetNodes": [{}]}}},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", AWAY)
def test_without_an_answer_it_says_since_when_and_the_rest_stands(
    page, dagster, monkeypatch, how, language
):
    page.fill()
    for name, value in AWAY[how].items():
        setattr(dagster, name, value)
    at(monkeypatch, pages=dagster.url)
    app = opened(page, language, stage="published")
    words, text = TABLES[language], plain(app)
    since = {"ko": "11/22(일) 09:40 KST", "en": "Sun 22 Nov 09:40 KST"}[language]
    assert words["graph.silent"].format(at=since) in text
    assert "seongsu up" in text
    assert words["stage_text.published"] in text
    assert "published.forecast" in text
    assert words["ladder.10.text"] in text
    assert set(buttons(app)) >= {"raw", "features", "published"}
    assert all(words["stage_state.unknown"] in label for label in buttons(app).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_is_away_what_was_heard_last_stays_with_its_age(page, dagster, language):
    page.fill()
    opened(page, language)
    dagster.status = 500
    for minutes in (10, 7):
        page.now += timedelta(minutes=minutes)
        asking._ask.clear()
        text = plain(opened(page, language))
    words = TABLES[language]
    since = {"ko": "11/22(일) 09:50 KST", "en": "Sun 22 Nov 09:50 KST"}[language]
    age = words["age.minutes"].format(value=17)
    said_so = f"{words['graph.silent'].format(at=since)} {words['graph.kept'].format(age=age)}"
    assert said_so in text
    assert words["graph.stages"].format(stages=22) in text
    dagster.status = 200
    asking._ask.clear()
    assert words["graph.kept"].format(age=age) not in plain(opened(page, language))


def test_an_answer_that_does_not_come_is_not_waited_for(page, dagster, monkeypatch):
    page.fill()
    monkeypatch.setattr(asking, "LONGEST", 0.2)
    dagster.delay = 2.0
    since = TABLES["ko"]["graph.silent"].format(at="11/22(일) 09:40 KST")
    assert since in plain(opened(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_on_its_own_says_that_nobody_told_it_of_dagster(page, monkeypatch, language):
    page.fill()
    at(monkeypatch)
    app = opened(page, language, stage="raw")
    words, text = TABLES[language], plain(app)
    assert words["graph.unknown"] in text
    assert words["engines.none"] in text
    assert words["stage_text.raw"] in text
    assert "_blank" not in html(app)


def test_a_graph_that_does_not_load_is_not_an_empty_one(page, dagster):
    page.fill()
    dagster.answer["data"]["assetNodes"] = []
    text = plain(opened(page))
    assert TABLES["ko"]["graph.not_loaded"] in text
    assert "dagster definitions validate" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_platform_that_never_ran_says_how_to_begin(page, dagster, language):
    never_run(dagster.answer)
    text = plain(opened(page, language, stage="raw"))
    words = TABLES[language]
    assert words["graph.nothing_yet"] in text
    assert "seongsu run seongsu" in text
    assert words["stage.never"] in text
    assert words["guidebook.empty"] in text
    assert words["newest.none"].format(view="source_status") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_database_the_graph_and_the_texts_stand(page, language):
    page.lose()
    app = opened(page, language, stage="published")
    words, text = TABLES[language], plain(app)
    assert words["error.title"] in text
    assert words["stage_text.published"] in text
    assert words["graph.stages"].format(stages=22) in text
    assert words["ladder.5.text"] in text


def test_the_last_rows_stay_while_the_database_is_away(page):
    page.fill()
    opened(page, stage="published")
    page.lose()
    text = plain(opened(page, stage="published"))
    assert TABLES["ko"]["newest.failed"] in text
    assert "published.forecast" in text
