"""The page about rehearsals, over progress written by hand: every state in both languages.
A rehearsal that really runs is in proof_rehearsal, what it is made of in test_rehearsal."""

from datetime import timedelta
from html import unescape

import pytest

import ui.data
from seongsu_assets.rehearsal import homes, starting
from seongsu_assets.rehearsal.records import Stopped
from seongsu_assets.settings import Settings
from seongsu_assets_tests import ui_rehearsed as past
from seongsu_assets_tests.ui_page import LANGUAGES, NOW, Page
from seongsu_assets_tests.ui_world import charts, html, said
from ui.pages.rehearsal import allowed, watching
from ui.pages.rehearsal import page as shown
from ui.strings import TABLES

HOSTILE = "<script>alert(1)</script>"
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def page(monkeypatch, warehouse_url, tmp_path):
    """A page opened on the machine that serves it, with days enough to rehearse."""
    monkeypatch.setattr(shown, "allowed", lambda: True)
    monkeypatch.setattr(starting, "folder", lambda: tmp_path)
    monkeypatch.setattr("seongsu_assets.clock.life", lambda: NOW)
    page = Page(monkeypatch, warehouse_url)
    page.folder, page.clicked = tmp_path, []
    return page


@pytest.fixture
def alive(monkeypatch):
    """The process of the newest home lives."""
    monkeypatch.setattr(homes, "holder", lambda folder: (4711, homes.all_of(folder)[0]))


def words(app) -> str:
    return unescape(" ".join(said(app).split()))


def opened(page, language="ko", **query):
    ui.data._read.clear()
    return page.open(language, path="rehearsal", **query)


def labels(app) -> list[str]:
    return [each.label for each in app.button]


@BOTH
def test_without_data_the_page_says_what_to_do_first(page, language):
    table = TABLES[language]
    text = words(opened(page, language))
    assert table["rehearsal.empty.title"] in text
    assert table["rehearsal.title"] in text


@BOTH
def test_too_few_days_are_counted_and_the_button_is_not_there(page, language):
    """Needed are 120 days to learn from, 56 to be judged by, and the one to rehearse: 177."""
    page.fill(measured_days=100)
    app = opened(page, language)
    expected = TABLES[language]["rehearsal.missing"].format(missing=77, held=100)
    assert expected in words(app)
    assert TABLES[language]["rehearsal.start"] not in labels(app)


@BOTH
def test_days_for_one_but_not_for_a_week_keep_the_button_shut_for_a_week(page, language):
    page.fill(measured_days=180)
    start = TABLES[language]["rehearsal.start"]
    [button] = [each for each in opened(page, language).button if each.label == start]
    assert not button.disabled
    app = opened(page, language, days="7")
    [button] = [each for each in app.button if each.label == start]
    assert button.disabled
    assert TABLES[language]["rehearsal.missing_week"].format(missing=3) in words(app)


@BOTH
def test_a_fault_is_chosen_and_the_rehearsal_begins_with_it(page, language, monkeypatch):
    page.fill(measured_days=200)
    monkeypatch.setattr(starting, "start", lambda *given: page.clicked.append(given))
    app = opened(page, language)
    assert TABLES[language]["rehearsal.none_text"] in words(app)
    app.pills[0].select("zeros").run()
    assert TABLES[language]["fault.zeros.text"] in words(app)
    app.button(key="start").click().run()
    assert not app.exception
    assert page.clicked == [("seongsu", 1, ["zeros"])]


def test_a_week_takes_several_faults(page, monkeypatch):
    page.fill(measured_days=200)
    monkeypatch.setattr(starting, "start", lambda *given: page.clicked.append(given))
    app = opened(page, days="7")
    app.pills[0].set_value(["late", "outage"]).run()
    app.button(key="start").click().run()
    assert page.clicked == [("seongsu", 7, ["late", "outage"])]


@BOTH
def test_a_start_that_fails_says_why_and_harms_nothing(page, language, monkeypatch):
    def busy(*_):
        raise homes.Busy(HOSTILE, remedy="wait")

    page.fill(measured_days=200)
    monkeypatch.setattr(starting, "start", busy)
    app = opened(page, language)
    app.button(key="start").click().run()
    assert HOSTILE in words(app)
    assert HOSTILE not in html(app)


@BOTH
def test_elsewhere_the_last_rehearsal_is_shown_and_nothing_can_be_started(
    page, language, monkeypatch
):
    page.fill(measured_days=200)
    monkeypatch.setattr(shown, "allowed", lambda: False)
    past.keep(page.folder, "a", past.asked(1, "late"), past.begun(), past.finished())
    app = opened(page, language)
    table, text = TABLES[language], words(app)
    assert table["rehearsal.elsewhere.title"] in text
    assert "seongsu rehearse seongsu --days 1 --fault late" in text
    assert table["ending.title"] in text
    assert labels(app) == []


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
        assert table["of_hundred"].format(value=value) in text
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
    named = {"ko": "실측 11/20(금)", "en": "Fri 20 Nov"}[language]
    assert named in words(app)


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


def test_the_time_it_takes_is_that_of_the_last_of_this_length(page):
    page.fill(measured_days=200)
    assert TABLES["ko"]["rehearsal.lasts"] in words(opened(page))
    past.keep(page.folder, "a", past.asked(1), past.begun(), past.finished(seconds=83))
    assert TABLES["ko"]["rehearsal.lasted"].format(time="1분 23초") in words(opened(page))


@pytest.mark.parametrize(
    ("setting", "address", "headers", "may"),
    [
        (True, "127.0.0.1", {"Host": "127.0.0.1:8501"}, True),
        (True, "localhost", {"Host": "localhost"}, True),
        (None, "127.0.0.1", {"Host": "127.0.0.1:8501"}, False),
        (False, "127.0.0.1", {"Host": "127.0.0.1:8501"}, False),
        (True, "0.0.0.0", {"Host": "127.0.0.1:8501"}, False),
        (True, "", {"Host": "127.0.0.1:8501"}, False),
        (True, "127.0.0.1", {"Host": "evil.example:8501"}, False),
        (True, "127.0.0.1", {"Host": "127.0.0.1", "X-Forwarded-For": "9.9.9.9"}, False),
        (True, "127.0.0.1", {}, False),
    ],
)
def test_only_this_machine_itself_may_start_one(monkeypatch, setting, address, headers, may):
    class Asked:
        def to_dict(self):
            return headers

    context = type("Context", (), {"headers": Asked()})
    monkeypatch.setattr(allowed.st, "context", context)
    monkeypatch.setattr(allowed.st, "get_option", lambda _: address)
    monkeypatch.setattr(allowed, "settings", lambda: Settings(rehearsals=setting, supabase_url=""))
    assert allowed.allowed() is may


def test_a_hosted_warehouse_is_never_rehearsed_from_the_page(monkeypatch):
    given = Settings(rehearsals=True, supabase_url="https://x.supabase.co")
    monkeypatch.setattr(allowed, "settings", lambda: given)
    assert not allowed.allowed()


def test_how_far_it_is_is_a_share_of_the_days_it_lives_through():
    shown_ = past.begun()
    zone = past.clock(0, 0).tzinfo
    assert watching._days(shown_, past.clock(0, 0), zone) == watching.PREPARED
    assert watching._days(shown_, past.clock(1, 12), zone) == pytest.approx(0.7)
    assert watching._days(shown_, past.clock(9, 0), zone) == 1
