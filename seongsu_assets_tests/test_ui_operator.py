"""The operator's page: signing in, evenings, hours that need staff, the sheet, events.
What the API does with an event is in test_api_events; what it is worth, in test_adjustments."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from typing import Any

import numpy as np
import pandas as pd
import psycopg
import pytest

import ui.data
from seongsu_assets.api.limits import Rate
from seongsu_assets.domain import Window
from seongsu_assets.forecasting import levels
from seongsu_assets.settings import Settings
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.adjusting import BY, OTHER, come, enter, entry, withdraw
from seongsu_assets_tests.answering_api import KEY, Api
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import SHAPE, at, html, morning, said
from ui.pages.operator import desk
from ui.pages.operator.chance import QUANTILES, chance_with
from ui.pages.operator.hours import Hour, evening, needs
from ui.pages.operator.sheet import inert
from ui.state.slots import Span
from ui.strings import TABLES

SATURDAY, MONDAY, TUESDAY = (FRIDAY + timedelta(n) for n in (1, 3, 4))
ISSUED = morning(SATURDAY)


@pytest.fixture
def api() -> Iterator[Api]:
    found = Api()
    yield found
    found.close()


@pytest.fixture
def page(monkeypatch, warehouse_url, api) -> Page:
    known = Settings(_env_file=None, api_address=api.address)
    monkeypatch.setattr(desk, "settings", lambda: known)
    return Page(monkeypatch, warehouse_url)


def plain(app) -> str:
    return unescape(" ".join(said(app).split()))


def titles(app) -> list[str]:
    return re.findall("<h2>(.*?)</h2>", html(app))


def opened(page: Page, language: str = "ko", **query: str):
    ui.data._read.clear()
    return page.open(language, path="operator", **query)


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


def sign_in(app, language: str = "ko", key: str = KEY):
    app.text_input(key="operator_typed").set_value(key)
    button(app, TABLES[language]["operator.sign_in"]).click()
    app.run()
    assert not app.exception
    return app


def inside(page: Page, language: str = "ko", **query: str):
    """The page of somebody who has signed in."""
    return sign_in(opened(page, language, **query), language)


def chances(page: Page, told: dict[tuple[Any, int], float]) -> None:
    """Chances of the highest level in the published forecast; of all other hours none."""
    with psycopg.connect(page.url) as conn:
        conn.execute("alter table warehouse.forecast disable trigger all")
        conn.execute(
            "update warehouse.forecast set p_levels = '{1, 0, 0, 0}' where p_levels is not null"
        )
        for (day, hour), chance in told.items():
            conn.execute(
                "update warehouse.forecast set p_levels = %s where series = 'total' "
                "and issue_id = 'seongsu-7' and business_date = %s and hour = %s",
                ([1 - chance, 0.0, 0.0, chance], day, hour),
            )


# --- signing in


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_sees_the_plan_or_a_form_for_events_without_the_key(page, language):
    page.fill()
    enter(page.url, entry(MONDAY), ISSUED)
    app = opened(page, language)
    text, words = plain(app), TABLES[language]
    assert words["operator.title"] in text
    assert words["operator.offer.3"] in text
    for hidden in ("planner.title", "sheet.title", "event.title", "events.title"):
        assert words[hidden] not in titles(app)
    assert [each.label for each in app.button] == [words["operator.sign_in"]]
    assert [each.label for each in app.text_input] == [words["operator.key"]]
    assert app.text_input[0].proto.type == app.text_input[0].proto.PASSWORD
    assert not app.get("download_button")
    assert "성수 팝업" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_key_everything_is_there_and_who_it_is(page, api, language):
    page.fill()
    app = inside(page, language)
    words, text = TABLES[language], plain(app)
    for shown in ("planner.title", "event.title", "events.title", "alarms.title"):
        assert words[shown] in titles(app)
    assert words["operator.signed"].format(fingerprint=BY) in text
    assert [each.path for each in api.asked] == ["/key"]


def test_the_key_is_in_nothing_but_the_memory_of_the_session(page, caplog, capfd):
    page.fill()
    caplog.set_level("DEBUG")
    app = inside(page)
    app.run()
    assert KEY not in html(app)
    assert KEY not in str(app.query_params)
    assert KEY not in str([each.proto for each in app.text_input])
    assert KEY not in caplog.text + "".join(capfd.readouterr())
    assert KEY not in repr(app.session_state["operator_signed"])
    kept = app.session_state._state.filtered_state
    assert [name for name, value in kept.items() if KEY in str(value)] == []
    assert KEY not in str(ui.data._last())
    assert app.session_state["operator_signed"].key == KEY


def test_signing_out_forgets_the_key(page):
    page.fill()
    app = inside(page)
    button(app, TABLES["ko"]["operator.sign_out"]).click()
    app.run()
    assert "operator_signed" not in app.session_state
    assert TABLES["ko"]["planner.title"] not in plain(app)
    assert TABLES["ko"]["operator.sign_in"] in plain(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "said", "headers", "state", "command"),
    [
        (401, {"detail": "hidden"}, {}, "refused", ""),
        (403, {"detail": "hidden"}, {}, "off", "seongsu key"),
        (429, {"detail": "hidden"}, {"retry-after": "17"}, "busy", ""),
        (500, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (503, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (404, {"detail": "hidden"}, {}, "away", "seongsu up"),
        (200, b"<html>hidden</html>", {}, "away", "seongsu up"),
        (200, [], {}, "away", "seongsu up"),
        (200, {"fingerprint": "<b>hidden"}, {}, "away", "seongsu up"),
        (302, b"hidden", {"location": "http://127.0.0.1:9/"}, "away", "seongsu up"),
    ],
)
def test_a_key_that_does_not_open_is_told_why(
    page, api, language, status, said, headers, state, command
):
    page.fill()
    api.answers["/key"], api.headers = (status, said), headers
    app = sign_in(opened(page, language), language)
    text, words = plain(app), TABLES[language]
    assert words[f"operator.said.{state}"].format(seconds=17) in text
    assert command in text
    assert "hidden" not in text
    assert words["planner.title"] not in text
    assert app.text_input(key="operator_typed").value == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_api_that_is_not_there_is_said_to_be_away(page, monkeypatch, language):
    page.fill()
    nowhere = Settings(_env_file=None, api_address="http://127.0.0.1:9")
    monkeypatch.setattr(desk, "settings", lambda: nowhere)
    text = plain(sign_in(opened(page, language), language))
    assert TABLES[language]["operator.said.away"] in text


def test_what_cannot_be_a_key_is_refused_without_asking(page, api):
    page.fill()
    app = opened(page)
    for wrong in ("한글 키", "a\nb", ""):
        app = sign_in(app, key=wrong)
        assert TABLES["ko"]["operator.said.refused"] in plain(app)
    assert api.asked == []


def test_who_guesses_must_wait_before_the_api_is_asked(page, api, monkeypatch):
    monkeypatch.setattr(desk, "visitor", lambda: "203.0.113.7")
    monkeypatch.setattr(desk, "TRIES", Rate(a_minute=0.1, at_once=3))
    page.fill()
    app = opened(page)
    for _ in range(6):
        sign_in(app, key="wrong")
    assert len(api.asked) == desk.TRIES.at_once
    assert "초 뒤에" in plain(app)
    monkeypatch.setattr(desk, "visitor", lambda: "203.0.113.8")
    assert TABLES["ko"]["operator.said.refused"] in plain(sign_in(app, key="wrong"))


def test_the_api_is_found_by_its_port_or_by_its_address(monkeypatch):
    for known, expected in (
        (Settings(_env_file=None, api_port=8123), "http://127.0.0.1:8123"),
        (Settings(_env_file=None, api_address="https://api.example/"), "https://api.example"),
    ):
        monkeypatch.setattr(desk, "settings", lambda known=known: known)
        assert desk.address() == expected


# --- the evenings


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


def hour(day, first: int, people: float, hours: int = 1, chance: float = 0.0) -> Hour:
    begins = at(day, first)
    ends = begins + timedelta(hours=hours)
    return Hour(day, Span(first, hours), begins, ends, people, 0, people, people, people, 0.0,
                chance, ())  # fmt: skip


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


# --- who is called


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_above_the_threshold_are_told_as_spans(page, language):
    page.fill()
    chances(page, {(MONDAY, 17): 0.5, (MONDAY, 18): 0.9, (MONDAY, 19): 0.7, (MONDAY, 21): 0.5,
                   (TUESDAY, 18): 0.499})  # fmt: skip
    text = plain(inside(page, language))
    spans = {
        "ko": ("11/23(월) 17–20시 붐빔 가능성 최고 90%", "11/23(월) 21–22시 붐빔 가능성 최고 50%"),
        "en": ("Mon 23 Nov 17:00–20:00 Chance of Crowded up to 90%",
               "Mon 23 Nov 21:00–22:00 Chance of Crowded up to 50%"),
    }  # fmt: skip
    for span in spans[language]:
        assert span in text
    found = {"ko": "1일에 걸쳐 모두 4개", "en": "50% or more: 4, on 1 of the days"}[language]
    assert found in text


@pytest.mark.parametrize(("chance", "hours"), [("30", 5), ("50", 4), ("70", 2), ("90", 1)])
def test_the_threshold_is_in_the_address(page, chance, hours):
    page.fill()
    chances(page, {(MONDAY, 17): 0.5, (MONDAY, 18): 0.9, (MONDAY, 19): 0.7, (MONDAY, 21): 0.5,
                   (TUESDAY, 18): 0.3})  # fmt: skip
    assert f"모두 {hours}개" in plain(inside(page, chance=chance))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_hour_reaches_it_that_is_said_and_there_is_no_sheet(page, language):
    page.fill()
    chances(page, {})
    app = inside(page, language, chance="90")
    none = TABLES[language]["planner.none"].format(level=TABLES[language]["level.3"], chance="90%")
    assert none in plain(app)
    assert TABLES[language]["sheet.title"] not in titles(app)
    assert not app.get("download_button")


def test_an_event_can_lift_an_hour_over_the_threshold(page):
    page.fill()
    chances(page, {})
    enter(page.url, entry(MONDAY, 17, 18, people=4000), ISSUED)
    text = plain(inside(page, chance="90"))
    assert "11/23(월) 17–18시 붐빔 가능성 최고" in text
    assert "예측 6,710 + 행사 4,000 · 성수 팝업" in text


def test_neighbours_are_of_one_day_and_without_a_gap():
    hours = [hour(MONDAY, first, 1.0, chance=0.9) for first in (8, 9, 11, 23)]
    hours.append(hour(TUESDAY, 0, 1.0, chance=0.9))
    assert [(need.day, need.span) for need in needs(hours, 0.5)] == [
        (MONDAY, Span(8, 2)), (MONDAY, Span(11, 1)), (MONDAY, Span(23, 1)), (TUESDAY, Span(0, 1)),
    ]  # fmt: skip
    assert needs([replace(hours[0], chance=None)], 0.3) == []


# --- how often it was right


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_are_held_against_what_came_and_how_early_it_was_known(page, language):
    """Three days of issues; each calls every hour with 0.4, and 8 and 18 o'clock come crowded."""
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 3)
    text = plain(inside(page, language, chance="30"))
    expected = {
        "ko": "그날 아침 예측에서 붐빔 가능성이 30% 이상이던 시간대는 51개였고, 그중 6개가 실제로 "
        "붐빔이었습니다. 실제로 붐빔이던 시간대 6개 가운데 6개를 미리 찾았습니다. "
        "2일 전 예측으로는 2개 가운데 2개를 찾았습니다.",
        "en": "Forecast made in the morning of the day: of 51 time slots with a 30% chance of "
        "Crowded or more, 6 came Crowded. Of 6 time slots that came Crowded, 6 were found before. "
        "Made 2 d before, it found 2 of 2.",
    }
    assert expected[language] in text
    none = {
        "ko": "50% 이상이던 시간대는 없었습니다. 실제로 붐빔이던 시간대 6개 가운데 0개",
        "en": "no time slot had a 50% chance of Crowded. Of 6 time slots that came Crowded, 0",
    }
    assert none[language] in plain(inside(page, language, chance="50"))


