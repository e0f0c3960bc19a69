"""Why a day is forecast as it is: the ordinary day, what changes it, and when nobody can say.
The parts themselves are tested in test_explain."""

import pytest

from seongsu_assets_tests.ui_page import LANGUAGES, Page
from seongsu_assets_tests.ui_world import HOURS, REASONS, SHAPE, html, said
from ui.show import wording
from ui.strings import TABLES, Words

SATURDAY = 0.6 * sum(SHAPE[hour] for hour in HOURS)


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_changes_that_count_are_told_in_people_the_greatest_first(page, language):
    page.fill()
    text = said(page.open(language))
    t = Words(language, "seongsu")
    weekday = t("reasons.more", people=wording.people(SATURDAY * REASONS["weekday"]))
    weather = t("reasons.fewer", people=wording.people(-SATURDAY * REASONS["weather"]))
    assert wording.people(SATURDAY) in text
    assert wording.people(SATURDAY * 1.1) in text
    assert 0 < text.index(weekday) < text.index(weather)
    for slight in ("reasons.trend", "reasons.holiday", "reasons.season"):
        assert TABLES[language][slight] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mean_of_the_weekday_has_no_reasons_and_says_so(page, language):
    page.fill(tier="profile")
    text = said(page.open(language))
    assert TABLES[language]["reasons.profile"] in text
    assert TABLES[language]["reasons.weather"] not in text


def test_an_old_forecast_is_not_explained(page):
    page.fill()
    page.now = page.now.replace(day=25)
    assert TABLES["ko"]["reasons.title"] not in html(page.open())
