"""What sources call their series: as it was said last, as far as it is a name, for readers to see.
What a source reads of it is judged with the source."""

from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from seongsu_assets.ingest import ingest
from seongsu_assets.sources.long_table import Columns, LongFiles
from seongsu_assets.warehouse import names
from seongsu_assets.warehouse.postgres import Connection, connect, frame
from seongsu_assets_tests import ui_weeks
from seongsu_assets_tests.ui_page import Page
from seongsu_assets_tests.ui_weeks import NOW, WEEKLY
from seongsu_assets_tests.ui_world import said

EARLY = datetime(2026, 11, 1, tzinfo=UTC)


def told(conn: Connection) -> dict[str, str]:
    rows = frame(conn, "select series, name from warehouse.series_name")
    return dict(zip(rows["series"], rows["name"], strict=True))


def test_the_newest_name_counts_and_what_is_none_is_left_out(warehouse_url: str) -> None:
    with connect(warehouse_url) as conn:
        names.keep(conn, "d", {"a": "Quai ", "b": "", "c": "x" * 121, "d": "a\u202eb"}, EARLY)
        assert told(conn) == {"a": "Quai"}
        names.keep(conn, "d", {"a": "Quai Sud"}, EARLY + timedelta(days=1))
        names.keep(conn, "d", {"a": "Pont"}, EARLY)  # read again, later
        assert told(conn) == {"a": "Quai Sud"}


def test_a_file_that_names_its_series_names_them_for_every_reader(
    warehouse_url: str, tmp_path: Path
) -> None:
    (tmp_path / "weeks.csv").write_text("Date,shop,title,sold\n2012-06-29,7,Corner shop,12\n")
    columns = Columns(
        "sold", "UTC", day="Date", series=("shop",), step=7, ends=True, label="title"
    )  # fmt: skip
    source = LongFiles(tmp_path, columns)
    with connect(warehouse_url) as conn:
        ingest(conn, WEEKLY, "weekly_sales", source, source.fetch(None), now=NOW)  # type: ignore[arg-type]
        assert told(conn) == {"7": "Corner shop"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_show_names_and_not_ids_and_the_address_keeps_the_id(
    monkeypatch: pytest.MonkeyPatch, warehouse_url: str, language: str
) -> None:
    page = Page(monkeypatch, warehouse_url)
    page.now = NOW
    ui_weeks.build(warehouse_url)
    ui_weeks.serve(warehouse_url)
    with connect(warehouse_url) as conn:
        names.keep(conn, "weekly_sales", {"1-1": "<b>Bakery</b>", "1-2": "Toys"}, NOW)
    app = page.open(language, domain="weekly_sales", series="1-1")
    text = said(app)
    assert "<b>Bakery</b>" in unescape(text)
    assert "&lt;b&gt;Bakery" in text
    choices = next(box for box in app.get("button_group") if "Toys" in str(box.options))
    assert choices is not None
    model = page.open(language, path="model", domain="weekly_sales")
    [table] = [each.value for each in model.table if "Toys" in each.value.to_string()]
    assert list(table.iloc[:, 0]) == ["Toys", "<b>Bakery</b>"]
