"""The page about the model: card, decisions, errors by hour, chances, limits, in both languages.
States that it shares with other pages are in test_ui_states."""

import re
from datetime import timedelta
from html import escape, unescape

import pandas as pd
import psycopg
import pytest

from seongsu_assets.forecasting import promotion
from seongsu_assets.forecasting.promotion import Scores
from seongsu_assets.forecasting.thresholds import Promotion
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.test_ui_rules import linear
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import HOURS, charts, html, morning, said
from ui.pages.model import heat
from ui.pages.model.judged import judged
from ui.strings import TABLES, Words

WEEKS = [morning(FRIDAY) - timedelta(weeks=back) for back in (3, 2, 1)]
DECISIONS = [
    (WEEKS[0], "aaaaaaaaaaaa", "first", "no champion yet; 0.31 of seasonal naive"),
    (WEEKS[1], "bbbbbbbbbbbb", "promote", "gains +4.6% on 20 recent days"),
    (WEEKS[2], "cccccccccccc", "keep", "2.4% worse on recent days"),
]


@pytest.fixture
def page(monkeypatch, warehouse_url):
    return Page(monkeypatch, warehouse_url)


def fill(page: Page, days: int = 3, came=None) -> None:
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, days, came)
    ui_past.decide(page.url, DECISIONS)


