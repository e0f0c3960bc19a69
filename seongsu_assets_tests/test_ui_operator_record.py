"""How often a call for staff was right, as the operator's page tells it.
How calls are counted in the warehouse is in test_alarms."""

import pytest

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_operator import api, inside, page, plain
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_are_held_against_what_came_and_how_early_it_was_known(page, language):
    """Three days of issues; each calls every hour with 0.4, and 8 and 18 o'clock come crowded."""
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 3)
    text = plain(inside(page, language, chance="30"))
    expected = {
        "ko": "그날 아침 예측에서 붐빔 가능성이 30% 이상이던 시간대는 51개였고, 그중 6개가 실제로 "
        "붐빔이었습니다. 실제로 붐빔이던 시간대 6개 가운데 6개를 미리 찾았습니다. "
        "2일 전 예측으로는 2개 가운데 2개를 찾았습니다.",
        "en": "Forecast made in the morning of the day: of 51 time slots with a 30% chance of "
        "Crowded or more, 6 came Crowded. Of 6 time slots that came Crowded, 6 were found before. "
        "Made 2 d before, it found 2 of 2.",
    }
    assert expected[language] in text
    none = {
        "ko": "50% 이상이던 시간대는 없었습니다. 실제로 붐빔이던 시간대 6개 가운데 0개",
        "en": "no time slot had a 50% chance of Crowded. Of 6 time slots that came Crowded, 0",
    }
    assert none[language] in plain(inside(page, language, chance="50"))


def test_the_table_tells_every_horizon(page):
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 3)
    table = inside(page, chance="30").table[0].value
    assert table["예측한 때"].tolist() == ["그날 아침", "1일 전", "2일 전"]
    assert table["붐빔 중 찾은 시간"].tolist() == [
        "6 중 6 (100%)",
        "4 중 4 (100%)",
        "2 중 2 (100%)",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_scored_the_record_is_unknown(page, language):
    page.fill(scored=False)
    assert TABLES[language]["alarms.none"] in plain(inside(page, language))


@pytest.mark.parametrize(("days", "hours"), [("28", 28), ("90", 35)])
def test_the_record_is_of_28_or_90_days(page, days, hours):
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 35)
    text = plain(inside(page, chance="30", record=days))
    assert f"30% 이상이던 시간대는 {hours * 17:,}개" in text