def test_the_table_tells_every_horizon(page):
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 3)
    table = inside(page, chance="30").table[0].value
    assert table["예측한 때"].tolist() == ["그날 아침", "1일 전", "2일 전"]
    assert table["붐빔 중 찾은 시간"].tolist() == [
        "6 중 6 (100%)",
        "4 중 4 (100%)",
        "2 중 2 (100%)",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_scored_the_record_is_unknown(page, language):
    page.fill(scored=False)
    assert TABLES[language]["alarms.none"] in plain(inside(page, language))


@pytest.mark.parametrize(("days", "hours"), [("28", 28), ("90", 35)])
def test_the_record_is_of_28_or_90_days(page, days, hours):
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 35)
    text = plain(inside(page, chance="30", record=days))
    assert f"30% 이상이던 시간대는 {hours * 17:,}개" in text


# --- the sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_has_the_spans_the_issue_and_places_for_names(page, language):
    page.fill()
    chances(page, {(MONDAY, 18): 0.9})
    enter(page.url, entry(MONDAY, 18, 19, people=500, name="<i>팝업</i>"), ISSUED)
    app = inside(page, language)
    markup = html(app).partition('class="ds staff"')[2].partition("</section>")[0]
    text = unescape(re.sub("<[^>]+>", " ", markup))
    words = TABLES[language]
    assert markup.count('class="blank"') == 2
    assert "seongsu-7" in text
    assert words["sheet.names"] in text
    assert "<i>팝업</i>" not in markup
    assert escape("<i>팝업</i>") in markup
    assert {"ko": "11/23(월)", "en": "Mon 23 Nov"}[language] in text
    [download] = app.get("download_button")
    assert download.proto.label == words["sheet.download"]


