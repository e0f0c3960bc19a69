"""The log of forecasts that can be downloaded: what is in it, and when it is read.
What the page says of forecasts is in test_ui_right and test_ui_right_spans."""

import csv
import io
from datetime import timedelta

import pytest

from seongsu_assets_tests.ui_page import FRIDAY, queries
from seongsu_assets_tests.ui_right import fill, page
from seongsu_assets_tests.ui_world import HOURS
from ui.pages.right.log import COLUMNS
from ui.pages.right.log import csv as log_csv
from ui.strings import TABLES

__all__ = ["page"]  # fixtures


def test_the_log_holds_every_forecast_of_the_span_and_nothing_after_it(page):
    fill(page, 28)
    found = log_csv("seongsu", "total", FRIDAY - timedelta(27), FRIDAY)
    rows = list(csv.DictReader(io.StringIO(found.decode("utf-8-sig"))))
    forecasts = sum(min(7, 28 - back) for back in range(28)) * len(HOURS)
    assert len(rows) == forecasts > 1000
    assert tuple(rows[0]) == COLUMNS
    assert {row["series"] for row in rows} == {"total"}
    assert max(row["business_date"] for row in rows) == "2026-11-20"
    one = next(r for r in rows if r["issue_id"] == "day-00" and r["hour"] == "18")
    assert (float(one["q50"]), float(one["observed"])) == pytest.approx((10_560.0, 9600.0))
    assert (one["level"], one["level_observed"], one["data_through"]) == ("3", "3", "2026-11-19")


def test_the_log_is_read_when_it_is_asked_for_and_not_before(page, monkeypatch):
    fill(page)
    asked = queries(monkeypatch)
    app = page.open(path="right")
    assert [button.proto.label for button in app.get("download_button")] == [
        TABLES["ko"]["right.download"]
    ]
    assert not any("forecast_log" in query for query in asked)
