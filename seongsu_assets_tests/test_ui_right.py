"""Were we right? Every state in both languages, with numbers worked out by hand.
No browser: what it looks like is checked by eye."""

import csv
import io
from datetime import date, timedelta
from html import escape, unescape

import pandas as pd
import psycopg
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui.data
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, UI, Page
from seongsu_assets_tests.ui_world import HOURS, SHAPE, charts, html, morning, said
from ui.pages.right import score
from ui.pages.right.log import COLUMNS
from ui.pages.right.log import csv as log_csv
from ui.strings import TABLES


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def fill(page: Page, days: int = 3, came=None, **changes) -> None:
    page.fill(scored=False, **changes)
    ui_past.score(page.url, FRIDAY, days, came)


def plain(app) -> str:
    """What the page says, as it is read."""
    return unescape(" ".join(said(app).split()))


def seen(page: Page, language: str = "ko", **query) -> str:
    return plain(page.open(language, path="right", **query))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_scored_day_gets_a_verdict_in_plain_words(page, language):
    fill(page, came={(FRIDAY, 18): 7000.0})
    error = sum(0.1 * people for hour, people in SHAPE.items() if hour != 18) + 9600 * 1.1 - 7000
    off = round(100 * error / (sum(SHAPE.values()) - 9600 + 7000))
    expected = {
        "ko": (
            "가장 최근에 채점한 날 · 11/20(금)|네, 잘 맞았습니다|20개 시간대 가운데 19개|"
            f"100명당 {off}명꼴|18–19시입니다. 10,560명을 예측했는데 7,000명|"
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
    assert "08–09시입니다. 9,680명을 예측했는데 20,000명이었습니다" in text
    assert "가장 최근에 채점한 날 · 11/20(금)" in seen(page, d="2020-01-01")


@pytest.mark.parametrize(("span", "days"), [("7", 7), ("28", 28), ("90", 35)])
def test_errors_are_told_for_the_span_in_the_address_beside_last_week(page, span, days):
    """In the older days twice as many came as is usual."""
    older = [FRIDAY - timedelta(back) for back in range(7, 41)]
    fill(page, 35, {(day, hour): 2.0 * usual(day, hour) for day in older for hour in HOURS})
    text = seen(page, span=span)
    told = [FRIDAY - timedelta(back) for back in range(days)]
    wape, naive = off(told, older, 1.1), off(told, older, 1.2)
    assert f"빗나간 사람 100명당 {round(100 * wape)}명" in text
    assert f"지난주 값을 썼다면 100명당 {round(100 * naive)}명" in text
    assert (f"아직 {days}일뿐이라" in text) is (int(span) > days)
    assert f"최근 {days}일에 대해" in text


def usual(day: date, hour: int) -> float:
    return SHAPE[hour] * (0.6 if day.weekday() > 4 else 1.0)


def off(told: list[date], doubled: list[date], forecast: float) -> float:
    """The error of forecasting `forecast` times the usual, each day as often as it was forecast."""
    error = came = 0.0
    for day in told:
        times = min(7, 35 - (FRIDAY - day).days)
        for hour in HOURS:
            truth = usual(day, hour) * (2 if day in doubled else 1)
            error += times * abs(truth - forecast * usual(day, hour))
            came += times * truth
    return error / came


def test_an_unknown_span_in_the_address_counts_as_the_default(page):
    fill(page)
    assert seen(page, span="1000") == seen(page) == seen(page, span="28")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("missed", "kept"), [(0, "wide"), (4, "kept"), (10, "narrow")])
def test_the_promise_of_the_range_is_held_against_how_often_it_held(page, language, missed, kept):
    fill(page, 1, {(FRIDAY, hour): 0.0 for hour in HOURS[:missed]})
    share = {0: "10", 4: "8", 10: "5"}[missed]
    told = TABLES[language][f"right.promise.{kept}"].split("{share}")
    number = {"ko": f"10번 중 {share}번", "en": f"{share} times out of 10"}[language]
    assert f"{told[0]}{number}{told[1]}" in seen(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_misses_come_with_their_reason_or_say_that_it_is_unknown(page, language):
    holiday = FRIDAY - timedelta(2)
    fill(page, came={(holiday, 8): 20_000.0, (FRIDAY, 18): 100.0})
    ui_past.call(page.url, holiday, "holiday", "holiday", "개천절")
    ui_past.call(page.url, FRIDAY, "weekday", "ordinary", "")
    expected = {
        "ko": (
            "11/18(수) 08–09시 · 예측보다 10,320명 많음 예측 9,680명|까닭: 공휴일(개천절)|"
            "11/20(금) 18–19시 · 예측보다 10,460명 적음|실측 100명 까닭: 이유를 모름"
        ),
        "en": (
            "Wed 18 Nov 08:00–09:00 · 10,320 more than forecast|(National Foundation Day)|"
            "10,460 fewer than forecast|100 came Reason: unknown"
        ),
    }
    text = seen(page, language)
    order = [text.index(part) for part in ("10,460", "10,320")]
    assert order == sorted(order)
    assert [part for part in expected[language].split("|") if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_citys_forecast_is_told_as_another_thing_or_said_to_be_missing(page, language):
    fill(page)
    none, other = (TABLES[language][f"right.rivals_{key}"] for key in ("none", "other"))
    assert none in seen(page, language)
    hours = [morning(FRIDAY) + timedelta(hours=n) for n in range(4)]
    ui_past.forecast_city(page.url, hours, off=1.25)
    ui.data._read.clear()
    text = seen(page, language)
    assert none not in text
    assert other in text
    assert {"ko": "100명당 20명꼴로", "en": "by 20 in every 100 people"}[language] in text
    assert {"ko": "예측값 4개", "en": "4 forecast values"}[language] in text


def test_a_forecast_of_an_area_that_never_came_true_is_not_scored(page):
    fill(page)
    ui_past.forecast_city(page.url, [morning(FRIDAY)], off=1.0)
    with psycopg.connect(page.url) as conn:
        conn.execute("delete from warehouse.reading where key = 'now'")
    assert TABLES["ko"]["right.rivals_none"] in seen(page)


def test_the_log_holds_every_forecast_of_the_span_and_nothing_after_it(page):
    fill(page, 28)
    found = log_csv("seongsu", "total", FRIDAY - timedelta(27), FRIDAY)
    rows = list(csv.DictReader(io.StringIO(found.decode("utf-8-sig"))))
    forecasts = sum(min(7, 28 - back) for back in range(28)) * len(HOURS)
    assert len(rows) == forecasts > 1000
    assert tuple(rows[0]) == COLUMNS
    assert {row["series"] for row in rows} == {"total"}
    assert max(row["business_date"] for row in rows) == "2026-11-20"
    one = next(r for r in rows if r["issue_id"] == "day-00" and r["hour"] == "18")
    assert (float(one["q50"]), float(one["observed"])) == pytest.approx((10_560.0, 9600.0))
    assert (one["level"], one["level_observed"], one["data_through"]) == ("3", "3", "2026-11-19")


def test_the_log_is_read_when_it_is_asked_for_and_not_before(page, monkeypatch):
    fill(page)
    asked = queries(monkeypatch)
    app = page.open(path="right")
    assert [button.proto.label for button in app.get("download_button")] == [
        TABLES["ko"]["right.download"]
    ]
    assert not any("forecast_log" in query for query in asked)


def queries(monkeypatch) -> list[str]:
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(conn, query, *rest, **named):
        asked.append(query.as_string(conn) if hasattr(query, "as_string") else str(query))
        return execute(conn, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    return asked


@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_page_asks_at_most_five_questions_and_none_again(page, monkeypatch, path):
    fill(page)
    asked = queries(monkeypatch)
    page.open(path=path)
    page.open(path=path)
    reads = [query for query in asked if "published" in query]
    assert 2 <= len(reads) <= 5
    assert all("warehouse." not in query for query in reads)


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_an_empty_warehouse_explains_and_names_the_command(page, language, path):
    text = plain(page.open(language, path=path))
    assert TABLES[language][f"{path}.empty.title"] in text
    assert "seongsu run seongsu" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_generated_data_says_so_on_every_page_and_real_data_does_not(page, language, path):
    page.fill(dataset="seongsu@sample")
    banner = TABLES[language]["sample"]
    assert banner in said(page.open(language, path=path))


def test_real_data_wears_no_banner(page):
    fill(page)
    assert "ds banner" not in html(page.open(path="right"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("hours", "stale", "stopped"), [(0, False, False), (40, False, False), (60, True, False),
                                    (24 * 4 + 1, True, True)],
)  # fmt: skip
def test_what_is_old_says_so_and_what_is_fresh_does_not(page, language, hours, stale, stopped):
    """Issued on the 21st at 7; measured to the 20th, and from the 25th on four days behind."""
    fill(page)
    page.now += timedelta(hours=hours)
    for path in ("right", "sources"):
        text = plain(page.open(language, path=path))
        assert (TABLES[language]["stale.page"].partition("{age}")[0] in text) is stale
        assert (TABLES[language]["stopped"].partition("{age}")[0] in text) is stopped


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_lost_database_gives_the_last_values_with_their_age_or_a_plain_message(
    page, language, path
):
    fill(page)
    ui_past.decide(page.url, [(morning(FRIDAY), "m1", "first", "no champion yet; 0.31 of x")])
    before = len(said(page.open(language, path=path)))
    page.lose()
    page.now += timedelta(minutes=7)
    kept = said(page.open(language, path=path))
    age = {"ko": "7분 전", "en": "7 min ago"}[language]
    assert TABLES[language]["error.kept"].format(age=age) in kept
    assert len(kept) > before
    st.cache_resource.clear()
    bare = said(page.open(language, path=path))
    assert TABLES[language]["error.title"] in bare
    assert "Traceback" not in bare


@pytest.mark.parametrize("path", ["right", "sources", "model"])
def test_a_warehouse_of_another_shape_is_an_error_not_a_traceback(page, path):
    with psycopg.connect(page.url) as conn:
        conn.execute("drop view published.data_status")
    assert TABLES["ko"]["error.title"] in said(page.open(path=path))


def test_a_holiday_of_a_hostile_name_is_inert(page):
    fill(page, came={(FRIDAY, 18): 100.0})
    name = '<img src=x onerror="alert(1)">'
    ui_past.call(page.url, FRIDAY, "holiday", "holiday", name)
    markup = html(page.open(path="right"))
    assert "<img" not in markup
    assert escape(name) in markup


def test_nobody_is_no_share_of_anybody():
    nobody = pd.DataFrame({"business_date": [pd.Timestamp(FRIDAY)], "observed": [0.0]})
    assert score.score(nobody) is None
    assert score.score(score.newest(nobody.head(0), 7)) is None


def test_while_the_first_answer_is_awaited_the_shape_of_the_page_stands_there(page, monkeypatch):
    fill(page, 1)

    def never(*_):
        raise TimeoutError

    monkeypatch.setattr("ui.shell.answer", never)
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=30)
    page.go(app, "right")
    app.run()
    assert len(app.get("skeleton")) == 1
    monkeypatch.setattr("ui.shell.answer", ui.data.answer)
    app.run()
    assert len(app.get("skeleton")) == 0
    assert not app.exception