def seen(page: Page, language: str = "ko") -> str:
    return unescape(" ".join(said(page.open(language, path="model")).split()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_tells_who_serves_since_when_why_and_from_what(page, language):
    fill(page)
    expected = {
        "ko": (
            "모델 bbbbbbbbbbbb 쓰기 시작한 때 11/6(금) 07:10 KST|4.6% 덜 빗나갔습니다|"
            "배운 기간 2025. 1. 1. – 2026. 11. 5. (674일)|빗나간 크기 100명당 5명|"
            "지난주 값을 썼다면 100명당 17명|범위 안에 든 실측 10번 중 8.2번|"
            "혼잡도를 맞힌 시간대 10번 중 9.4번|지난 8번의 출발점|예측값 1,045개"
        ),
        "en": (
            "Model bbbbbbbbbbbb Serves since Fri 6 Nov 07:10 KST|off by 4.6% less|"
            "Learned from 1 Jan 2025 – 5 Nov 2026 (674 days)|Off by 5 in every 100 people|"
            "Repeating last week 17 in every 100|Within the range 8.2 times out of 10|8 past"
        ),
    }
    text = seen(page, language)
    assert [part for part in expected[language].split("|") if part not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_decisions_are_told_the_newest_first_with_word_sign_and_reason(page, language):
    fill(page)
    text = seen(page, language)
    words = TABLES[language]
    history = text.partition(words["history.title"])[2]
    marks = [f"{words[f'outcome.{o}.sign']} {words[f'outcome.{o}']}"
             for o in ("keep", "promote", "first")]  # fmt: skip
    places = [history.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)
    assert {"ko": "지금 모델보다 2.4% 더", "en": "by 2.4% more than the present"}[
        language
    ] in history
    assert {"ko": "새 모델 cccccccc", "en": "New model cccccccc"}[language] in history


def test_many_decisions_are_all_there(page):
    page.fill()
    ui_past.decide(
        page.url,
        [(morning(FRIDAY) - timedelta(days=n), f"model-{n:02d}", "reject", f"reason {n}")
         for n in range(20)],
    )  # fmt: skip
    text = seen(page)
    assert all(f"reason {n}" in text for n in range(20))
    assert TABLES["ko"]["card.none"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_is_not_known_is_shown_as_it_was_written_and_inert(page, language):
    page.fill()
    reason = "by hand: <b onclick=x>because</b>"
    ui_past.decide(page.url, [(WEEKS[0], "m1", "first", reason), (WEEKS[1], "m2", "keep", "oh")])
    markup = html(page.open(language, path="model"))
    assert "<b onclick" not in markup
    assert escape("<b onclick=x>because</b>") in markup
    assert '<span lang="en">oh</span>' in markup


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trial_that_is_not_believed_is_said_to_be_so_beside_why(page, language):
    page.fill()
    doubt = "its quantiles cross or fall below zero"
    ui_past.decide(page.url, [(WEEKS[0], "m1", "reject", doubt)])
    doubted = TABLES[language]["judged.doubted"]
    assert f'{doubted} <span lang="en">{doubt}</span>' in html(page.open(language, path="model"))


def rows(q50: float, days: int = 40, naive: float = 130.0) -> pd.DataFrame:
    """One hour a day at which a hundred came."""
    dates = pd.date_range("2026-01-01", periods=days)
    wobble = [q50 + (n % 3) for n in range(days)]
    return pd.DataFrame(
        {"origin": dates, "series": "total", "business_date": dates, "hour": 8, "truth": 100.0,
         "q10": [98.0 if n % 5 else 101.0 for n in range(days)], "q50": wobble, "q90": 120.0,
         "seasonal_naive": naive}
    )  # fmt: skip


def decided() -> list[str]:
    """Reasons as the rule itself writes them."""
    rules, day = Promotion(), pd.Timestamp("2026-01-01")

    def of(name: str, value: float, late: int = 0, **kinds) -> Scores:
        return Scores(name, rows(value, **kinds), day + pd.Timedelta(days=late))

    narrow = Scores("n", rows(102.0).assign(q10=110.0), day)
    return [
        promotion.alone(of("good", 102.0), rules).reason,
        promotion.alone(of("bad", 190.0), rules).reason,
        promotion.alone(narrow, rules).reason,
        promotion.decide(of("a", 102.0), of("b", 110.0), rules).reason,
        promotion.decide(of("a", 110.0), of("b", 102.0), rules).reason,
        promotion.decide(of("a", 102.0), of("b", 102.0), rules).reason,
        promotion.decide(of("a", 102.0, days=3), of("b", 110.0, days=3), rules).reason,
        promotion.decide(of("a", 109.99, 60), of("b", 110.0), rules).reason,
        promotion.decide(of("a", 109.99), of("b", 110.0), rules).reason,
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_the_rule_writes_is_said_in_plain_words(language):
    found = decided()
    assert len(set(found)) == 9
    more = [
        "1.5% worse on the days before", "0.2% worse on the busiest hours",
        "gains +0.8% in all, within chance", "gains -0.3% in all, within chance",
        "by hand: the other one is broken", "it cannot be examined: it has no rows",
        "0 days that the champion has not seen, 14 are needed",
    ]  # fmt: skip
    told = {reason: judged(reason, Words(language)) for reason in [*found, *more]}
    assert [reason for reason, text in told.items() if text is None] == []
    assert len(set(told.values())) == len(told)
    assert judged("something else", Words(language)) is None


def test_a_gain_is_less_error_and_a_loss_is_more():
    text = judged("gains -0.3% in all, within chance", Words("en"))
    assert text is not None
    assert "off by 0.3% more" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_by_hour_and_kind_of_day_are_a_table_with_few_hours_marked(page, language):
    """Eight days: five weekdays enough to tell, of Saturday and Sunday one each; 8 h is off."""
    came = {(FRIDAY - timedelta(n), 8): 17_600.0 for n in (0, 1, 2, 3, 4, 7)}
    fill(page, 8, came)
    markup = html(page.open(language, path="model"))
    table = markup.partition('class="ds heat"')[2].partition("</table>")[0]
    heads = [TABLES[language][f"day_type.{kind}"] for kind in ("weekday", "saturday", "sunday")]
    assert re.findall(r'<th scope="col">(.*?)</th>', table)[1:] == heads
    lines = table.split("<tr>")[2:]
    assert len(lines) == len(HOURS)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", line) for line in lines]
    assert cells[3] == ["45%", "10%*", "10%*"]
    assert cells[4] == ["10%", "10%*", "10%*"]
    worst = {"ko": "평일 08–09시(100명당 45명꼴)", "en": "Weekday 08:00–09:00 (off by 45 in"}[
        language
    ]
    assert worst in seen(page, language)


def test_what_is_written_on_every_shade_can_be_read():
    for step in range(101):
        depth = step / 100
        ink = "#ffffff" if depth > heat.DARK else "#000000"
        ground, text = (
            0.05 + float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (heat.shade(depth), ink)
        )
        assert max(ground, text) / min(ground, text) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("days", "weekdays"), [(1, 1), (8, 6)])
def test_chances_are_held_against_what_came(page, language, days, weekdays):
    """Each hour was given 40 %; at 8 and 18 h of weekdays it came."""
    fill(page, days)
    app = page.open(language, path="model")
    chart, table = charts(app)[0], app.table[0]
    hours = f"{20 * days:,}"
    said_of = {
        "ko": f"가능성 40%라고 한 {hours}시간 가운데 {2 * weekdays}시간",
        "en": f"Of {hours} hours with a chance of 40%, it came in {2 * weekdays}.",
    }
    assert said_of[language] in chart.alt
    assert table.proto.alt == chart.alt
    assert table.value.iloc[0].tolist()[:3] == ["40%", hours, f"{2 * weekdays}"]
    assert TABLES[language]["chances.few"] not in table.value.iloc[0, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_hours_behind_a_chance_are_said_to_be_few(page, language):
    fill(page, 1)
    with psycopg.connect(page.url) as conn:
        conn.execute("alter table warehouse.score disable trigger all")
        conn.execute("delete from warehouse.score where hour > 18")
    app = page.open(language, path="model")
    assert charts(app)[0].alt == TABLES[language]["chances.too_few"]
    assert TABLES[language]["chances.few"] in app.table[0].value.iloc[0, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_was_scored_the_card_stands_alone(page, language):
    page.fill(scored=False)
    ui_past.decide(page.url, DECISIONS[:1])
    text = seen(page, language)
    assert TABLES[language]["chances.none"] in text
    assert TABLES[language]["accuracy.none"] in text
    assert charts(page.open(language, path="model")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_model_the_page_says_what_forecasts_instead(page, language):
    page.fill()
    assert TABLES[language]["model.empty.title"] in seen(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_known_limits_name_the_last_day_it_learned_from(page, language):
    fill(page)
    last = {"ko": "2026. 11. 5. 뒤에", "en": "after 5 Nov 2026"}[language]
    assert last in seen(page, language)