def test_the_file_is_for_spreadsheets_and_computes_nothing(page, monkeypatch):
    page.fill()
    chances(page, {(MONDAY, 18): 0.9, (TUESDAY, 18): 0.6})
    enter(page.url, entry(MONDAY, 18, 19, people=-500, name="=cmd|' /C calc'!A0"), ISSUED)
    enter(page.url, entry(MONDAY, 18, 19, people=600, name='@b, "c"'), ISSUED)
    files: list[bytes] = []
    monkeypatch.setattr(
        "ui.pages.operator.sheet.st.download_button",
        lambda *_, data, **__: files.append(data),
    )
    inside(page)
    assert files[0].startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(files[0].decode("utf-8-sig"))))
    assert rows[0][:3] == ["날짜", "요일", "시작"]
    assert rows[1][:7] == ["2026-11-23", "월", "18:00", "19:00", "18:00", "10560", "10660"]
    assert rows[1][10].startswith("'")
    assert '@b, "c"' in rows[1][10]
    assert rows[2][10] == ""
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r", "＝1", "＋1"])
def test_a_cell_that_would_compute_is_text(cell):
    assert inert(cell) == f"'{cell}"
    assert inert("a=1") == "a=1"
    assert inert("") == ""


# --- events


def fill_in(app, *, day=MONDAY, first=17, last=20, name="성수 팝업", people=500):
    app.selectbox(key="event_day").set_value(day)
    app.selectbox(key="event_from").set_value(first)
    app.selectbox(key="event_to").set_value(last)
    app.text_input(key="event_name").set_value(name)
    app.number_input(key="event_people").set_value(people)
    return app


