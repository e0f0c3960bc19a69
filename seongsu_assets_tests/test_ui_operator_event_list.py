"""The list of events on the operator's page: what came of each, and withdrawing one.
Entering one is in test_ui_operator_events; what it is worth, in test_adjustments_scored."""

from datetime import timedelta

import pytest

from seongsu_assets_tests.adjusting import OTHER, come, enter, entry, withdraw
from seongsu_assets_tests.answering_api import KEY
from seongsu_assets_tests.ui_operator import (
    ISSUED,
    MONDAY,
    SATURDAY,
    TUESDAY,
    api,
    button,
    inside,
    page,
    plain,
)
from seongsu_assets_tests.ui_page import LANGUAGES
from seongsu_assets_tests.ui_world import SHAPE, at, html
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_tells_when_by_which_key_and_what_came_of_it(page, language):
    page.fill(scored=False)
    page.now = at(MONDAY, 15)
    helped = enter(page.url, entry(MONDAY, 12, 14, people=500, name="도움"), ISSUED)
    enter(page.url, entry(SATURDAY, 18, 19, people=1000, name="헛일"), ISSUED)
    gone = enter(page.url, entry(TUESDAY, people=-300, name="<script>x</script>"), ISSUED)
    withdraw(page.url, gone, ISSUED + timedelta(hours=2))
    enter(page.url, entry(TUESDAY, name="앞으로"), ISSUED)
    for hour_, off in ((12, 700), (13, 300)):
        come(page.url, "seongsu-7", MONDAY, {hour_: SHAPE[hour_] * 1.1 + off})
    come(page.url, "seongsu-7", SATURDAY, {18: SHAPE[18] * 0.6 * 1.1 - 100})
    app = inside(page, language)
    text, words = plain(app), TABLES[language]
    expected = {
        "ko": (
            "도움 끝남 11/23(월) 12–14시 · 시간당 +500명 등록 11/21(토) 07:10 KST · 인증키 0a1b",
            "시간당 평균 예측만: 500명 빗나감, 행사 반영: 200명 빗나감. 등록이 도움이 되었습니다",
            "시간당 평균 예측만: 100명 빗나감, 행사 반영: 1,100명 빗나감. 등록하지 않는 편이",
            "철회함 11/24(화) 17–20시 · 시간당 −300명",
            "철회 11/21(토) 09:10 KST · 인증키 ffffffff",
            "채점한 행사 2건(시간대 3개): 시간당 평균 예측만으로는 367명, 행사를 반영하면 500명",
            "앞으로 반영 중",
        ),
        "en": (
            "도움 over Mon 23 Nov 12:00–14:00 · +500 people/hour Entered Sat 21 Nov 07:10 KST",
            "forecast alone 500, with events 200 people. Entering it helped (2 time slots).",
            "forecast alone 100, with events 1,100 people. Not entering it would have been better",
            "withdrawn Tue 24 Nov 17:00–20:00 · −300 people/hour",
            "Withdrawn Sat 21 Nov 09:10 KST · key ffffffff",
            "2 scored events, 3 time slots: off by 367 people an hour",
            "앞으로 counted",
        ),
    }
    assert [part for part in expected[language] if part not in text] == []
    assert "<script>" not in html(app)
    assert [each.label for each in app.button].count(words["events.yes"]) == 1
    assert helped


def test_withdrawing_asks_the_api_and_is_seen_at_once(page, api):
    page.fill()
    known = enter(page.url, entry(MONDAY), ISSUED)
    app = inside(page)
    withdraw(page.url, known, ISSUED + timedelta(minutes=1))  # what the API would do
    button(app, TABLES["ko"]["events.yes"]).click()
    app.run()
    assert api.asked[-1].path == f"/events/{known}/withdraw"
    assert api.asked[-1].key == f"Bearer {KEY}"
    assert f"철회 11/21(토) 07:11 KST · 인증키 {OTHER}" in plain(app)


def test_a_withdrawal_that_fails_is_told(page, api):
    page.fill()
    known = enter(page.url, entry(MONDAY), ISSUED)
    api.answers[f"/events/{known}/withdraw"] = (503, {})
    app = inside(page)
    button(app, TABLES["ko"]["events.yes"]).click()
    app.run()
    assert TABLES["ko"]["operator.said.away"] in plain(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_events_the_list_says_so(page, language):
    page.fill()
    assert TABLES[language]["events.none"].format(days=28) in plain(inside(page, language))
