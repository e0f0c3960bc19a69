"""The pages of a place where one number is of a whole week, or of a whole day.
What they share with other places is judged with the pages."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest

from seongsu_assets.domain import Cadence, Slot
from seongsu_assets.domains import DOMAINS
from seongsu_assets_tests import ui_weeks
from seongsu_assets_tests.ui_page import LANGUAGES, Page
from seongsu_assets_tests.ui_weeks import NEWEST, NOW, WEEKLY
from seongsu_assets_tests.ui_world import charts, said
from ui.strings import TABLES

DAILY = replace(
    WEEKLY, name="visits", unit="visits per day",
    cadence=Cadence(timezone="Asia/Seoul", start=date(2020, 1, 1), slots=(Slot(0, hours=24),)),
    plan=DOMAINS["seongsu"].plan,
)  # fmt: skip


@pytest.fixture
def page(monkeypatch, warehouse_url):
    opened = Page(monkeypatch, warehouse_url)
    opened.now = NOW
    return opened


@pytest.fixture
def weeks(page):
    ui_weeks.build(page.url)
    return page


@pytest.fixture
def days(page, monkeypatch):
    """A place of days, declared as a newcomer's is."""
    monkeypatch.setitem(DOMAINS, "visits", DAILY)
    ui_weeks.build(page.url, DAILY, NEWEST + timedelta(8))
    return page


def seen(page: Page, language: str, path: str = "", domain: str = "weekly_sales") -> str:
    return unescape(" ".join(said(page.open(language, path=path, domain=domain)).split()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_shows_this_week_and_all_weeks_ahead_by_their_first_days(weeks, language):
    text = seen(weeks, language)
    told = {
        "ko": "이번 주 예측|1,050달러/주|실측 11/14 주까지|11/21 주–12/26 주|"
        "12/26 주에 가장 많습니다",
        "en": "Forecast for this week|1,050 US dollars/week|Data to the week of 14 Nov|"
        "week of 21 Nov – week of 26 Dec|Highest in the week of 26 Dec.",
    }[language].split("|")
    assert [each for each in told if each not in text] == []
    spoilt = {"ko": "시간대별|지난주|00–24|오늘", "en": ":00–|last week|Hour by hour|rest of today"}
    assert [each for each in spoilt[language].split("|") if each in text] == []


def test_the_chart_has_a_place_for_each_week_and_the_strip_marks_this_one(weeks):
    app = weeks.open("en", domain="weekly_sales")
    [chart] = charts(app)
    assert all(f"{month}/{day}" in str(chart) for month, day in ((11, 21), (11, 28), (12, 26)))
    assert said(app).count("Now") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_scored_weeks_stand_beside_each_other_with_last_years_as_the_measure(weeks, language):
    text = seen(weeks, language, "right")
    told = {
        "ko": "가장 최근에 채점한 주 · 11/14 주|예측은 940달러, 실측은 1,040달러|"
        "5주 가운데 5주의 실측|지난해 같은 주의 값|"
        "최근 4주에 대해 5주 앞까지 낸 예측은|지난해 값을 썼다면",
        "en": "Newest scored week · week of 14 Nov|940 US dollars were forecast, 1,040 came|"
        "Of 5 weeks, 5 came within|same week of last year|Over the last 4 weeks, forecasts made up "
        "to 5 weeks ahead|Repeating last year",
    }[language].split("|")
    assert [each for each in told if each not in text] == []
    assert {"ko": "지난주", "en": "last week"}[language] not in text.lower()


@pytest.mark.parametrize("path", ["when", "operator"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_are_no_hours_none_can_be_chosen_or_staffed(weeks, language, path):
    app = weeks.open(language, path=path, domain="weekly_sales")
    assert TABLES[language]["periods.title"] in said(app)
    assert [box.key for box in app.selectbox] == []


def test_the_data_of_weeks_is_shown_week_by_week_and_is_not_late_because_days_have_passed(weeks):
    text = seen(weeks, "en", "sources")
    assert "Newest week week of 14 Nov" in text
    assert "● On time" in text or "On time" in text
    assert "due, but not arrived" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_series_of_a_panel_is_told_with_its_cost_the_largest_error_first(weeks, language):
    ui_weeks.serve(weeks.url)
    app = weeks.open(language, path="model", domain="weekly_sales")
    [table] = [each.value for each in app.table if "1-1" in each.value.to_string()]
    assert list(table.iloc[:, 0]) == ["1-2", "1-1"]
    assert list(table.iloc[:, 1]) == ["20%", "5%"]
    text = unescape(said(app))
    told = {
        "ko": "2가지 가운데 1가지|프로세서 40초, 하나에 20초|123kB",
        "en": "2 in its trial; for 1 of them|40 s of one processor, 20 s for each|123 kB",
    }
    assert [each for each in told[language].split("|") if each not in text] == []


def test_a_forecast_of_weeks_is_late_after_a_week_and_old_after_two(weeks):
    made = NEWEST + timedelta(7)
    issued = datetime(made.year, made.month, made.day, 12, tzinfo=ZoneInfo("UTC"))
    for days, word in ((6, None), (8, "Later than usual"), (15, "Old forecast")):
        weeks.now = issued + timedelta(days=days)
        text = seen(weeks, "en")
        assert word is None or word in text
        assert ("Old forecast" in text) == (days > 14)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_of_days_shows_the_days_ahead(days, language):
    text = seen(days, language, domain="visits")
    told = {
        "ko": "오늘 예측|1,060|실측 11/22(일)까지|11/23(월)–11/28(토)|11/28(토)에 가장 많습니다",
        "en": "Forecast for today|1,060 visits per day|Data to Sun 22 Nov|Mon 23 Nov – Sat 28 Nov|"
        "Highest on Sat 28 Nov.",
    }[language].split("|")
    assert [each for each in told if each not in text] == []
    right = seen(days, language, "right", "visits")
    assert {"ko": "5일 가운데 5일", "en": "Of 5 days, 5 came"}[language] in right