def send(app, language: str = "ko"):
    button(app, TABLES[language]["event.enter"]).click()
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_is_sent_with_the_key_and_the_form_is_empty_again(page, api, language):
    page.fill()
    app = send(fill_in(inside(page, language)), language)
    [asked] = [each for each in api.asked if each.path == "/events"]
    assert asked.key == f"Bearer {KEY}"
    assert {name: value for name, value in asked.body.items() if name != "id"} == {
        "domain": "seongsu", "business_date": "2026-11-23", "from_hour": 17, "to_hour": 20,
        "name": "성수 팝업", "people": 500,
    }  # fmt: skip
    assert re.fullmatch(r"[0-9a-f-]{36}", asked.body["id"])
    assert TABLES[language]["event.said.entered"] in plain(app)
    assert app.text_input(key="event_name").value == ""
    assert app.number_input(key="event_people").value is None


def test_what_was_entered_is_seen_at_once_and_another_gets_another_id(page, api):
    page.fill()
    app = inside(page)
    enter(page.url, entry(MONDAY), ISSUED)  # what the API would do
    text = plain(send(fill_in(app)))
    assert "성수 팝업 반영 중" in text
    assert TABLES["ko"]["event.said.entered"] not in plain(app.run())
    send(fill_in(app))
    first, second = (each.body["id"] for each in api.asked if each.path == "/events")
    assert first != second


