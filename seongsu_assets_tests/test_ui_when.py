"""When to go, as a page: every state, both languages, and what is kept in the address.
No browser: what it looks like is checked by eye."""

import re
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
import streamlit as st

from seongsu_assets_tests.ui_page import LANGUAGES, NOW, Page
from seongsu_assets_tests.ui_world import charts, html, said
from ui.strings import TABLES


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calmest_and_the_fullest_are_told_with_all_that_is_known(page, language):
    page.fill()
    text = " ".join(said(page.open(language, path="when")).split())
    expected = {
        "ko": (
            "1 11/22(일) 11–12시|여유|1,910명/시간|10번 중 8번은 시간당 1,630–2,300명|"
            "붐빔일 가능성 40%|가장 붐비는 때보다 8,650명(82%) 적습니다|"
            "1 11/27(금) 18–19시|10,560명/시간|고른 시간 가운데 가장 붐빕니다|"
            "신뢰도는 아직 말씀드릴 수 없습니다|실측 11/20(금)"
        ),
        "en": (
            "1 Sun 22 Nov 11:00–12:00|Relaxed|1,910 people/hour|between 1,630 and 2,300|"
            "Chance of Crowded: 40%|8,650 fewer people (82%) than at the fullest time|"
            "1 Fri 27 Nov 18:00–19:00|10,560 people/hour|The fullest of the times you chose|"
            "Confidence is not known yet|Data to Fri 20 Nov"
        ),
    }
    assert [part for part in expected[language].split("|") if part not in text] == []
    assert TABLES[language]["chip.fallback"] not in text
    assert "grey" not in html(page.open(language, path="when"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_of_the_week_can_be_opened_and_is_named_in_full(page, language):
    page.fill()
    markup = html(page.open(language, path="when"))
    opened = re.findall(r'<td class="[^"]*"><button type="button" popovertarget="([^"]+)"', markup)
    assert len(opened) == len(set(opened)) == 7 * 20
    assert sorted(opened) == sorted(re.findall(r'popover id="([^"]+)"', markup))
    cell = markup.partition('popovertarget="slot-2026-11-23-18"')[2].partition("</button>")[0]
    assert {"ko": "<i>붐빔</i><b>10,560</b>", "en": "<i>Crowded</i><b>10,560</b>"}[language] in cell
    assert 'class="symbol s3"' in cell
    peak = {"ko": "가장 붐비는 때는 11/27(금) 18–19시", "en": "Fullest: Fri 27 Nov 18:00–19:00"}
    assert peak[language] in said(page.open(language, path="when"))


def test_the_hours_chosen_are_read_from_the_address_and_narrow_the_advice(page):
    page.fill()
    app = page.open(path="when", day="2026-11-24", earliest="17", latest="21", hours="2")
    titles = re.findall(r"<h3><span class=\"place\">\d</span> ([^<]+) </h3>", html(app))
    assert titles == ["11/24(화) 19–21시", "11/24(화) 17–19시"]
    assert TABLES["ko"]["when.average"] in said(app)
    assert markup_of(app).count('<td class="best">') == 2


def markup_of(app) -> str:
    return html(app).partition("<style>")[0]


def test_a_choice_goes_into_the_address_and_the_default_leaves_it_clean(page):
    page.fill()
    app = page.open(path="when")
    app.selectbox(key="choose_earliest").set_value("17").run()
    assert app.query_params["earliest"] == "17"
    app.segmented_control(key="choose_hours").set_value("3").run()
    assert app.query_params["hours"] == "3"
    app.selectbox(key="choose_earliest").set_value("9").run()
    assert "earliest" not in app.query_params


def test_the_link_holds_everything_that_was_chosen(page):
    page.fill()
    app = page.open("en", path="when", day="2026-11-24", earliest="17", hours="2")
    text = app.code[0].value
    link = text.splitlines()[-1]
    assert link == (
        "https://seongsu.example/when"
        "?lang=en&domain=seongsu&day=2026-11-24&earliest=17&latest=21&hours=2"
    )
    assert text.startswith("Seongsu Station: calmest on Tue 24 Nov")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_is_over_gives_way_to_all_days_and_is_said_to_be_missing(page, language):
    page.fill()
    text = said(page.open(language, path="when", day="2026-11-20"))
    assert TABLES[language]["when.missing_day"] in text
    assert {"ko": "11/22(일) 11–12시", "en": "Sun 22 Nov 11:00–12:00"}[language] in text
    assert TABLES[language]["when.missing_day"] not in said(page.open(language, path="when"))


def test_after_midnight_a_day_of_which_only_an_open_slot_is_left_is_not_offered(page):
    page.fill()
    page.now = datetime(2026, 11, 21, 16, tzinfo=UTC)
    app = page.open(path="when")
    days = app.segmented_control(key="choose_day").options
    assert days[:2] == ["모든 날", "11/22(일)"]
    assert TABLES["ko"]["when.none"] not in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_that_leave_nothing_are_answered_with_what_to_do(page, language):
    page.fill()
    app = page.open(language, path="when", day="2026-11-21", latest="14")
    assert TABLES[language]["when.none"] in said(app)
    assert not app.get("download_button")
    assert 'class="ds week"' in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_forecast_is_grey_and_recommends_nothing(page, language):
    page.fill()
    page.now = NOW + timedelta(days=3)
    app = page.open(language, path="when")
    assert TABLES[language]["when.stale"] in said(app)
    assert TABLES[language]["chip.stale"] in said(app)
    assert TABLES[language]["when.best"] not in said(app)
    assert not app.get("download_button")
    assert not app.selectbox
    markup = markup_of(app)
    assert markup.count("background:#9aa1a9") >= 140
    assert not any(f"background:{colour}" in markup for colour in ("#2c7bb6", "#abd9e9", "#a50026"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_forecast_says_so_and_still_advises(page, language):
    page.fill()
    page.now = NOW + timedelta(hours=24)
    app = page.open(language, path="when")
    assert TABLES[language]["chip.late"].partition(" ·")[0] in said(app)
    assert len(app.get("download_button")) == 3
    assert "11/21" not in " ".join(app.segmented_control(key="choose_day").options)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["last_good", "profile"])
def test_a_fallback_is_marked_on_every_stay_and_slot(page, language, tier):
    page.fill(tier=tier)
    app = page.open(language, path="when")
    tag = TABLES[language]["chip.fallback"]
    assert TABLES[language][f"fallback.{tier}"] in said(app)
    assert markup_of(app).count(f'<span class="chip">{tag}</span>') == 6
    assert markup_of(app).count(f'<span class="chip warn">{tag}</span>') == 140


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_data_says_so_on_the_page_in_the_link_and_in_the_calendar(page, language):
    page.fill(dataset="seongsu@sample", scored=False)
    app = page.open(language, path="when")
    text = TABLES[language]["sample"]
    assert text in said(app)
    assert text in app.code[0].value
    assert TABLES[language]["confidence.unknown"] in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_and_a_lost_database_are_told_as_on_the_first_page(page, language):
    app = page.open(language, path="when")
    assert TABLES[language]["empty.title"] in said(app)
    assert charts(app) == []
    page.fill()
    st.cache_data.clear()
    assert len(page.open(language, path="when").get("download_button")) == 3
    page.lose()
    kept = TABLES[language]["error.kept"].partition("{age}")[0].strip()
    assert kept in said(page.open(language, path="when"))
    st.cache_resource.clear()
    assert TABLES[language]["error.title"] in said(page.open(language, path="when"))


def test_a_slot_without_a_value_is_a_gap_that_cannot_be_opened(page):
    page.fill(missing_hour=16)
    markup = markup_of(page.open(path="when"))
    assert markup.count('<td class="gap ') == 7
    assert "slot-2026-11-22-16" not in markup
    assert "<b>0</b>" not in markup


def test_a_name_from_outside_is_inert(page):
    page.fill()
    hostile = "<img src=x onerror=alert(1)>"
    app = page.open(path="when", day=hostile, earliest=hostile, hours=hostile, domain="seongsu")
    assert hostile not in html(app)
    assert escape(hostile) not in html(app)
    assert hostile not in app.code[0].value


def test_the_language_stays_on_the_way_to_another_page(page):
    page.fill()
    app = page.open("en")
    app.query_params.clear()
    page.go(app, "when")
    app.run()
    assert "When to go" in said(app)
    assert app.query_params["lang"] == "en"
