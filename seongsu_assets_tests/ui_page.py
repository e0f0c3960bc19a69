"""The app in front of a small warehouse, for the tests of its pages.
No assertions but that nothing raised; what is shown is judged by the tests."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ui.data
from seongsu_assets.errors import WarehouseError
from seongsu_assets_tests.ui_world import World, build, morning
from ui.pages.operator.desk import Signed

UI = Path(ui.data.__file__).parent
FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 21, 14, 6, tzinfo=UTC) - timedelta(hours=9)
LANGUAGES = ("ko", "en")


class Page:
    """The app in front of one database, at one time."""

    def __init__(self, monkeypatch, url):
        self.monkeypatch, self.url, self.now = monkeypatch, url, NOW
        st.cache_data.clear()
        st.cache_resource.clear()
        monkeypatch.setattr(ui.data, "open_url", lambda: self.url)
        monkeypatch.setattr("seongsu_assets.clock.now", lambda: self.now)

    def fill(self, **changes) -> None:
        build(self.url, World(FRIDAY, morning(FRIDAY + timedelta(1)), **changes))

    def open(self, language="ko", *, path="", **query) -> AppTest:
        """The page at `path`; the first page has none."""
        app = AppTest.from_file(str(UI / "app.py"), default_timeout=30)
        app.context = {"url": f"https://seongsu.example/{path}"}
        self.go(app, path)
        for key, value in {"lang": language, **query}.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app

    def sign_in(self) -> None:
        """Whoever opens the operator's page has the key."""
        who = Signed(key="x", fingerprint="0a1b2c3d")
        self.monkeypatch.setattr("ui.pages.operator.door.signed", lambda: who)

    @staticmethod
    def go(app: AppTest, path: str) -> None:
        """What the next run shows. AppTest itself knows pages that are files only."""
        app._page_hash = calc_hash(path) if path else ""

    def lose(self) -> None:
        def away() -> str:
            raise WarehouseError("away")

        self.monkeypatch.setattr(ui.data, "open_url", away)
        ui.data._read.clear()


def queries(monkeypatch) -> list[str]:
    """What the pages ask the database from now on."""
    asked: list[str] = []
    execute = psycopg.Connection.execute

    def counted(conn, query, *rest, **named):
        asked.append(query.as_string(conn) if hasattr(query, "as_string") else str(query))
        return execute(conn, query, *rest, **named)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)
    return asked
