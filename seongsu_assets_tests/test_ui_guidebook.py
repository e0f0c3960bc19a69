"""The guidebook: the graph live from Dagster, each stage closer, the ten levels, in both languages.
Dagster's answer is a recorded one; the real one is asked in test_ui_guidebook_live."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

import ui.data
from seongsu_assets.settings import Settings
from seongsu_assets_tests import ui_dagster, ui_past
from seongsu_assets_tests.graphql_desk import GraphqlDesk, graphql_desk
from seongsu_assets_tests.ui_dagster import HEARD, judge, never_run, node, run
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import html, morning, said
from ui.pages.guidebook import asking
from ui.pages.guidebook.ladder import LADDER
from ui.strings import TABLES

DATA = ("raw", "observations", "calendar", "published")


@pytest.fixture
def dagster(monkeypatch) -> Iterator[GraphqlDesk]:
    with graphql_desk() as desk:
        desk.answer = ui_dagster.answer()
        at(monkeypatch, pages=desk.url)
        yield desk


@pytest.fixture
def page(monkeypatch, warehouse_url) -> Page:
    page = Page(monkeypatch, warehouse_url)
    page.now = HEARD
    return page


def at(monkeypatch, **known) -> None:
    """What the settings know of Dagster and MLflow."""
    settings = Settings(_env_file=None, **known)
    monkeypatch.setattr("ui.state.doors.settings", lambda: settings)


def opened(page: Page, language="ko", **query) -> AppTest:
    return page.open(language, path="guidebook", **query)


def plain(app: AppTest) -> str:
    return unescape(" ".join(said(app).split()))


def buttons(app: AppTest) -> dict[str, str]:
    """The label of each stage's button, without what Markdown needs."""
    return {
        each.key.removeprefix("stage_"): re.sub(r"\\(.)|[*`]", r"\1", each.label).replace("\n", " ")
        for each in app.button
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_says_how_it_stands_since_when_and_how_much(page, dagster, language):
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
    "failed": lambda told: run(told, "failed", "seongsu_forecast", {"seongsu__forecasts": "FAILURE"}),
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
        "counts stay within reach ✕ 실패",
        "en": "Newest run Sun 22 Nov 09:10 KST · 29 min ago run 6a807584|Made 414 rows|"
        "Comes from Champion champion , Features features|Checks 2 passed · 1 failed|"
        "counts stay within reach ✕ failed",
    }
    for part in expected[language].split("|"):
        assert part in text
    assert "q90 is below q10 on 2026-11-23" in text
    link = rf'<a href="{dagster.url}/runs/6a807584[-0-9a-f]+" target="_blank" rel="noopener">'
    assert re.search(link, markup)
    assert f'<a href="{dagster.url}/assets/seongsu/forecasts"' in markup


