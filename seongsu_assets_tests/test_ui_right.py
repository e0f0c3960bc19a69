"""Were we right on a day? Verdict, hours, chart and table in both languages, worked out by hand.
Errors over many days are in test_ui_right_spans, shared states in test_ui_states."""

from datetime import timedelta
from html import escape

import psycopg
import pytest

from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from seongsu_assets_tests.ui_right import fill, page, seen
from seongsu_assets_tests.ui_world import HOURS, SHAPE, charts, html
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_scored_day_gets_a_verdict_in_plain_words(page, language):
    fill(page, came={(FRIDAY, 18): 7000.0})
    error = sum(0.1 * people for hour, people in SHAPE.items() if hour != 18) + 9600 * 1.1 - 7000
    off = round(100 * error / (sum(SHAPE.values()) - 9600 + 7000))
    expected = {
        "ko": (
            "가장 최근에 채점한 날 · 11/20(금)|네, 잘 맞았습니다|20개 시간대 가운데 19개|"
            f"100명당 {off}명꼴|18–19시입니다. 예측은 10,560명, 실측은 7,000명|"
            "11/20(금) 07:10 KST에 낸 예측|혼잡도는 20개 가운데"
        ),
        "en": (
            "Newest scored day · Fri 20 Nov|Yes, it was right|"
            f"Of 20 time slots, 19 came|off by {off} in every 100 people|"
            "18:00–19:00: 10,560 people were forecast, 7,000 came|Forecast of Fri 20 Nov 07:10 KST"
        ),
    }
    text = seen(page, language)
    assert [part for part in expected[language].split("|") if part not in text] == []


@pytest.mark.parametrize(
    ("outside", "verdict"), [(4, "yes"), (5, "partly"), (10, "partly"), (11, "no")]
)
def test_the_verdict_follows_how_many_hours_came_within_the_range(page, outside, verdict):
    fill(page, 1, {(FRIDAY, hour): 2 * SHAPE[hour] for hour in HOURS[:outside]})
    assert TABLES["ko"][f"right.{verdict}"] in seen(page)
    assert f"20개 시간대 가운데 {20 - outside}개" in seen(page)


def test_another_day_can_be_chosen_and_is_kept_in_the_address(page):
    fill(page, came={(FRIDAY - timedelta(1), 8): 20_000.0})
    text = seen(page, d="2026-11-19")
    assert "11/19(목) 예측과 실측" in text
    assert "08–09시입니다. 예측은 9,680명, 실측은 20,000명입니다" in text
    assert "가장 최근에 채점한 날 · 11/20(금)" in seen(page, d="2020-01-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_a_sentence_and_a_table(page, language):
    fill(page)
    app = page.open(language, path="right")
    sentences = [chart.alt for chart in charts(app)]
    assert len(sentences) == 2
    assert all(sentences)
    assert [table.proto.alt for table in app.table] == sentences
    assert {"ko": "네, 잘 맞았습니다", "en": "Yes, it was right"}[language] in sentences[0]
    assert {"ko": "1일 앞 100명당 10명", "en": "1 d ahead 10 in every 100"}[language] in sentences[
        1
    ]


def test_the_table_of_the_day_tells_where_each_hour_fell(page):
    fill(page, came={(FRIDAY, 18): 20_000.0, (FRIDAY, 8): 100.0})
    table = page.open(path="right").table[0].value
    results = dict(zip(table["시간"], table["결과"], strict=True))
    assert (results["18시"], results["08시"], results["12시"]) == (
        "▲ 더 많음",
        "▼ 더 적음",
        "○ 범위 안",
    )


def test_an_hour_without_a_forecast_is_a_gap_and_not_zero(page):
    fill(page, 1)
    with psycopg.connect(page.url) as conn:
        conn.execute("alter table warehouse.score disable trigger all")
        conn.execute("delete from warehouse.score where hour = 12")
    text = seen(page)
    assert "19개 시간대 가운데 19개" in text
    assert page.open(path="right").table[0].value["실측"].tolist().count("0") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_forecast_by_a_fallback_says_so(page, language):
    fill(page, 1)
    with psycopg.connect(page.url) as conn:
        conn.execute("alter table warehouse.issue disable trigger all")
        conn.execute("update warehouse.issue set tier = 'profile' where issue_id = 'day-00'")
    assert TABLES[language]["chip.profile"] in seen(page, language)


def test_of_several_issues_that_counts_which_stood_when_the_hour_began(page):
    """A second issue at noon of the day forecasts nobody."""
    fill(page, 1)
    with psycopg.connect(page.url) as conn:
        conn.execute(
            """insert into warehouse.issue
                   (issue_id, dataset, origin, issued_at, data_through, tier, data_sha, cutoffs)
               select 'noon', dataset, origin, issued_at + interval '5 hours', data_through, tier,
                      data_sha, cutoffs from warehouse.issue where issue_id = 'day-00';
               insert into warehouse.forecast
                   (issue_id, series, business_date, hour, at, horizon, q10, q50, q90, naive)
               select 'noon', series, business_date, hour, at, horizon, 0, 0, 0, naive
               from warehouse.forecast where issue_id = 'day-00';
               insert into warehouse.score
               select 'noon', series, business_date, hour, revision, observed, scored_at
               from warehouse.score where issue_id = 'day-00'"""
        )
    text = seen(page)
    assert "11/20(금) 07:10 KST에 낸 예측 11/20(금) 12:10 KST에 낸 예측" in text
    assert "20개 시간대 가운데 8개" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_scored_forecast_the_page_says_so(page, language):
    page.fill(scored=False)
    assert TABLES[language]["right.empty.title"] in seen(page, language)
    assert charts(page.open(language, path="right")) == []


def test_a_holiday_of_a_hostile_name_is_inert(page):
    fill(page, came={(FRIDAY, 18): 100.0})
    name = '<img src=x onerror="alert(1)">'
    ui_past.call(page.url, FRIDAY, "holiday", "holiday", name)
    markup = html(page.open(path="right"))
    assert "<img" not in markup
    assert escape(name) in markup
