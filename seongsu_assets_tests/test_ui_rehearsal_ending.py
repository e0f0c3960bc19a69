"""A rehearsal that is over on its page: figures, stories, ends that came short, earlier ones.
One under way is in test_ui_rehearsal_running."""

from datetime import timedelta

import pytest

from seongsu_assets.rehearsal import homes
from seongsu_assets.rehearsal.records import Stopped
from seongsu_assets_tests import ui_rehearsed as past
from seongsu_assets_tests.ui_rehearsal import BOTH, HOSTILE, labels, opened, page, words
from seongsu_assets_tests.ui_world import charts, html
from ui.pages.rehearsal import page as shown
from ui.strings import TABLES, Words

__all__ = ["page"]  # fixtures


@BOTH
def test_in_the_end_forecast_stands_beside_actual_and_each_fault_has_its_story(page, language):
    """Forecast is a tenth above what came, last week's a fifth; all 20 hours are in the range."""
    page.fill(measured_days=200)
    past.keep(
        page.folder, "a", past.asked(1, "late"), past.begun(1, "late"), *past.late_steps(),
        past.finished(past.late_story()),
    )  # fmt: skip
    app = opened(page, language)
    table, text = TABLES[language], words(app)
    for value in (10, 20):
        assert Words(language, "seongsu")("of_hundred", value=value) in text
    assert table["ending.inside_of"].format(hours=20, inside=20) in text
    story = {
        "ko": "11/20(금) 실측을 하루 늦게 보냈습니다. 11/22(일) 00:00에 알아차렸습니다. "
        "‘와 있어야 할 실측이 오지 않았습니다.’ 사람에게 2번 알렸습니다(알아차린 때와 풀린 때). "
        "11/22(일) 12:00에 풀렸습니다.",
        "en": "The measurements of Fri 20 Nov were sent a day late. Noticed at Sun 22 Nov 00:00: ",
    }[language]
    assert story in text
    [chart] = charts(app)
    assert chart
    assert len(app.table) == 1
    assert table["ending.lasted"].split("{")[0].strip() in text
    start = table["rehearsal.start"]
    assert start in labels(app)
    assert {"ko": "1분 35초", "en": "1 min 35 s"}[language] in text


@BOTH
def test_what_was_never_noticed_or_never_mended_is_said_so(page, language):
    page.fill(measured_days=200)
    unnoticed = past.late_story(fault="zeros", case=None, noticed_at=None, told=0, mended_at=None)
    past.keep(
        page.folder, "a", past.asked(7), past.begun(7),
        past.finished(unnoticed, past.late_story(mended_at=None, told=1)),
    )  # fmt: skip
    text, table = words(opened(page, language)), TABLES[language]
    assert table["story.unnoticed"] in text
    assert table["story.unmended"] in text
    assert table["story.told_once"] in text


def test_a_revision_is_taken_in_without_telling_anybody(page):
    page.fill(measured_days=200)
    story = past.late_story(fault="revised", case=None, told=0)
    past.keep(page.folder, "a", past.asked(1, "revised"), past.begun(), past.finished(story))
    text = words(opened(page))
    assert "11/22(일) 00:00에 새 값을 받아 예전 값과 바꾸었습니다." in text


@BOTH
def test_days_of_which_nothing_came_have_no_figures(page, language):
    page.fill(measured_days=200)
    past.keep(page.folder, "a", past.asked(), past.begun(), past.finished(of=()))
    app = opened(page, language)
    assert TABLES[language]["ending.nothing"] in words(app)
    assert charts(app) == []


@BOTH
def test_each_day_of_a_week_can_be_looked_at(page, language):
    page.fill(measured_days=200)
    days = [past.DAY - timedelta(days=back) for back in (1, 0)]
    past.keep(page.folder, "a", past.asked(7), past.begun(7), past.finished(of=past.hours(*days)))
    app = opened(page, language, d="2026-11-20")
    named = {"ko": "11/20(금)", "en": "Fri 20 Nov"}[language]
    assert charts(app)[0].alt.startswith(named)


@BOTH
@pytest.mark.parametrize("state", ["failed", "stopped", "broken"])
def test_one_that_ended_short_says_why_and_another_can_be_started(page, language, state):
    page.fill(measured_days=200)
    last = {"failed": [past.failed(HOSTILE)], "stopped": [Stopped(at=past.AT)], "broken": []}
    home = past.keep(page.folder, "a", past.asked(), past.begun(), *past.late_steps(), *last[state])
    app = opened(page, language)
    table, text = TABLES[language], words(app)
    assert f"{table[f'run.{state}.sign']} {table[f'run.{state}']}" in text
    if state == "failed":
        assert f"{HOSTILE} free some of it" in text
        assert str(home / homes.LOG) in text
    else:
        assert table[f"run.{state}.text"] in text
    assert HOSTILE not in html(app)
    assert table["rehearsal.start"] in labels(app)


@BOTH
def test_who_looks_from_elsewhere_is_told_no_path_of_the_machine(page, language, monkeypatch):
    page.fill(measured_days=200)
    monkeypatch.setattr(shown, "allowed", lambda: False)
    home = past.keep(
        page.folder, "a", past.asked(), past.begun(), past.broken_step("/secret/path is full"),
        past.failed("/secret/path is full"),
    )  # fmt: skip
    text = words(opened(page, language))
    assert TABLES[language]["run.failed.plain"] in text
    assert "/secret" not in text
    assert str(home) not in text


@BOTH
def test_earlier_rehearsals_can_be_looked_at_again(page, language):
    page.fill(measured_days=200)
    past.keep(page.folder, "a", past.asked(1, "zeros"), past.begun(), past.failed("first"))
    past.keep(page.folder, "b", past.asked(1, "late"), past.begun(), past.finished())
    app = opened(page, language)
    assert len(app.selectbox[0].options) == 2
    assert TABLES[language]["ending.title"] in words(app)
    text = words(opened(page, language, r="a"))
    assert "first" in text
    assert TABLES[language]["ending.title"] not in text


@BOTH
def test_a_record_of_another_version_is_said_to_be_unreadable(page, language):
    page.fill(measured_days=200)
    home = past.keep(page.folder, "a", past.asked())
    with (home / "progress.jsonl").open("a") as file:
        file.write('{"kind": "from the future"}\n')
    assert TABLES[language]["run.unknown.text"] in words(opened(page, language))


@BOTH
def test_without_the_database_past_rehearsals_are_still_there(page, language):
    past.keep(page.folder, "a", past.asked(1, "late"), past.begun(), past.finished())
    page.lose()
    text = words(page.open(language, path="rehearsal"))
    assert TABLES[language]["error.title"] in text
    assert TABLES[language]["ending.title"] in text
