"""The guidebook's rows of each stage, its ten levels, its ways out; and hostile names, inert.
The graph itself is in test_ui_guidebook."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

import ui.data
from seongsu_assets_tests import ui_dagster, ui_past
from seongsu_assets_tests.graphql_desk import GraphqlDesk
from seongsu_assets_tests.ui_dagster import at, judge, node, opened, plain
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES, Page
from seongsu_assets_tests.ui_world import html, morning
from ui.pages.guidebook import asking
from ui.pages.guidebook.ladder import LADDER
from ui.strings import TABLES


@pytest.fixture
def dagster() -> Iterator[GraphqlDesk]:
    with ui_dagster.desk() as desk:
        yield desk


@pytest.fixture
def page(monkeypatch, warehouse_url, dagster) -> Page:
    return ui_dagster.page(monkeypatch, warehouse_url, dagster)


@pytest.mark.parametrize(
    ("stage", "rows"),
    [
        ("observations", ["Fri 20 Nov 24:00 Boarding 180 Seoul Metro's hourly files"]),
        ("published", ["Sun 22 Nov 04:00 168 198 238", "Sun 22 Nov 08:00 4,937 5,808 6,970"]),
        ("forecasts", ["Sat 21 Nov 04:00 168 198 238"]),
        ("accuracy", ["Fri 20 Nov 7 20 80,400 8,040"]),
        ("champion", ["3f2a9c11"]),
        ("challenger", ["Fri 20 Nov 07:10 KST 3f2a9c11 took over"]),
        ("calendar", ["Sun 22 Nov Festival Kimchi Day"]),
        ("status", ["Fri 20 Nov 07:10 KST Measurements are due that have not arrived. 2026-11-18"]),
    ],
)  # fmt: skip
def test_the_newest_rows_of_a_stage_are_those_of_its_published_view(page, stage, rows):
    page.fill()
    ui_past.decide(page.url, [(morning(FRIDAY), "3f2a9c11d0", "promote", "better")])
    ui_past.go_wrong(page.url, "data_late", "2026-11-18", morning(FRIDAY))
    ui_past.go_wrong(page.url, "run_failed", "hidden", morning(FRIDAY), domain="elsewhere")
    ui_past.call(page.url, FRIDAY + timedelta(2), "festival", "", "Kimchi Day")
    text = plain(opened(page, "en", stage=stage))
    for row in rows:
        assert row in text
    assert "hidden" not in text
    assert len(re.findall("<tr>", html(opened(page, "en", stage=stage)))) <= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stage_without_a_published_view_says_so(page, language):
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


def test_dagster_is_asked_one_question_for_all_who_look_and_only_reads(page, dagster):
    page.fill()
    for chosen in ("raw", "features", ""):
        opened(page, stage=chosen)
    assert len(dagster.asked) == 1
    assert dagster.asked[0]["query"].startswith("query ")
    assert "mutation" not in dagster.asked[0]["query"]
    assert 2 * asking.TTL <= 60
    assert asking.LONGEST <= 3


def test_the_page_asks_at_most_five_queries_of_200_kb(page, monkeypatch):
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
def test_the_graph_is_told_in_words_too(page, language):
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
def test_the_ten_levels_prove_themselves_with_what_is_true_now(page, language):
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
