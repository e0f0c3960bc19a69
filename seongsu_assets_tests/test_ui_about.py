"""About: what it says is what is in force, in both languages, with data and without.
No browser: what it looks like is checked by eye."""

from datetime import timedelta
from html import escape

import psycopg
import pytest
import streamlit as st

from seongsu_assets.domains import DOMAINS
from seongsu_assets.forecasting import baselines, profile
from seongsu_assets_tests.ui_page import LANGUAGES, NOW, Page
from seongsu_assets_tests.ui_world import html, said
from ui.pages.about import credits as sources
from ui.pages.about import terms as about
from ui.state import states
from ui.strings import TABLES, Words


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def read(app) -> str:
    return " ".join(said(app).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_are_those_in_force(page, language):
    page.fill()
    text = read(page.open(language, path="about"))
    expected = {
        "ko": "7일 앞까지|기준(7,000명)|시간당 7,000명 이상|명/시간(승차·하차의 합)|"
        "06시 이전, 24시 이후|"
        "최근 4일의 평균|최근 12일의 실측|7시가 지나면|26시간이 넘은|50시간이 넘으면|"
        "예측 기준 11/21(토) 07:10 KST",
        "en": "7 days ahead|begins (7,000)|7,000 people/hour or more|Boarding + Alighting|"
        "before 06:00, after 24:00|mean of the 4 newest|12 newest measured days|after 07:00|"
        "older than 26 hours|After 50 hours|Forecast of Sat 21 Nov 07:10 KST",
    }
    assert [part for part in expected[language].split("|") if part not in text] == []


def test_the_cut_offs_change_when_those_of_the_issue_do(page):
    page.fill()
    with psycopg.connect(page.url) as conn:
        conn.execute("update warehouse.cutoffs set lower = array[2000.0, 4000.0, 6543.0]")
    text = read(page.open(path="about"))
    assert "기준(6,543명)" in text
    assert "7,000명" not in text


def test_the_constants_that_are_told_are_those_that_are_used(page, monkeypatch):
    page.fill()
    monkeypatch.setattr(baselines, "MEAN_OF", 41)
    monkeypatch.setattr(profile, "DAYS", 43)
    monkeypatch.setattr(states, "GRACE", timedelta(hours=3))
    text = read(page.open("en", path="about"))
    assert "mean of the 41 newest" in text
    assert "43 newest measured days" in text
    assert "older than 27 hours" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_declared_source_stands_beside_its_publisher_and_licence(page, language):
    page.fill()
    markup = html(page.open(language, path="about"))
    table = TABLES[language]
    rows = markup.partition('class="ds credits"')[2].partition("</table>")[0]
    for name in sources.declared(DOMAINS["seongsu"]):
        publisher, licence = sources.TERMS.get(f"{name}@seongsu") or sources.TERMS[name]
        row = rows.partition(f'<th scope="row">{escape(table[f"publisher.{publisher}"])}</th>')[2]
        assert escape(Words(language, "seongsu").name("origin", name)) in row.partition("</tr>")[0]
        assert escape(table[f"licence.{licence}"]) in row.partition("</tr>")[0]
    assert "CC BY 4.0" in rows
    assert {"ko": "공공누리 제1유형", "en": "KOGL Type 1"}[language] in rows


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)
def test_no_domain_declares_a_source_without_terms_and_a_name(domain):
    for name in sources.declared(domain):
        assert name in sources.TERMS
        for table in TABLES.values():
            assert f"origin.{name}" in table


def test_an_unknown_source_is_shown_by_its_own_name_and_claims_no_licence():
    (credit,) = sources.credits_of(["harbour_log"])
    assert credit == sources.Credit("", "", ("harbour_log",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_has_five_sentences_and_all_that_is_written_is_shown(page, language):
    page.fill()
    text = read(page.open(language, path="about"))
    parts = {"method": about.METHOD, "limits": about.LIMITS, "access": about.ACCESS}
    assert about.METHOD == 5
    for part, count in parts.items():
        keys = [key for key in TABLES[language] if "@" not in key]  # else it is one place's own
        written = [key for key in keys if key[: len(part) + 1] == f"{part}."]
        assert len(written) == count + 1  # the title too
    for key in ("method.5", "limits.2", "access.4", "report.text"):
        said = Words(language, "seongsu")(key)
        assert escape(said, quote=False) in text.replace("&#x27;", "'")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reports_an_error_can_copy_which_forecast_it_was(page, language):
    page.fill()
    (facts,) = page.open(language, path="about").code
    assert "seongsu-7" in facts.value
    assert "https://seongsu.example/about" in facts.value
    assert {"ko": "11/21(토) 14:06 KST", "en": "Sat 21 Nov 14:06 KST"}[language] in facts.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_forecast_the_rest_is_said_and_nothing_is_made_up(page, language):
    text = read(page.open(language, path="about"))
    assert TABLES[language]["about.missing"] in text
    assert TABLES[language]["method.5"] in text
    assert {"ko": "공공누리", "en": "KOGL"}[language] in text
    assert "7,000" not in text
    assert TABLES[language]["levels.title"] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_leaves_the_page_with_what_was_read_or_without_numbers(page, language):
    page.fill()
    page.open(language, path="about")
    page.lose()
    kept = TABLES[language]["error.kept"].partition("{age}")[0].strip()
    text = read(page.open(language, path="about"))
    assert kept in text
    assert "7,000" in text
    st.cache_resource.clear()
    text = read(page.open(language, path="about"))
    assert TABLES[language]["error.title"] in text
    assert "7,000" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_sample_old_and_fallback_forecasts_are_told_here_too(page, language):
    page.fill(dataset="seongsu@sample", tier="profile")
    page.now = NOW + timedelta(days=3)
    text = read(page.open(language, path="about"))
    for key in ("sample", "chip.stale", "chip.profile", "fallback.profile"):
        assert TABLES[language][key] in text
