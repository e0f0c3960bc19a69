"""Entering an event on the operator's page: what is sent, what is refused, what is told.
The list of events is in test_ui_operator_event_list; what the API does, in test_api_events."""

import re
from datetime import timedelta

import pytest

from seongsu_assets_tests.adjusting import enter, entry
from seongsu_assets_tests.answering_api import KEY
from seongsu_assets_tests.ui_operator import (
    ISSUED,
    MONDAY,
    SATURDAY,
    api,
    button,
    inside,
    page,
    plain,
    titles,
)
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from seongsu_assets_tests.ui_world import at
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


def fill_in(app, *, day=MONDAY, first=17, last=20, name="성수 팝업", people=500):
    app.selectbox(key="event_day").set_value(day)
    app.selectbox(key="event_from").set_value(first)
    app.selectbox(key="event_to").set_value(last)
    app.text_input(key="event_name").set_value(name)
    app.number_input(key="event_people").set_value(people)
    return app


def send(app, language: str = "ko"):
    button(app, TABLES[language]["event.enter"]).click()
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_is_sent_with_the_key_and_the_form_is_empty_again(page, api, language):
    page.fill()
    app = send(fill_in(inside(page, language)), language)
    [asked] = [each for each in api.asked if each.path == "/events"]
    assert asked.key == f"Bearer {KEY}"
    assert {name: value for name, value in asked.body.items() if name != "id"} == {
        "domain": "seongsu", "business_date": "2026-11-23", "from_hour": 17, "to_hour": 20,
        "name": "성수 팝업", "people": 500,
    }  # fmt: skip
    assert re.fullmatch(r"[0-9a-f-]{36}", asked.body["id"])
    assert TABLES[language]["event.said.entered"] in plain(app)
    assert app.text_input(key="event_name").value == ""
    assert app.number_input(key="event_people").value is None


def test_what_was_entered_is_seen_at_once_and_another_gets_another_id(page, api):
    page.fill()
    app = inside(page)
    enter(page.url, entry(MONDAY), ISSUED)  # what the API would do
    text = plain(send(fill_in(app)))
    assert "성수 팝업 반영 중" in text
    assert TABLES["ko"]["event.said.entered"] not in plain(app.run())
    send(fill_in(app))
    first, second = (each.body["id"] for each in api.asked if each.path == "/events")
    assert first != second


def test_sent_again_after_a_lost_answer_it_is_the_same_event(page, api):
    page.fill()
    api.answers["/events"] = (503, {})
    app = send(fill_in(inside(page)))
    assert TABLES["ko"]["operator.said.away"] in plain(app)
    assert app.text_input(key="event_name").value == "성수 팝업"
    send(app)
    first, second = (each.body for each in api.asked if each.path == "/events")
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last": 17}, "hours"),
        ({"first": 18, "last": 10}, "hours"),
        ({"name": "  "}, "name"),
        ({"people": None}, "people"),
        ({"people": 0}, "people"),
        ({"day": SATURDAY, "first": 8}, "begun"),
    ],
)
def test_what_makes_no_sense_is_said_without_asking(page, api, language, changes, why):
    page.fill()
    text = plain(send(fill_in(inside(page, language), **changes), language))
    assert TABLES[language][f"event.said.{why}"] in text
    assert "/events" not in [each.path for each in api.asked]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "said"), [(404, "missing"), (409, "late"), (422, "wrong"), (429, "busy")]
)
def test_what_the_api_refuses_is_told_in_the_language_of_the_page(
    page, api, language, status, said
):
    page.fill()
    api.answers["/events"] = (status, {"detail": "hidden"})
    text = plain(send(fill_in(inside(page, language)), language))
    assert TABLES[language][f"operator.said.{said}"].format(seconds=1) in text
    assert "hidden" not in text


def test_a_key_that_is_good_no_more_signs_out_and_says_so(page, api):
    page.fill()
    app = fill_in(inside(page))
    api.answers["/events"] = (401, {})
    assert TABLES["ko"]["operator.said.refused"] in plain(send(app))
    assert TABLES["ko"]["event.title"] not in titles(app)
    assert "operator_signed" not in app.session_state


def test_an_hour_that_has_begun_cannot_be_chosen_when_nothing_follows(page):
    page.fill()
    page.now = at(FRIDAY + timedelta(7), 23) + timedelta(minutes=1)
    app = inside(page)
    assert TABLES["ko"]["event.none"] in plain(app)
    assert not app.number_input
