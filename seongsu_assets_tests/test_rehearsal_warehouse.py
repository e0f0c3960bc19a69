"""A rehearsal reads the real warehouse and writes nothing of it.
What it is made of is in the other files of rehearsals; one that really runs, in proof_rehearsal."""

from pathlib import Path

import psycopg
import pytest

from seongsu_assets.domains.seongsu import SEONGSU
from seongsu_assets.errors import NotEnoughHistory
from seongsu_assets.rehearsal import records
from seongsu_assets.replay import rehearsed
from seongsu_assets.warehouse.postgres import frame
from seongsu_assets_tests.dumping import dumped
from seongsu_assets_tests.ui_page import FRIDAY
from seongsu_assets_tests.ui_world import World, build, morning


def test_nothing_of_the_real_warehouse_is_written(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(warehouse_url, World(FRIDAY, morning(FRIDAY), measured_days=200))
    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    before = dumped(warehouse_url)
    given = rehearsed.prepare(tmp_path, SEONGSU, 1, ("late",))
    assert dumped(warehouse_url) == before
    assert given["DATABASE_URL"] == given["SEONGSU_ALERTS"] == given["SEONGSU_ARTEFACTS"] == ""
    assert given["SEONGSU_HOME"] == str(tmp_path)
    [begun] = records.read(tmp_path)
    assert (begun.first, begun.last, begun.past_days) == (FRIDAY, FRIDAY, 199)


def test_a_warehouse_that_holds_too_little_is_refused(
    warehouse_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    with pytest.raises(NotEnoughHistory, match="0 whole days are held"):
        rehearsed.prepare(tmp_path, SEONGSU, 1, ())


def test_what_is_held_is_read_where_nothing_can_be_written(
    warehouse_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def read(conn, dataset, **_):
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), conn.transaction():
            conn.execute("delete from warehouse.payload")
        seen.append(dataset)
        return frame(conn, "select * from warehouse.observation limit 0")

    monkeypatch.setattr(rehearsed, "open_url", lambda: warehouse_url)
    monkeypatch.setattr(rehearsed.observations, "read", read)
    rehearsed.held(SEONGSU)
    assert seen
