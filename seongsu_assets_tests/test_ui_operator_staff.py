"""Hours that need staff on the operator's page, and the sheet that is printed or downloaded.
How often such hours came crowded is in test_ui_operator_record."""

import csv
import io
import re
from dataclasses import replace
from html import escape, unescape

import pytest

from seongsu_assets_tests.adjusting import enter, entry
from seongsu_assets_tests.ui_operator import (
    ISSUED,
    MONDAY,
    TUESDAY,
    api,
    chances,
    hour,
    inside,
    page,
    plain,
    titles,
)
from seongsu_assets_tests.ui_page import LANGUAGES
from seongsu_assets_tests.ui_world import html
from ui.pages.operator.hours import needs
from ui.pages.operator.sheet import inert
from ui.state.slots import Span
from ui.strings import TABLES

__all__ = ["api", "page"]  # fixtures


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
