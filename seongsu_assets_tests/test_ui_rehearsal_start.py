"""Starting a rehearsal from its page: the days it needs, faults, refusals, and who may start one.
How a process is started is in test_rehearsal_start; one under way, in test_ui_rehearsal_running."""

import pytest

from seongsu_assets.rehearsal import homes, starting
from seongsu_assets.settings import Settings
from seongsu_assets_tests import ui_rehearsed as past
from seongsu_assets_tests.ui_rehearsal import BOTH, HOSTILE, labels, opened, page, words
from seongsu_assets_tests.ui_world import html
from ui.pages.rehearsal import allowed
from ui.pages.rehearsal import page as shown
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


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
