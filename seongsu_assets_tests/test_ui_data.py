"""The page about data: sources, what was kept out, and what is wrong, in both languages.
Its days are in test_ui_data_days; states that it shares with other pages, in test_ui_states."""

from datetime import timedelta
from html import escape

import pytest

from seongsu_assets.incidents.kinds import KINDS
from seongsu_assets.settings import Settings
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.ui_data import TODAY, before, page, seen
from seongsu_assets_tests.ui_page import FRIDAY, LANGUAGES
from seongsu_assets_tests.ui_world import html, morning
from ui.pages.sources import punctual
from ui.state.declared import declared
from ui.strings import TABLES, Words

__all__ = ["page"]  # fixtures


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_source_is_on_time_late_or_stopped_by_what_it_promises(page, language):
    """On the 21st hours are due to the 19th, the card totals to the 17th; files to no day."""
    page.fill()
    ui_past.arrive(page.url, "station_hourly", before(1))
    ui_past.arrive(page.url, "card_daily", before(5), grain="daily")
    words = TABLES[language]
    order = {
        "files": "undated",
        "station_hourly": "on_time",
        "card_daily": "late",
    }
    text = seen(page, language)
    for source, standing in order.items():
        name = Words(language, "seongsu").name("origin", source)
        how = words[f"standing.{standing}"]
        sign = words[f"standing.{standing}.sign"]
        assert f"{name} {sign} {how}" in text
    due = {"ko": "와야 할 날 11/19(목)", "en": "Due up to Thu 19 Nov"}[language]
    assert due in text
    page.now += timedelta(days=2)
    late, stopped = words["standing.late"], words["standing.stopped"]
    text = seen(page, language)
    assert f"{words['origin.station_hourly']} {words['standing.late.sign']} {late}" in text
    assert f"{words['origin.card_daily']} {words['standing.stopped.sign']} {stopped}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_that_never_told_anything_is_neither_late_nor_on_time(page, language):
    page.fill()
    never = TABLES[language]["standing.never"]
    name = TABLES[language]["origin.station_hourly"]
    assert f"{name} – {never}" in seen(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_measurements_in_force_come_first_with_their_age(page, language):
    page.fill()
    expected = {
        "ko": "지금 쓰는 실측 ○ 제때 가장 최근 날 11/20(금) · 어제 와야 할 날 11/20(금) "
        "마지막 실측 14시간 전",
        "en": "Measurements in use ○ on time Newest day Fri 20 Nov · yesterday "
        "Due up to Fri 20 Nov Last measured 14 h ago",
    }
    assert expected[language] in seen(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [0, 1234])
def test_what_was_kept_out_is_counted(page, language, rows):
    page.fill()
    if rows:
        ui_past.keep_out(page.url, rows)
        ui_past.arrive(page.url, "files", before(3), good=False)
    text, words = seen(page, language), TABLES[language]
    assert (words["kept_out.no_rows"] in text) is not rows
    assert (words["kept_out.no_days"] in text) is not rows
    if rows:
        assert words["kept_out.rows"].format(rows="1,234") in text
        assert words["kept_out.days"].format(days=1) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_incidents_are_told_with_since_when_and_others_are_not(page, language):
    page.fill()
    at = morning(FRIDAY)
    ui_past.go_wrong(page.url, "data_late", "2026-11-18", at)
    ui_past.go_wrong(page.url, "daemon_dead", "", at + timedelta(hours=2), domain="platform")
    ui_past.go_wrong(page.url, "drift", "", at, closed=True)
    ui_past.go_wrong(page.url, "run_failed", "", at, domain="elsewhere")
    words = TABLES[language]
    text = seen(page, language)
    expected = {
        "ko": "2026. 11. 18.부터 11/20(금) 07:10 KST에 발견 (30시간 전)",
        "en": "From 18 Nov 2026 Found Fri 20 Nov 07:10 KST (30 h ago)",
    }
    assert f"{words['incident.data_late']} {expected[language]}" in text
    assert text.index(words["incident.daemon_dead"]) < text.index(words["incident.data_late"])
    assert words["incident.drift"] not in text
    assert words["incident.run_failed"] not in text
    assert "hidden" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_incidents_nothing_is_known_to_be_wrong(page, language):
    page.fill()
    assert TABLES[language]["wrong.none"] in seen(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_incident_has_its_words(language):
    assert {f"incident.{kind}" for kind in KINDS} <= set(TABLES[language])


def test_an_incident_of_an_unknown_kind_or_a_hostile_subject_is_inert(page):
    page.fill()
    name = "<script>alert(1)</script>.csv"
    ui_past.go_wrong(page.url, "file_refused", name, morning(FRIDAY))
    ui_past.go_wrong(page.url, "of_tomorrow", "", morning(FRIDAY))
    markup = html(page.open(path="sources"))
    assert "<script>" not in markup
    assert escape(name) in markup
    assert "of_tomorrow" in markup


def test_the_link_to_dagster_is_there_when_its_pages_are_known(page, monkeypatch):
    page.fill()

    def links() -> list[str]:
        return [link.proto.url for link in page.open(path="sources").get("link_button")]

    for known, expected in (
        (Settings(_env_file=None), []),
        (Settings(_env_file=None, dagster_port=3456), ["http://127.0.0.1:3456/assets/seongsu/raw"]),
        (Settings(_env_file=None, pages="https://dagster.example/"),
         ["https://dagster.example/assets/seongsu/raw"]),
    ):  # fmt: skip
        for module in (
            "ui.state.doors.settings",
            "seongsu_assets.incidents.links.settings",
        ):
            monkeypatch.setattr(module, lambda known=known: known)
        assert links() == expected


def test_a_domain_that_is_not_declared_is_told_without_what_it_would_owe(page, monkeypatch):
    page.fill()
    monkeypatch.setattr("ui.state.declared.DOMAINS", {})
    text = seen(page)
    assert "○ 제때" not in text
    assert "와야 할 날" not in text
    assert "– 정해진 때 없음" in text


@pytest.mark.parametrize(
    ("newest", "due", "standing"),
    [
        (None, FRIDAY, "never"),
        (FRIDAY, None, "undated"),
        (TODAY, FRIDAY, "on_time"),
        (FRIDAY, FRIDAY, "on_time"),
        (before(1), FRIDAY, "late"),
        (before(3), FRIDAY, "late"),
        (before(4), FRIDAY, "stopped"),
    ],
)
def test_a_source_is_late_for_three_days_and_then_has_stopped(newest, due, standing):
    assert punctual.standing(newest, due, declared("seongsu", morning(TODAY))) == standing