def test_a_long_list_of_passed_checks_waits_behind_a_click(page, dagster):
    page.fill()
    app = opened(page, "en", stage="raw")
    assert "The 5 checks that passed" in [each.label for each in app.expander]
    text = plain(app)
    assert text.index("days came in time ▲ warning") < text.index("rows are unique ○ passed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_choosing_a_stage_opens_it_in_place_and_a_second_time_closes_it(page, dagster, language):
    page.fill()
    app = opened(page, language)
    words = TABLES[language]
    assert words["stage_text.champion"] not in plain(app)
    app.button(key="stage_champion").click().run()
    assert app.query_params["stage"] == ["champion"]
    assert words["stage_text.champion"] in plain(app)
    assert words["stage.open"] in buttons(app)["champion"]
    app.button(key="stage_champion").click().run()
    assert "stage" not in app.query_params
    assert words["stage_text.champion"] not in plain(app)


def test_an_address_with_an_unknown_stage_opens_none(page, dagster):
    page.fill()
    markup = html(opened(page, stage="<script>alert(1)</script>"))
    assert "script" not in markup
    assert 'class="ds told"' not in markup


@pytest.mark.parametrize(
    ("stage", "rows"),
    [
        ("observations", ["Fri 20 Nov 24:00 Boarding 180 Seoul Metro hourly files"]),
        ("published", ["Sun 22 Nov 04:00 168 198 238", "Sun 22 Nov 08:00 2,571 3,025 3,630"]),
        ("forecasts", ["Sat 21 Nov 04:00 168 198 238"]),
        ("accuracy", ["Fri 20 Nov 7 20 87,700 8,770"]),
        ("champion", ["3f2a9c11"]),
        ("challenger", ["Fri 20 Nov 07:10 KST 3f2a9c11 took over"]),
        ("calendar", ["Sun 22 Nov Sunday"]),
        ("status", ["Fri 20 Nov 07:10 KST Measurements are due that have not arrived. 2026-11-18"]),
    ],
)  # fmt: skip
def test_the_newest_rows_of_a_stage_are_those_of_its_published_view(page, dagster, stage, rows):
    page.fill()
    ui_past.decide(page.url, [(morning(FRIDAY), "3f2a9c11d0", "promote", "better")])
    ui_past.go_wrong(page.url, "data_late", "2026-11-18", morning(FRIDAY))
    ui_past.go_wrong(page.url, "run_failed", "hidden", morning(FRIDAY), domain="elsewhere")
    text = plain(opened(page, "en", stage=stage))
    for row in rows:
        assert row in text
    assert "hidden" not in text
    assert len(re.findall("<tr>", html(opened(page, "en", stage=stage)))) <= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stage_without_a_published_view_says_so(page, dagster, language):
    page.fill()
    assert TABLES[language]["newest.no_view"] in plain(opened(page, language, stage="features"))
    none = TABLES[language]["newest.none"].format(view="model_card")
    assert none in plain(opened(page, language, stage="champion"))


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](http://elsewhere.example/x.png)", "**bold** `code` :red[red] :material/home: $x$",
    "</button></section><h1>", "'\"><svg onload=alert(1)>",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_reasons_that_people_typed_are_inert(page, dagster, name):
    page.fill()
    stage = node(dagster.answer, "forecasts")
    stage["description"] = name
    stage["assetMaterializations"][0]["metadataEntries"] = [{"label": name, "text": name}]
    judge(dagster.answer, "forecasts", "FAILED", why=name)
    city = node(dagster.answer, "city")
    city["assetKey"]["path"] = ["seongsu", name]
    ui_past.go_wrong(page.url, "file_refused", name, morning(FRIDAY))
    for chosen in ("forecasts", "status", name):
        app = opened(page, stage=chosen)
        for tag in ("<script", "<img src=x", "<h1>", "<svg"):
            assert tag not in html(app).replace("<h1>성수역</h1>", "")
        label = next(each.label for each in app.button if each.key == f"stage_{name}")
        marks = label.replace("**", "", 2)
        assert not re.search(r"(?<!\\)[\[\]<>$:](?=\S)", re.sub(r"`[^`]*`|\*[^*]*\*$", "", marks))


AWAY = {
    "refused": lambda desk, patch: at(patch, pages="http://127.0.0.1:9"),
    "an error": lambda desk, patch: setattr(desk, "status", 500),
    "odd": lambda desk, patch: setattr(desk, "answer", {"data": {"assetNodes": [{}]}}),
    "a refusal": lambda desk, patch: setattr(desk, "answer", {"errors": [{"message": "no"}]}),
    "elsewhere": lambda desk, patch: setattr(desk, "status", 302),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", AWAY)
def test_without_an_answer_it_says_since_when_and_the_rest_stands(
    page, dagster, monkeypatch, how, language
):
    page.fill()
    AWAY[how](dagster, monkeypatch)
    app = opened(page, language, stage="published")
    words, text = TABLES[language], plain(app)
    since = {"ko": "11/22(일) 09:40 KST", "en": "Sun 22 Nov 09:40 KST"}[language]
    assert words["graph.silent"].format(at=since) in text
    assert "seongsu up" in text
    assert words["stage_text.published"] in text
    assert "published.forecast" in text
    assert words["ladder.10.text"] in text
    assert set(buttons(app)) >= {"raw", "features", "published"}
    assert all(words["stage_state.unknown"] in label for label in buttons(app).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_is_away_what_was_heard_last_stays_with_its_age(page, dagster, language):
    page.fill()
    opened(page, language)
    dagster.status = 500
    for minutes in (10, 7):
        page.now += timedelta(minutes=minutes)
        asking._ask.clear()
        text = plain(opened(page, language))
    words = TABLES[language]
    since = {"ko": "11/22(일) 09:50 KST", "en": "Sun 22 Nov 09:50 KST"}[language]
    age = words["age.minutes"].format(value=17)
    said_so = f"{words['graph.silent'].format(at=since)} {words['graph.kept'].format(age=age)}"
    assert said_so in text
    assert words["graph.stages"].format(stages=22) in text
    dagster.status = 200
    asking._ask.clear()
    assert words["graph.kept"].format(age=age) not in plain(opened(page, language))


def test_an_answer_that_does_not_come_is_not_waited_for(page, dagster, monkeypatch):
    import time

    page.fill()
    monkeypatch.setattr(asking, "LONGEST", 0.2)
    opened(page)
    asking._ask.clear()
    monkeypatch.setattr(GraphqlDesk, "answer", property(lambda _: time.sleep(1)), raising=False)
    assert TABLES["ko"]["graph.silent"].partition("}")[2] in plain(opened(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_on_its_own_says_that_nobody_told_it_of_dagster(page, monkeypatch, language):
    page.fill()
    at(monkeypatch)
    app = opened(page, language, stage="raw")
    words, text = TABLES[language], plain(app)
    assert words["graph.unknown"] in text
    assert words["engines.none"] in text
    assert words["stage_text.raw"] in text
    assert "_blank" not in html(app)


def test_a_graph_that_does_not_load_is_not_an_empty_one(page, dagster):
    page.fill()
    dagster.answer["data"]["assetNodes"] = []
    text = plain(opened(page))
    assert TABLES["ko"]["graph.not_loaded"] in text
    assert "dagster definitions validate" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_platform_that_never_ran_says_how_to_begin(page, dagster, language):
    never_run(dagster.answer)
    text = plain(opened(page, language, stage="raw"))
    words = TABLES[language]
    assert words["graph.nothing_yet"] in text
    assert "seongsu run seongsu" in text
    assert words["stage.never"] in text
    assert words["guidebook.empty"] in text
    assert words["newest.none"].format(view="source_status") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_database_the_graph_and_the_texts_stand(page, dagster, language):
    page.lose()
    app = opened(page, language, stage="published")
    words, text = TABLES[language], plain(app)
    assert words["error.title"] in text
    assert words["stage_text.published"] in text
    assert words["graph.stages"].format(stages=22) in text
    assert words["ladder.5.text"] in text


def test_the_last_rows_stay_while_the_database_is_away(page, dagster):
    page.fill()
    opened(page, stage="published")
    page.lose()
    text = plain(opened(page, stage="published"))
    assert TABLES["ko"]["newest.failed"] in text
    assert "published.forecast" in text


def test_dagster_is_asked_one_question_for_all_who_look_and_only_reads(page, dagster):
    page.fill()
    for chosen in ("raw", "features", ""):
        opened(page, stage=chosen)
    assert len(dagster.asked) == 1
    assert dagster.asked[0]["query"].startswith("query ")
    assert "mutation" not in dagster.asked[0]["query"]
    assert 2 * asking.TTL <= 60
    assert asking.LONGEST <= 3


def test_the_page_asks_at_most_five_queries_of_200_kb(page, dagster, monkeypatch):
    page.fill()
    real, found = ui.data.frame, []

    def counted(conn, query):
        rows = real(conn, query)
        found.append(len(rows.to_json()))
        return rows

    monkeypatch.setattr(ui.data, "frame", counted)
    for stage in ("raw", "observations", "city", "challenger", "forecasts", "accuracy"):
        ui.data._read.clear()
        found.clear()
        opened(page, stage=stage)
        assert len(found) <= 5
        assert sum(found) < 200_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_graph_is_told_in_words_too(page, dagster, language):
    page.fill()
    text = plain(opened(page, language))
    expected = {
        "ko": ("특징 features 온 곳: 달력, 실측, 날씨 예보", "원자료 raw 온 곳: 바깥"),
        "en": (
            "Features features from Calendar, Measurements, Weather forecast",
            "Raw data raw from outside",
        ),
    }
    for line in expected[language]:
        assert line in text


def test_the_ways_into_the_engines_open_beside_the_page(page, monkeypatch, dagster):
    page.fill()
    at(monkeypatch, pages=f"{dagster.url}/", mlflow_port=5678)
    markup = html(opened(page, "en"))
    ways = re.findall(r'<li><b><a href="([^"]+)" target="_blank" rel="noopener">', markup)
    assert ways == [
        *(f"{dagster.url}/{path}" for path in ("asset-groups", "runs", "automation")),
        "http://127.0.0.1:5678",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ten_levels_prove_themselves_with_what_is_true_now(page, dagster, language):
    page.fill(scored=False)
    ui_past.score(page.url, FRIDAY, 3)
    ui_past.decide(page.url, [(morning(FRIDAY), "3f2a9c11d0", "promote", "better")])
    ui_past.keep_out(page.url, 1234)
    ui_past.go_wrong(page.url, "data_late", "", morning(FRIDAY))
    expected = {
        "ko": {
            1: "평균 20% 빗나갔습니다", 2: "11/21(토) 07:10 KST(26시간 전)", 3: "760일치",
            4: "기록 1,234건", 5: "761일치", 6: "예측은 평균 10%, 1단계는 20%",
            7: "100번 중 100번", 8: "새 모델로 바꾼 것입니다", 9: "문제가 1건",
            10: "2026. 11. 20.의 예측까지",
        },
        "en": {
            1: "off by 20% on average", 2: "Sat 21 Nov 07:10 KST (26 h ago)", 3: "760 days",
            4: "1,234 records", 5: "761 days", 6: "off by 10%, level 1 by 20%",
            7: "held 100 times out of 100", 8: "a new model took over", 9: "1 known problems",
            10: "up to 20 Nov 2026",
        },
    }  # fmt: skip
    markup = html(opened(page, language))
    ladder = markup[markup.index('<section class="ds ladder"') :]
    levels = re.findall(r"<li>(.*?)</li>", ladder.partition("</section>")[0])
    assert len(levels) == len(LADDER) == 10
    for number, level in enumerate(levels, 1):
        assert TABLES[language][f"ladder.{number}"] in unescape(level)
        proof = re.search(r'<p class="proof">(.*?)</p>', level)
        assert proof is not None
        assert expected[language][number] in unescape(proof[1])


def test_a_level_of_which_nothing_is_known_claims_nothing(page, monkeypatch):
    at(monkeypatch)
    assert 'class="proof"' not in html(opened(page))
