"""The first page in every state and both languages, on a real database.
No browser: what it looks like is checked by eye."""

import json
from datetime import UTC, datetime, timedelta
from html import escape

import psycopg
import pytest
import streamlit as st

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, NOW, Page
from seongsu_assets_tests.ui_world import charts, html, said
from ui.strings import TABLES


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fresh_forecast_shows_level_number_range_usual_and_ages(page, language):
    page.fill()
    text = said(page.open(language))
    expected = {
        "ko": (
            "◔|보통|2,570명/시간|10번 중 8번은 2,190–3,090명|10% 많습니다|붐빔일 가능성 40%|"
            "18–19시가 가장 붐빕니다|19시 이후에는 35% 이상 한산|14시간 전|11/21(토) 07:10 KST"
        ),
        "en": (
            "◔|Normal|2,570 people/hour|between 2,190 and 3,090|10% above the usual Sat|"
            "Chance of Crowded: 40%|18:00–19:00. From 19:00|14 h ago|Sat 21 Nov 07:10 KST"
        ),
    }
    assert [part for part in expected[language].split("|") if part not in text] == []
    assert "grey" not in html(page.open(language))
    assert "sample data" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_data_says_so_in_both_languages_and_real_data_does_not(page, language):
    page.fill(dataset="seongsu@sample")
    assert "표본 데이터 · sample data: generated, not measured" in said(page.open(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_forecast_is_grey_and_the_usual_stands_for_now(page, language):
    page.fill()
    page.now = NOW + timedelta(days=3)
    text, markup = said(page.open(language)), html(page.open(language))
    assert TABLES[language]["chip.stale"] in text
    assert {"ko": "3,600명/시간", "en": "3,600 people/hour"}[language] not in text
    assert {"ko": "화요일", "en": "Tue"}[language] in text
    assert '<span class="level grey"' in markup
    assert markup.count("background:#9aa1a9") >= 21


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "when"])
def test_a_new_forecast_made_from_old_measurements_does_not_look_fresh(page, language, path):
    page.fill()
    alarm = TABLES[language]["stopped"].partition("{age}")[0]
    assert alarm not in said(page.open(language, path=path))
    for back in range(6):
        ui_past.take(page.url, FRIDAY - timedelta(back))
    st.cache_data.clear()
    assert alarm in said(page.open(language, path=path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_that_ended_gives_way_to_the_usual_of_the_weekday(page, language):
    page.fill()
    page.now = NOW + timedelta(days=14)
    text = said(page.open(language))
    assert TABLES[language]["stale.uncovered"] in text
    assert {"ko": "2,340명/시간", "en": "2,340 people/hour"}[language] in text
    assert 'class="cell now' not in html(page.open(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_forecast_wears_a_badge_and_keeps_its_levels(page, language):
    page.fill()
    page.now = NOW + timedelta(hours=24)
    app = page.open(language)
    assert TABLES[language]["chip.late"].partition(" ·")[0] in said(app)
    assert "grey" not in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["last_good", "profile"])
def test_a_fallback_is_marked_on_every_value(page, language, tier):
    page.fill(tier=tier)
    app = page.open(language)
    assert TABLES[language][f"chip.{tier}"] in said(app)
    assert html(app).count(f"<small>{TABLES[language]['chip.fallback']}</small>") == 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_warehouse_explains_and_names_the_command(page, language):
    app = page.open(language)
    assert TABLES[language]["empty.title"] in said(app)
    assert "seongsu run seongsu" in said(app)
    assert charts(app) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_data_without_a_forecast_still_wears_its_banner(page, language):
    page.fill(dataset="seongsu@sample", forecast=False)
    text = said(page.open(language))
    assert TABLES[language]["empty.title"] in text
    assert TABLES[language]["sample"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_gives_the_last_values_with_their_age_or_a_plain_message(page, language):
    page.fill()
    page.open(language)
    page.lose()
    page.now = NOW + timedelta(minutes=7)
    kept = said(page.open(language))
    assert (
        TABLES[language]["error.kept"].format(age={"ko": "7분 전", "en": "7 min ago"}[language])
        in kept
    )
    assert "2,570" in kept
    st.cache_resource.clear()
    bare = said(page.open(language))
    assert TABLES[language]["error.title"] in bare
    assert "Traceback" not in bare


def test_a_warehouse_of_another_shape_is_an_error_not_a_traceback(page):
    with psycopg.connect(page.url) as conn:
        conn.execute("drop schema published cascade")
    assert TABLES["ko"]["error.title"] in said(page.open())


def test_a_slot_without_a_value_is_a_gap_and_not_zero(page):
    page.fill(missing_hour=16)
    app = page.open()
    assert html(app).count(TABLES["ko"]["strip.gap"]) == 1
    assert "<strong>0</strong>" not in html(app)
    layers = json.loads(charts(app)[0].spec)["layer"]
    assert layers[2]["encoding"]["x"]["scale"]["domain"].index("16") == 11
    page.now = NOW + timedelta(hours=2)
    assert TABLES["ko"]["hero.gap"] in said(page.open())


def test_after_midnight_today_is_still_the_operating_day_before(page):
    page.fill()
    page.now = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
    app = page.open()
    assert "지금 예측 · 24시 이후" in said(app)
    assert "시간대별 예측 · 11/21(토)" in said(app)
    page.now = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    assert "지금 예측 · 06시 이전" in said(page.open())
    assert "시간대별 예측 · 11/22(일)" in said(page.open())


def test_the_parts_of_the_total_have_numbers_and_no_levels(page):
    page.fill()
    app = page.open(series="boarding", d="2026-11-23")
    strip = next(e.proto.body for e in app.get("html") if 'class="strip"' in e.proto.body)
    assert "symbol" not in strip
    assert strip.count("<strong>") == 20
    assert "승차" in charts(app)[0].alt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scored", [True, False])
def test_the_score_is_told_beside_naive_or_said_to_be_missing(page, language, scored):
    page.fill(scored=scored)
    text = said(page.open(language))
    assert (TABLES[language]["accuracy.none"] in text) is not scored
    if scored:
        assert {"ko": "평균 10% 빗나갔습니다", "en": "off by 10% on average"}[language] in text
        assert "20%" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_cut_offs_are_told_in_people_and_in_shares(page, language):
    page.fill()
    text = said(page.open(language))
    assert {"ko": "시간당 7,000명 이상", "en": "7,000 people/hour or more"}[language] in text
    assert {"ko": "가장 붐비는 7% 시간대", "en": "the busiest 7% of time slots"}[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_and_table_has_a_sentence_for_those_who_cannot_see_it(page, language):
    page.fill()
    app = page.open(language)
    assert [chart.alt for chart in charts(app)] == [app.table[0].proto.alt]
    most = {"ko": "가장 많은 때는 18–19시", "en": "Most at 18:00–19:00"}[language]
    assert most in charts(app)[0].alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_where_the_counts_came_from(page, language):
    page.fill()
    assert escape(TABLES[language]["origin.files"]) in said(page.open(language))


def test_a_page_reads_five_answers_as_the_reader_and_none_again(page, monkeypatch):
    page.fill()
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(conn, query, *rest, **named):
        asked.append(str(query))
        return execute(conn, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    page.open()
    page.open()
    reads = [query for query in asked if "published" in query]
    assert len(reads) == 5
    assert asked.index("set local role seongsu_reader") < asked.index(reads[0])
    assert all("warehouse." not in query for query in reads)


def test_an_unknown_domain_in_the_address_is_said_to_be_empty(page):
    page.fill()
    assert TABLES["ko"]["empty.title"] in said(page.open(domain="nowhere"))
    assert "2,570" in said(page.open(domain="seongsu"))
