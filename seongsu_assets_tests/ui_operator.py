"""The operator's page for its tests: opened, signed in, with chances and hours as they are wanted.
No assertions but that nothing raised; what is shown is judged by the tests."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import psycopg
import pytest

import ui.data
from seongsu_assets.settings import Settings
from seongsu_assets_tests.answering_api import KEY, Api
from seongsu_assets_tests.ui_page import FRIDAY, Page
from seongsu_assets_tests.ui_world import at, html, morning, said
from ui.pages.operator import desk
from ui.pages.operator.hours import Hour
from ui.state.slots import Span
from ui.strings import TABLES

SATURDAY, MONDAY, TUESDAY = (FRIDAY + timedelta(n) for n in (1, 3, 4))
ISSUED = morning(SATURDAY)


@pytest.fixture
def api() -> Iterator[Api]:
    found = Api()
    yield found
    found.close()


@pytest.fixture
def page(monkeypatch, warehouse_url, api) -> Page:
    known = Settings(_env_file=None, api_address=api.address)
    monkeypatch.setattr(desk, "settings", lambda: known)
    return Page(monkeypatch, warehouse_url)


def plain(app) -> str:
    return unescape(" ".join(said(app).split()))


def titles(app) -> list[str]:
    return re.findall("<h2>(.*?)</h2>", html(app))


def opened(page: Page, language: str = "ko", **query: str):
    ui.data._read.clear()
    return page.open(language, path="operator", **query)


def button(app, label: str):
    return next(each for each in app.button if each.label == label)


def sign_in(app, language: str = "ko", key: str = KEY):
    app.text_input(key="operator_typed").set_value(key)
    button(app, TABLES[language]["operator.sign_in"]).click()
    app.run()
    assert not app.exception
    return app


def inside(page: Page, language: str = "ko", **query: str):
    """The page of somebody who has signed in."""
    return sign_in(opened(page, language, **query), language)


def chances(page: Page, told: dict[tuple[Any, int], float]) -> None:
    """Chances of the highest level in the published forecast; of all other hours none."""
    with psycopg.connect(page.url) as conn:
        conn.execute("alter table warehouse.forecast disable trigger all")
        conn.execute(
            "update warehouse.forecast set p_levels = '{1, 0, 0, 0}' where p_levels is not null"
        )
        for (day, hour), chance in told.items():
            conn.execute(
                "update warehouse.forecast set p_levels = %s where series = 'total' "
                "and issue_id = 'seongsu-7' and business_date = %s and hour = %s",
                ([1 - chance, 0.0, 0.0, chance], day, hour),
            )


def hour(day, first: int, people: float, hours: int = 1, chance: float = 0.0) -> Hour:
    begins = at(day, first)
    ends = begins + timedelta(hours=hours)
    return Hour(day, Span(first, hours), begins, ends, people, 0, people, people, people, 0.0,
                chance, ())  # fmt: skip
