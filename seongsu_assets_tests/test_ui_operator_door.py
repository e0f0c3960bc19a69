"""The door of the operator's page: who is let in, what others are told, and where the key is kept.
What is behind the door is in the other files of the operator's page."""

import pytest

import ui.data
from seongsu_assets.api.limits import Rate
from seongsu_assets.settings import Settings
from seongsu_assets_tests.adjusting import BY, enter, entry
from seongsu_assets_tests.answering_api import KEY
from seongsu_assets_tests.ui_operator import (
    ISSUED,
    MONDAY,
    api,
    button,
    inside,
    opened,
    page,
    plain,
    sign_in,
    titles,
)
from seongsu_assets_tests.ui_page import LANGUAGES
from seongsu_assets_tests.ui_world import html
from ui.pages.operator import desk
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_sees_the_plan_or_a_form_for_events_without_the_key(page, language):
    page.fill()
    enter(page.url, entry(MONDAY), ISSUED)
    app = opened(page, language)
    text, words = plain(app), TABLES[language]
    assert words["operator.title"] in text
    assert words["operator.offer.3"] in text
    for hidden in ("planner.title", "sheet.title", "event.title", "events.title"):
        assert words[hidden] not in titles(app)
    assert [each.label for each in app.button] == [words["operator.sign_in"]]
    assert [each.label for each in app.text_input] == [words["operator.key"]]
    assert app.text_input[0].proto.type == app.text_input[0].proto.PASSWORD
    assert not app.get("download_button")
    assert "성수 팝업" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_key_everything_is_there_and_who_it_is(page, api, language):
    page.fill()
    app = inside(page, language)
    words, text = TABLES[language], plain(app)
    for shown in ("planner.title", "event.title", "events.title", "alarms.title"):
        assert words[shown] in titles(app)
    assert words["operator.signed"].format(fingerprint=BY) in text
    assert [each.path for each in api.asked] == ["/key"]


def test_the_key_is_in_nothing_but_the_memory_of_the_session(page, caplog, capfd):
    page.fill()
    caplog.set_level("DEBUG")
    app = inside(page)
    app.run()
    assert KEY not in html(app)
    assert KEY not in str(app.query_params)
    assert KEY not in str([each.proto for each in app.text_input])
    assert KEY not in caplog.text + "".join(capfd.readouterr())
    assert KEY not in repr(app.session_state["operator_signed"])
    kept = app.session_state._state.filtered_state
    assert [name for name, value in kept.items() if KEY in str(value)] == []
    assert KEY not in str(ui.data._last())
    assert app.session_state["operator_signed"].key == KEY


def test_signing_out_forgets_the_key(page):
    page.fill()
    app = inside(page)
    button(app, TABLES["ko"]["operator.sign_out"]).click()
    app.run()
    assert "operator_signed" not in app.session_state
    assert TABLES["ko"]["planner.title"] not in plain(app)
    assert TABLES["ko"]["operator.sign_in"] in plain(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "said", "headers", "state", "command"),
    [
        (401, {"detail": "hidden"}, {}, "refused", ""),
        (403, {"detail": "hidden"}, {}, "off", "seongsu key"),
        (429, {"detail": "hidden"}, {"retry-after": "17"}, "busy", ""),
        (500, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (503, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (404, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (200, b"<html>hidden</html>", {}, "away", "seongsu up"),
        (200, [], {}, "away", "seongsu up"),
        (200, {"fingerprint": "<b>hidden"}, {}, "away", "seongsu up"),
        (302, b"hidden", {"location": "http://127.0.0.1:9/"}, "away", "seongsu up"),
    ],
)
def test_a_key_that_does_not_open_is_told_why(
    page, api, language, status, said, headers, state, command
):
    page.fill()
    api.answers["/key"], api.headers = (status, said), headers
    app = sign_in(opened(page, language), language)
    text, words = plain(app), TABLES[language]
    assert words[f"operator.said.{state}"].format(seconds=17) in text
    assert command in text
    assert "hidden" not in text
    assert words["planner.title"] not in text
    assert app.text_input(key="operator_typed").value == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_api_that_is_not_there_is_said_to_be_away(page, monkeypatch, language):
    page.fill()
    nowhere = Settings(_env_file=None, api_address="http://127.0.0.1:9")
    monkeypatch.setattr(desk, "settings", lambda: nowhere)
    text = plain(sign_in(opened(page, language), language))
    assert TABLES[language]["operator.said.away"] in text


def test_what_cannot_be_a_key_is_refused_without_asking(page, api):
    page.fill()
    app = opened(page)
    for wrong in ("한글 키", "a\nb", ""):
        app = sign_in(app, key=wrong)
        assert TABLES["ko"]["operator.said.refused"] in plain(app)
    assert api.asked == []


def test_who_guesses_must_wait_before_the_api_is_asked(page, api, monkeypatch):
    monkeypatch.setattr(desk, "visitor", lambda: "203.0.113.7")
    monkeypatch.setattr(desk, "TRIES", Rate(a_minute=0.1, at_once=3))
    page.fill()
    app = opened(page)
    for _ in range(6):
        sign_in(app, key="wrong")
    assert len(api.asked) == desk.TRIES.at_once
    assert "초 뒤에" in plain(app)
    monkeypatch.setattr(desk, "visitor", lambda: "203.0.113.8")
    assert TABLES["ko"]["operator.said.refused"] in plain(sign_in(app, key="wrong"))


def test_the_api_is_found_by_its_port_or_by_its_address(monkeypatch):
    for known, expected in (
        (Settings(_env_file=None, api_port=8123), "http://127.0.0.1:8123"),
        (Settings(_env_file=None, api_address="https://api.example/"), "https://api.example"),
    ):
        monkeypatch.setattr(desk, "settings", lambda known=known: known)
        assert desk.address() == expected
