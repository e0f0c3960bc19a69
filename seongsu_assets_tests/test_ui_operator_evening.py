"""The evenings on the operator's page: people, range, level and chance, with events and without.
Which hours need staff is in test_ui_operator_staff."""

from datetime import timedelta
from html import escape

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.domain import Window
from seongsu_assets.forecasting import levels
from seongsu_assets_tests.adjusting import enter, entry, withdraw
from seongsu_assets_tests.ui_operator import (
    ISSUED,
    MONDAY,
    SATURDAY,
    api,
    chances,
    hour,
    inside,
    page,
    plain,
)
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from seongsu_assets_tests.ui_world import SHAPE, at, html
from ui.pages.operator.chance import QUANTILES, chance_with
from ui.pages.operator.hours import evening

__all__ = ["api", "page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_evening_slot_has_people_range_level_and_chance(page, language):
    page.fill()
    chances(page, {(MONDAY, 18): 0.82})
    text = plain(inside(page, language))
    people = SHAPE[18] * 1.1
    low, high = round(people * 0.85, -1), round(people * 1.2, -1)
    row = {
        "ko": f"18시 ● 붐빔 {people:,.0f} {low:,.0f}–{high:,.0f} 82%",
        "en": f"18:00 ● Crowded {people:,.0f} {low:,.0f}–{high:,.0f} 82%",
    }
    assert row[language] in text
    peak = {
        "ko": f"가장 많은 때는 11/23(월) 18–19시, 시간당 {people:,.0f}명입니다.",
        "en": f"Most people: Mon 23 Nov 18:00–19:00, {people:,.0f} an hour. Chance of Crowded: 82%",
    }
    assert peak[language] in text


def test_the_evening_is_of_seven_days_and_without_what_is_over(page):
    page.fill()
    page.now = at(SATURDAY, 18) + timedelta(minutes=10)
    markup = html(inside(page))
    table = markup.partition('class="ds evening"')[2].partition("</table>")[0]
    assert table.count('class="day"') == 7
    assert table.count('<th scope="row">') == 2 + 6 * 3
    assert "오늘 11/21(토)" in table


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_is_added_and_told_apart(page, language):
    page.fill()
    enter(page.url, entry(MONDAY, 18, 20, people=500, name="=성수 <b>팝업</b>"), ISSUED)
    before = SHAPE[18] * 1.1
    text = plain(inside(page, language, chance="30"))
    added = {"ko": "예측 {0} + 행사 500", "en": "Forecast {0} + events 500"}[language]
    assert f"{before + 500:,.0f}" in text
    assert added.format(f"{before:,.0f}") in text
    assert added.format(f"{SHAPE[17] * 1.1:,.0f}") not in text
    assert "<b>팝업" not in html(inside(page, language, chance="30")).replace(
        escape("<b>팝업</b>"), ""
    )


def test_fewer_people_are_taken_away_and_a_withdrawn_event_counts_no_more(page):
    page.fill()
    enter(page.url, entry(MONDAY, 18, 19, people=-3000), ISSUED)
    gone = enter(page.url, entry(MONDAY, 18, 19, people=9000), ISSUED)
    withdraw(page.url, gone, ISSUED + timedelta(minutes=1))
    text = plain(inside(page))
    assert "예측 10,560 − 행사 3,000" in text
    # 7,560 people are at the highest level still, from 7,000 on.
    assert "18시 ● 붐빔 7,560 예측 10,560 − 행사 3,000" in text


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([(hour_, 1, 1.0) for hour_ in range(6, 24)], (17, 20)),
        ([(17, 3, 1.0), (20, 3, 9.0)], (17, 20)),
        ([(8, 1, 5.0), (9, 1, 9.0), (10, 1, 5.0), (11, 1, 1.0)], (8, 11)),
        ([(8, 2, 5.0), (10, 2, 9.0)], (10, 12)),
        ([(0, 24, 5.0)], (0, 24)),
    ],
)
def test_a_domain_without_an_evening_shows_its_fullest_hours(slots, expected):
    hours = [hour(MONDAY, first, people, length) for first, length, people in slots]
    assert evening(hours) == expected


def test_the_chance_with_an_event_is_that_of_the_levels_with_the_cut_off_moved():
    draw = np.random.default_rng(7)
    for _ in range(200):
        spread = np.sort(draw.uniform(100, 9000, len(QUANTILES)))
        row = dict(zip(QUANTILES, spread, strict=True))
        extra, cut = float(draw.uniform(-3000, 3000)), 4000.0
        cutoffs = levels.Cutoffs("v", (cut - extra,), Window(FRIDAY, FRIDAY))
        truth = levels.probabilities(pd.DataFrame([row]), cutoffs)["p1"].iloc[0]
        assert chance_with(row, extra, cut) == pytest.approx(truth, abs=1e-9)
    three = {name: row[name] for name in ("q10", "q50", "q90")} | {"q05": None, "q95": np.nan}
    assert 0 <= chance_with(three, 0, 4000.0) <= 1
    assert chance_with(row, 5000, 4000.0) == 1.0
