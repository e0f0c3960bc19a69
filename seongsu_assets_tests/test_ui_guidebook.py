"""The guidebook: the graph live from Dagster, each stage closer, the ten levels, in both languages.
Dagster's answer is a recorded one; the real one is asked in test_ui_guidebook_live."""

import re
from collections.abc import Iterator

import pytest

from seongsu_assets_tests import ui_dagster
from seongsu_assets_tests.graphql_desk import GraphqlDesk
from seongsu_assets_tests.ui_dagster import buttons, judge, never_run, opened, plain, run
from seongsu_assets_tests.ui_page import LANGUAGES, Page
from seongsu_assets_tests.ui_world import html
from ui.strings import TABLES


@pytest.fixture
def dagster() -> Iterator[GraphqlDesk]:
    with ui_dagster.desk() as desk:
        yield desk


@pytest.fixture
def page(monkeypatch, warehouse_url, dagster) -> Page:
    return ui_dagster.page(monkeypatch, warehouse_url, dagster)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_says_how_it_stands_since_when_and_how_much(page, language):
    page.fill()
    app = opened(page, language)
    assert len(buttons(app)) == 22
    expected = {
        "ko": "예측 forecasts ○ 정상 · 29분 전 · 414행 온 곳: 대표 모델, 특징",
        "en": "Forecasts forecasts ○ fine · 29 min ago · 414 rows from Champion, Features",
    }
    assert buttons(app)["forecasts"] == expected[language]
    whole = {"ko": "모두 22단계 ▲ 주의 1 ○ 정상 21", "en": "22 stages ▲ warning 1 ○ fine 21"}
    assert whole[language] in plain(app)


STATES = {
    "failed": lambda told: run(
        told, "failed", "seongsu_forecast", {"seongsu__forecasts": "FAILURE"}
    ),
    "refused": lambda told: judge(told, "forecasts", "FAILED"),
    "warned": lambda told: judge(told, "forecasts", "FAILED", "WARN"),
    "running": lambda told: run(
        told, "active", "seongsu_forecast", {"seongsu__forecasts": "IN_PROGRESS"}
    ),
    "waiting": lambda told: run(told, "active", "seongsu_forecast", {}),
    "never": never_run,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_a_sign_and_a_word_on_its_stage_and_in_the_summary(
    page, dagster, state, language
):
    page.fill()
    STATES[state](dagster.answer)
    words = TABLES[language]
    named = f"{words[f'stage_state.{state}.sign']} {words[f'stage_state.{state}']}"
    app = opened(page, language, stage="forecasts")
    assert named in buttons(app)["forecasts"]
    assert re.search(f"{re.escape(named)} [0-9]+ ", plain(app))


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        (lambda told: run(told, "failed", "seongsu_forecast",
                          {"seongsu__forecasts": "FAILURE"}, minutes=60), "made"),
        (lambda told: run(told, "failed", "seongsu_train",
                          {"seongsu__challenger": "FAILURE"}), "made"),
        (lambda told: run(told, "failed", "seongsu_forecast", {}), "failed"),
        (lambda told: run(told, "failed", "__ASSET_JOB", {}, chosen=("forecasts",)), "failed"),
        (lambda told: run(told, "failed", "__ASSET_JOB", {}, chosen=("raw",)), "made"),
        (lambda told: run(told, "active", "__ASSET_JOB", {}, chosen=("raw",)), "made"),
        (lambda told: judge(told, "forecasts", "EXECUTION_FAILED"), "refused"),
        (lambda told: judge(told, "forecasts", "SKIPPED"), "made"),
    ],
    ids=["failed before it was made", "another stage failed", "failed before any step",
         "a chosen one failed", "another chosen failed", "another is chosen",
         "a check broke", "a check was skipped"],
)  # fmt: skip
def test_a_stage_fails_by_its_own_newest_run_only(page, dagster, changed, state):
    page.fill()
    changed(dagster.answer)
    assert TABLES["en"][f"stage_state.{state}"] in buttons(opened(page, "en"))["forecasts"]


def test_what_is_under_way_is_told_beside_what_failed_before(page, dagster):
    page.fill()
    steps = {"seongsu__forecasts": "FAILURE"}
    run(dagster.answer, "failed", "seongsu_forecast", steps, minutes=5)
    run(dagster.answer, "active", "seongsu_forecast", {"seongsu__forecasts": "IN_PROGRESS"})
    text = plain(opened(page, "en", stage="forecasts"))
    assert "Failed since Sun 22 Nov 09:35 KST · 5 min ago run failed-s" in text
    assert "Under way Sun 22 Nov 09:39 KST · 1 min ago run active-s" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chosen_stage_tells_its_run_its_checks_and_its_neighbours(page, dagster, language):
    page.fill()
    judge(dagster.answer, "forecasts", "FAILED", why="q90 is below q10 on 2026-11-23")
    app = opened(page, language, stage="forecasts")
    text, markup = plain(app), html(app)
    assert TABLES[language]["stage_text.forecasts"] in text
    assert '<div class="own" lang="en"><p>The next seven days, hour by hour:' in markup
    expected = {
        "ko": "최근 실행 11/22(일) 09:10 KST · 29분 전 실행 6a807584|만든 양 414행|"
        "다룬 날 2026. 11. 21.|온 곳 대표 모델 champion , 특징 features|"
        "가는 곳 성적 accuracy , 공개 published|검사 통과 2 · 실패 1|"
        "counts stay within reach × 실패",
        "en": "Newest run Sun 22 Nov 09:10 KST · 29 min ago run 6a807584|Made 414 rows|"
        "Comes from Champion champion , Features features|Checks 2 passed · 1 failed|"
        "counts stay within reach × failed",
    }
    for part in expected[language].split("|"):
        assert part in text
    assert "q90 is below q10 on 2026-11-23" in text
    link = rf'<a href="{dagster.url}/runs/6a807584[-0-9a-f]+" target="_blank" rel="noopener">'
    assert re.search(link, markup)
    assert f'<a href="{dagster.url}/assets/seongsu/forecasts"' in markup


def test_a_long_list_of_passed_checks_waits_behind_a_click(page):
    page.fill()
    app = opened(page, "en", stage="raw")
    assert "The 5 checks that passed" in [each.label for each in app.expander]
    text = plain(app)
    assert text.index("days came in time ▲ warning") < text.index("rows are unique ○ passed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_choosing_a_stage_opens_it_in_place_and_a_second_time_closes_it(page, language):
    page.fill()
    app = opened(page, language)
    words = TABLES[language]
    assert words["stage_text.champion"] not in plain(app)
    app.button(key="stage_champion").click().run()
    assert app.query_params["stage"] == "champion"
    assert words["stage_text.champion"] in plain(app)
    assert words["stage.open"] in buttons(app)["champion"]
    app.button(key="stage_champion").click().run()
    assert "stage" not in app.query_params
    assert words["stage_text.champion"] not in plain(app)


def test_an_address_with_an_unknown_stage_opens_none(page):
    page.fill()
    markup = html(opened(page, stage="<script>alert(1)</script>"))
    assert "script" not in markup
    assert 'class="ds told"' not in markup