def test_sent_again_after_a_lost_answer_it_is_the_same_event(page, api):
    page.fill()
    api.answers["/events"] = (503, {})
    app = send(fill_in(inside(page)))
    assert TABLES["ko"]["operator.said.away"] in plain(app)
    assert app.text_input(key="event_name").value == "성수 팝업"
    send(app)
    first, second = (each.body for each in api.asked if each.path == "/events")
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"last": 17}, "hours"),
        ({"first": 18, "last": 10}, "hours"),
        ({"name": "  "}, "name"),
        ({"people": None}, "people"),
        ({"people": 0}, "people"),
        ({"day": SATURDAY, "first": 8}, "begun"),
    ],
)
def test_what_makes_no_sense_is_said_without_asking(page, api, language, changes, why):
    page.fill()
    text = plain(send(fill_in(inside(page, language), **changes), language))
    assert TABLES[language][f"event.said.{why}"] in text
    assert "/events" not in [each.path for each in api.asked]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "said"), [(404, "missing"), (409, "late"), (422, "wrong"), (429, "busy")]
)
def test_what_the_api_refuses_is_told_in_the_language_of_the_page(
    page, api, language, status, said
):
    page.fill()
    api.answers["/events"] = (status, {"detail": "hidden"})
    text = plain(send(fill_in(inside(page, language)), language))
    assert TABLES[language][f"operator.said.{said}"].format(seconds=1) in text
    assert "hidden" not in text


def test_a_key_that_is_good_no_more_signs_out_and_says_so(page, api):
    page.fill()
    app = fill_in(inside(page))
    api.answers["/events"] = (401, {})
    assert TABLES["ko"]["operator.said.refused"] in plain(send(app))
    assert TABLES["ko"]["event.title"] not in titles(app)
    assert "operator_signed" not in app.session_state


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_tells_when_by_which_key_and_what_came_of_it(page, language):
    page.fill(scored=False)
    page.now = at(MONDAY, 15)
    helped = enter(page.url, entry(MONDAY, 12, 14, people=500, name="도움"), ISSUED)
    enter(page.url, entry(SATURDAY, 18, 19, people=1000, name="헛일"), ISSUED)
    gone = enter(page.url, entry(TUESDAY, people=-300, name="<script>x</script>"), ISSUED)
    withdraw(page.url, gone, ISSUED + timedelta(hours=2))
    enter(page.url, entry(TUESDAY, name="앞으로"), ISSUED)
    for hour_, off in ((12, 700), (13, 300)):
        come(page.url, "seongsu-7", MONDAY, {hour_: SHAPE[hour_] * 1.1 + off})
    come(page.url, "seongsu-7", SATURDAY, {18: SHAPE[18] * 0.6 * 1.1 - 100})
    app = inside(page, language)
    text, words = plain(app), TABLES[language]
    expected = {
        "ko": (
            "도움 끝남 11/23(월) 12–14시 · 시간당 +500명 등록 11/21(토) 07:10 KST · 인증키 0a1b",
            "시간당 평균 예측만: 500명 빗나감, 행사 반영: 200명 빗나감. 등록이 도움이 되었습니다",
            "시간당 평균 예측만: 100명 빗나감, 행사 반영: 1,100명 빗나감. 등록하지 않는 편이",
            "철회함 11/24(화) 17–20시 · 시간당 −300명",
            "철회 11/21(토) 09:10 KST · 인증키 ffffffff",
            "채점한 행사 2건(시간대 3개): 시간당 평균 예측만으로는 367명, 행사를 반영하면 500명",
            "앞으로 반영 중",
        ),
        "en": (
            "도움 over Mon 23 Nov 12:00–14:00 · +500 people/hour Entered Sat 21 Nov 07:10 KST",
            "forecast alone 500, with events 200 people. Entering it helped (2 time slots).",
            "forecast alone 100, with events 1,100 people. Not entering it would have been better",
            "withdrawn Tue 24 Nov 17:00–20:00 · −300 people/hour",
            "Withdrawn Sat 21 Nov 09:10 KST · key ffffffff",
            "2 scored events, 3 time slots: off by 367 people an hour",
            "앞으로 counted",
        ),
    }
    assert [part for part in expected[language] if part not in text] == []
    assert "<script>" not in html(app)
    assert [each.label for each in app.button].count(words["events.yes"]) == 1
    assert helped


