"""The banner of an old forecast and the badge of a late one, as drawn, at 200 random clocks.
How the state is decided is in test_ui_rules."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui.data
from seongsu_assets_tests.browser.site import SCRIPT
from seongsu_assets_tests.ui_world import World, at, build, html, morning
from ui.strings import TABLES

FRIDAY = date(2026, 11, 20)
ISSUED = morning(FRIDAY + timedelta(1))
FIRST, END = at(FRIDAY, 28).astimezone(UTC), at(FRIDAY, 28 + 7 * 24).astimezone(UTC)
LATE, STALE = ISSUED + timedelta(hours=26), ISSUED + timedelta(hours=50)
EDGES = (FIRST, LATE, STALE, END)
CLOCKS = 200


def top_of_the_page() -> None:
    """What every page draws of its state; AppTest reads the source of this function alone."""
    from ui import clock, frame
    from ui.choices import words
    from ui.data import answer
    from ui.pages.now.hero import hero
    from ui.pages.now.read import read
    from ui.state.moment import look

    moment = look(answer(read, None), clock.now())
    frame.banners(moment, words())
    hero(moment, words())


class Clock:
    """A page whose time is turned; it is drawn anew at each."""

    def __init__(self, monkeypatch, url, app, language):
        self.monkeypatch, self.app = monkeypatch, app
        self.badge = TABLES[language]["chip.late"].partition(" ·")[0]
        app.query_params["lang"] = language
        st.cache_data.clear()
        st.cache_resource.clear()
        build(url, World(FRIDAY, ISSUED))
        monkeypatch.setattr(ui.data, "open_url", lambda: url)

    def said(self, now: datetime) -> str:
        self.monkeypatch.setattr("seongsu_assets.clock.now", lambda: now)
        drawn = html(self.app.run())
        assert not self.app.exception
        told = {"banner": 'class="ds banner alarm"' in drawn, "badge": self.badge in drawn}
        return " and ".join(kind for kind, true in told.items() if true)


def truth(now: datetime) -> str:
    if now > STALE or not FIRST <= now < END:
        return "banner"
    return "badge" if now > LATE else ""


def clocks() -> list[datetime]:
    """From two days before to ten days after the issue; every other one within five minutes of an
    instant at which the answer changes."""
    draw = random.Random(7)
    anywhere = [ISSUED + timedelta(hours=draw.uniform(-48, 240)) for _ in range(CLOCKS // 2)]
    near = [draw.choice(EDGES) + timedelta(seconds=draw.uniform(-300, 300)) for _ in anywhere]
    return anywhere + near


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_banner_stands_exactly_when_the_forecast_is_old(monkeypatch, warehouse_url, language):
    page = Clock(
        monkeypatch,
        warehouse_url,
        AppTest.from_function(top_of_the_page, default_timeout=30),
        language,
    )
    wanted = {now: truth(now) for now in clocks()}
    assert {now: page.said(now) for now in wanted} == wanted
    assert all([*wanted.values()].count(kind) > CLOCKS // 8 for kind in ("banner", "badge", ""))


def test_the_whole_page_says_the_same_a_second_before_and_after_each_change(
    monkeypatch, warehouse_url
):
    page = Clock(
        monkeypatch, warehouse_url, AppTest.from_file(str(SCRIPT), default_timeout=30), "ko"
    )
    around = [edge + timedelta(seconds=step) for edge in EDGES for step in (-1, 1)]
    assert [page.said(now) for now in around] == [truth(now) for now in around]
