"""The last days on the page about data: the state of each, and gaps, in both languages.
Sources are in test_ui_data."""

import re
from datetime import timedelta

import pytest

from seongsu_assets.domains import DOMAINS
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_data import TODAY, before, page, seen
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import html, morning
from ui.pages.sources import month
from ui.pages.sources.read import DAYS, Day
from ui.state.declared import Declared
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


def every_kind(page: Page) -> None:
    page.fill()
    ui_past.take(page.url, before(2), [17, 18])
    ui_past.estimate(page.url, before(4))
    ui_past.take(page.url, before(6))
    ui_past.arrive(page.url, "files", before(6), good=False)
    ui_past.take(page.url, before(8))
    ui_past.take(page.url, before(9))
    ui_past.arrive(page.url, "files", before(10), good=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_the_last_days_has_its_date_a_symbol_and_a_word(page, language):
    every_kind(page)
    markup = html(page.open(language, path="sources"))
    boxes = re.findall(r'<td class="(\w+)( today)?">(.*?)</td>', markup)
    assert len(boxes) == DAYS
    words = TABLES[language]
    for state, _, inner in boxes:
        assert words[f"day.{state}"] in inner
        assert words[f"day.{state}.sign"] in inner
    states = {before(back): boxes[-2 - back][0] for back in range(12)}
    assert [states[before(back)] for back in (0, 2, 4, 6, 8, 9, 10)] == [
        "counted", "partial", "estimated", "refused", "missing", "missing", "counted",
    ]  # fmt: skip
    assert boxes[-1][:2] == ("waiting", " today")
    assert [state for state, _, _ in boxes].count("counted") == 24
    assert set(re.findall(r'<th scope="col">', markup)) == {'<th scope="col">'}


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_told_in_words_the_newest_first(page, language):
    every_kind(page)
    expected = {
        "ko": (
            "11/18(수): 일부 시간대의 실측이 없습니다(17, 18시).|"
            "11/16(월): 하루 합계를 시간대로 나눈 추정값입니다.|"
            "11/14(토): 온 자료가 검사를 통과하지 못해|"
            "11/11(수)–11/12(목) (2일): 와 있어야 하는데|"
            "11/10(화): 실측이 있습니다. 뒤에 다시 온 자료는"
        ),
        "en": (
            "Wed 18 Nov: some time slots were not measured (from 17, 18|"
            "Mon 16 Nov: the day's total spread|Sat 14 Nov: what arrived did not pass|"
            "Wed 11 Nov – Thu 12 Nov (2 days): due|Tue 10 Nov: measured. What arrived later"
        ),
    }
    text = seen(page, language)
    places = [text.find(part) for part in expected[language].split("|")]
    assert -1 not in places
    assert places == sorted(places)


def test_a_day_without_gaps_is_said_to_have_none(page):
    page.fill()
    assert TABLES["ko"]["gaps.none"] in seen(page)


SEONGSU = Declared(DOMAINS["seongsu"], morning(TODAY) + timedelta(hours=7))
WHOLE = (4, *range(6, 24))


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (Day(38, 0, WHOLE, refused=False), "counted"),
        (Day(40, 0, (*WHOLE, 24), refused=True), "counted"),
        (Day(38, 0, (*WHOLE[:-1], 24), refused=False), "partial"),
        (Day(19, 0, WHOLE, refused=False), "partial"),
        (Day(4, 34, (6, 7), refused=False), "partial"),
        (Day(0, 38, (), refused=True), "estimated"),
        (Day(0, 0, (), refused=True), "refused"),
        (Day(0, 0, (), refused=False), "missing"),
        (None, "missing"),
    ],
)
def test_the_state_of_a_day_is_of_what_is_in_force(held, state):
    """38 values are a whole day: 19 hours of two directions; that after midnight is not needed."""
    days = {} if held is None else {FRIDAY: held}
    assert month.month(days, SEONGSU, TODAY)[-2].state == state


@pytest.mark.parametrize(
    ("hour", "state"), [(7, "waiting"), (8, "missing")], ids=["before", "after"]
)
def test_yesterday_is_due_an_hour_after_the_hour_of_issue(hour, state):
    known = Declared(DOMAINS["seongsu"], morning(TODAY) + timedelta(hours=hour - 7))
    assert month.month({}, known, TODAY)[-2].state == state
