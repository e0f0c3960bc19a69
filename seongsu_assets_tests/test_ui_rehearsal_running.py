"""A rehearsal under way on its page: clock, steps, lights, how far it is, and stopping it.
One that is over is in test_ui_rehearsal_ending; one that really runs, in proof_rehearsal."""

from datetime import timedelta

import pytest

from seongsu_assets.rehearsal import starting
from seongsu_assets_tests import ui_rehearsed as past
from seongsu_assets_tests.ui_page import NOW
from seongsu_assets_tests.ui_rehearsal import BOTH, HOSTILE, alive, labels, opened, page, words
from seongsu_assets_tests.ui_world import html
from ui.pages.rehearsal import watching
from ui.strings import TABLES

__all__ = ["alive", "page"]  # fixtures


@BOTH
def test_what_was_just_asked_for_is_starting(page, language):
    page.fill(measured_days=200)
    past.keep(page.folder, "a", past.asked(at=NOW - timedelta(seconds=5)))
    app = opened(page, language)
    assert TABLES[language]["run.starting"] in words(app)
    [bar] = app.get("progress")
    assert bar.proto.text == TABLES[language]["prepare.begin"]
    assert TABLES[language]["rehearsal.start"] not in labels(app)


@BOTH
@pytest.mark.usefixtures("alive")
def test_while_the_past_is_learned_the_stage_that_is_worked_at_is_lit(page, language):
    page.fill(measured_days=200)
    past.keep(
        page.folder, "a", past.asked(), past.begun(), past.learning("ingest 2025-01-01"),
        past.learning("settle"), past.learning("train"),
    )  # fmt: skip
    app = opened(page, language)
    table, body = TABLES[language], html(app)
    assert f'<li class="working new"><b>{table["light.model"]}</b>' in body
    assert f'<li class="done"><b>{table["light.raw"]}</b>' in body
    assert f'<li class="waiting"><b>{table["light.score"]}</b>' in body
    assert table["rehearsal.start"] not in labels(app)


@BOTH
@pytest.mark.usefixtures("alive")
def test_a_running_rehearsal_tells_its_clock_its_steps_and_can_be_stopped(
    page, language, monkeypatch
):
    page.fill(measured_days=200)
    monkeypatch.setattr(starting, "stop", page.clicked.append)
    past.keep(
        page.folder, "a", past.asked(1, "late"), past.begun(1, "late"), *past.late_steps()[:4]
    )
    app = opened(page, language)
    table, text = TABLES[language], words(app)
    assert table["step.sown"].format(fault=table["fault.late"]) in text
    assert table["incident.data_late"] in text
    at = {"ko": "11/22(일) 00:00", "en": "Sun 22 Nov 00:00"}[language]
    assert at in text
    assert labels(app) == [table["rehearsal.stop"]]
    app.button(key="stop").click().run()
    assert page.clicked == [4711]
    assert table["rehearsal.stopping"] in words(app)


@BOTH
@pytest.mark.usefixtures("alive")
def test_a_rehearsal_of_a_terminal_is_stopped_there(page, language):
    page.fill(measured_days=200)
    past.keep(page.folder, "a", past.asked(by="command"), past.begun(), *past.late_steps()[:1])
    app = opened(page, language)
    assert TABLES[language]["rehearsal.by_command"] in words(app)
    assert labels(app) == []


@BOTH
def test_runs_and_checks_that_fail_are_told_and_light_their_stage(page, language):
    page.fill(measured_days=200)
    past.keep(
        page.folder, "a", past.asked(), past.begun(), past.broken_step(HOSTILE), past.finished()
    )
    app = opened(page, language)
    table, body = TABLES[language], html(app)
    assert f'<li class="failed"><b>{table["light.forecast"]}</b>' in body
    assert f'<li class="checked"><b>{table["light.raw"]}</b>' in body
    failed = table["step.failed"].format(what=table["node.forecasts"], why=HOSTILE)
    assert failed in words(app)
    assert HOSTILE not in body


def test_how_far_it_is_is_a_share_of_the_days_it_lives_through():
    shown_ = past.begun()
    zone = past.clock(0, 0).tzinfo
    assert watching._days(shown_, past.clock(0, 0), zone) == watching.PREPARED
    assert watching._days(shown_, past.clock(1, 12), zone) == pytest.approx(0.7)
    assert watching._days(shown_, past.clock(9, 0), zone) == 1
