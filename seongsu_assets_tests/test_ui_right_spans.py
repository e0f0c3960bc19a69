"""How right we were over many days: errors, the promise of the range, misses, others' forecasts.
One day is in test_ui_right."""

from datetime import date, timedelta

import pandas as pd
import psycopg
import pytest

import ui.data
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from seongsu_assets_tests.ui_right import fill, page, seen
from seongsu_assets_tests.ui_world import HOURS, SHAPE, morning
from ui.pages.right import score
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


@pytest.mark.parametrize(("span", "days"), [("7", 7), ("28", 28), ("90", 35)])
def test_errors_are_told_for_the_span_in_the_address_beside_last_week(page, span, days):
    """In the older days twice as many came as is usual."""
    older = [FRIDAY - timedelta(back) for back in range(7, 41)]
    fill(page, 35, {(day, hour): 2.0 * usual(day, hour) for day in older for hour in HOURS})
    text = seen(page, span=span)
    told = [FRIDAY - timedelta(back) for back in range(days)]
    wape, naive = off(told, older, 1.1), off(told, older, 1.2)
    assert f"빗나간 크기 100명당 {round(100 * wape)}명" in text
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


def test_nobody_is_no_share_of_anybody():
    nobody = pd.DataFrame({"business_date": [pd.Timestamp(FRIDAY)], "observed": [0.0]})
    assert score.score(nobody) is None
    assert score.score(score.newest(nobody.head(0), 7)) is None