def test_withdrawing_asks_the_api_and_is_seen_at_once(page, api):
    page.fill()
    known = enter(page.url, entry(MONDAY), ISSUED)
    app = inside(page)
    withdraw(page.url, known, ISSUED + timedelta(minutes=1))  # what the API would do
    button(app, TABLES["ko"]["events.yes"]).click()
    app.run()
    assert api.asked[-1].path == f"/events/{known}/withdraw"
    assert api.asked[-1].key == f"Bearer {KEY}"
    assert f"철회 11/21(토) 07:11 KST · 인증키 {OTHER}" in plain(app)


def test_a_withdrawal_that_fails_is_told(page, api):
    page.fill()
    known = enter(page.url, entry(MONDAY), ISSUED)
    api.answers[f"/events/{known}/withdraw"] = (503, {})
    app = inside(page)
    button(app, TABLES["ko"]["events.yes"]).click()
    app.run()
    assert TABLES["ko"]["operator.said.away"] in plain(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_events_the_list_says_so(page, language):
    page.fill()
    assert TABLES[language]["events.none"].format(days=28) in plain(inside(page, language))


# --- states


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_warehouse_explains_and_names_the_command(page, language):
    text = plain(inside(page, language))
    assert TABLES[language]["empty.title"] in text
    assert "seongsu run seongsu" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_an_old_forecast_no_staff_is_planned(page, language):
    page.fill()
    page.now = ISSUED + timedelta(hours=60)
    text, words = plain(inside(page, language)), TABLES[language]
    assert words["operator.stale"] in text
    assert words["planner.title"] not in text
    assert words["event.title"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_gives_the_last_values_with_their_age_or_a_plain_message(page, language):
    page.fill()
    inside(page, language)
    page.lose()
    page.now += timedelta(minutes=7)
    kept = plain(inside(page, language))
    age = {"ko": "7분 전", "en": "7 min ago"}[language]
    words = TABLES[language]
    assert words["error.kept"].format(age=age) in kept
    assert words["planner.title"] in kept
    ui.data._last().clear()
    bare = plain(inside(page, language))
    assert words["error.title"] in bare
    assert words["planner.title"] not in bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_data_says_so_on_the_page_and_on_the_sheet(page, language):
    page.fill(dataset="seongsu@sample")
    text = plain(inside(page, language, chance="30"))
    assert text.count(TABLES[language]["sample"]) == 2


@pytest.mark.parametrize("tier", ["last_good", "profile"])
def test_a_fallback_says_so(page, tier):
    page.fill(tier=tier)
    assert TABLES["ko"][f"fallback.{tier}"] in plain(inside(page))


def test_a_page_asks_at_most_five_questions_and_none_again(page, monkeypatch):
    page.fill()
    enter(page.url, entry(MONDAY), ISSUED)
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(conn, query, *rest, **named):
        asked.append(query.as_string(conn) if hasattr(query, "as_string") else str(query))
        return execute(conn, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    app = inside(page)
    app.run()
    reads = [query for query in asked if "published" in query]
    assert len(reads) == 5
    assert all("warehouse." not in query for query in reads)


def test_a_warehouse_of_another_shape_is_an_error_not_a_traceback(page):
    page.fill()
    with psycopg.connect(page.url) as conn:
        conn.execute("drop view published.adjustment")
    assert TABLES["ko"]["error.title"] in plain(inside(page))


def test_an_hour_that_has_begun_cannot_be_chosen_when_nothing_follows(page):
    page.fill()
    page.now = at(FRIDAY + timedelta(7), 23) + timedelta(minutes=1)
    app = inside(page)
    assert TABLES["ko"]["event.none"] in plain(app)
    assert not app.number_input
