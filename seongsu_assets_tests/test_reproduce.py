"""A forecast made again from what was recorded: the same numbers, or a reason why not.
Damaged models are in `test_artefacts`."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from seongsu_assets.artefacts import Folder
from seongsu_assets.assets import recorded, reproducing
from seongsu_assets.domain import Window
from seongsu_assets.errors import ModelError
from seongsu_assets.snapshots import Store, content
from seongsu_assets.warehouse import forecasts
from seongsu_assets.warehouse.postgres import Connection, connect, frame
from seongsu_assets_tests.built import LAST
from seongsu_assets_tests.commands import Commands
from seongsu_assets_tests.elsewhere import keeps_elsewhere, workplace
from seongsu_assets_tests.world import World

FRAME = pd.DataFrame(
    {
        "series": ["a", "b", "b"],
        "business_date": pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03"]),
        "hour": [4, 5, 6],
        "value": [0.1, np.nan, 1e300],
        "off": [True, False, True],
        "kind": ["ordinary", None, "장날"],
    }
)


@pytest.fixture
def again(world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The built world with the snapshots that it left in the folder it was built in."""
    if not keeps_elsewhere():
        (left,) = tmp_path_factory.getbasetemp().glob("built[0-9]*/snapshots")
        shutil.copytree(left, kept(world))
    return world


def kept(world: World) -> Path:
    return world.folder / "snapshots"


def store(world: World) -> Store:
    return Store(workplace(world.folder).artefacts("snapshots"))


def newest(conn: Connection) -> str:
    issue_id = forecasts.newest(conn, "seongsu@sample")
    assert issue_id is not None
    return issue_id


def record_of(world: World) -> recorded.Record:
    with connect(world.url) as conn:
        return recorded.read(conn, newest(conn))


def wrong(record: recorded.Record, held: Store) -> str:
    """What does not hold, as one line."""
    findings = reproducing.reproduce(record, held)
    return "; ".join(f"{each.claim}: {each.found}" for each in findings if not each.holds)


def test_the_address_of_a_frame_is_its_content_and_it_is_written_once(tmp_path: Path) -> None:
    held = Store(Folder(tmp_path))
    first = held.put(FRAME)
    before = (tmp_path / first.path).stat().st_mtime_ns
    assert held.put(FRAME.copy()) == first
    assert (tmp_path / first.path).stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{first.sha256}.parquet"]
    read = held.get(first.sha256)
    assert content(read) == first.sha256
    pd.testing.assert_frame_equal(read, FRAME)


@pytest.mark.parametrize(
    "change",
    [
        {"value": [0.1, np.nan, np.nextafter(1e300, 0)]},
        {"hour": [4, 5, 7]},
        {"kind": ["ordinary", "", "장날"]},
        {"series": ["ab", "", "b"]},
        {"off": [1, 0, 1]},
    ],
)
def test_any_other_value_or_kind_of_value_is_another_address(change: dict[str, list]) -> None:
    assert content(FRAME.assign(**change)) != content(FRAME)
    assert content(FRAME.rename(columns={"hour": "hours"})) != content(FRAME)
    assert content(FRAME.iloc[::-1]) != content(FRAME)


def test_a_damaged_file_is_refused_and_written_anew(tmp_path: Path) -> None:
    held = Store(Folder(tmp_path))
    kept = held.put(FRAME)
    path = tmp_path / kept.path
    whole = path.read_bytes()
    FRAME.assign(hour=[4, 5, 7]).to_parquet(path)
    with pytest.raises(ModelError, match="another hash"):
        held.get(kept.sha256)
    for damaged in (whole[: len(whole) // 2], b"", b"\x80\x04\x95" + whole):
        path.write_bytes(damaged)
        with pytest.raises(ModelError, match="not readable"):
            held.get(kept.sha256)
    assert held.put(FRAME) == kept
    assert content(held.get(kept.sha256)) == kept.sha256


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "a" * 63, "é" * 64])
def test_an_address_is_a_hash_and_never_a_path(tmp_path: Path, address: str) -> None:
    with pytest.raises(ModelError, match="not the address"):
        Store(Folder(tmp_path)).get(address)


def test_model_and_forecast_are_made_again_to_the_bit(again: World) -> None:
    record = record_of(again)
    assert record.tier == "champion"
    findings = list(reproducing.reproduce(record, store(again)))
    assert all(finding.holds for finding in findings)
    told = {finding.claim: finding.found for finding in findings}
    assert "to the bit" in told["model is equal"]
    assert "at most 0 apart" in told["forecast is equal"]
    assert len([claim for claim in told if claim.endswith("verified")]) == 5
    assert reproducing.changed(record) == []


@pytest.mark.skipif(keeps_elsewhere(), reason="other worlds keep theirs at the same address")
def test_every_snapshot_that_the_warehouse_names_is_a_file_and_no_other(again: World) -> None:
    with connect(again.url) as conn:
        named = frame(conn, "select path, bytes, rows from warehouse.snapshot")
    files = {path: path.stat().st_size for path in kept(again).rglob("*.*")}
    assert files == {kept(again) / path: n for path, n in zip(named.path, named.bytes, strict=True)}
    assert (named.rows > 0).all()


def test_an_export_is_made_again_without_a_warehouse(
    again: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, out = record_of(again), tmp_path / "out"
    path = recorded.write(record, store(again), out)
    pd.testing.assert_frame_equal(
        recorded.load(out, path.stem[:6]).forecast, record.forecast, check_exact=True
    )
    run = Commands(tmp_path)
    words = ("reproduce", path.stem[:6], "--from", out, "--json")
    good = run(capsys, *words)
    assert good.code == 0
    assert [each["holds"] for each in json.loads(good.out)["findings"]] == [True] * 7

    value = json.loads(path.read_text())
    value["model"]["metadata"]["coefficients"][0][0] += 1e-6
    value["forecast"]["q50"][5] += 1e-6
    path.write_text(json.dumps(value))
    bad = run(capsys, *words)
    assert bad.code == 1
    assert "model is equal" in bad.err
    assert "forecast is equal" in bad.err


@pytest.fixture
def exported(again: World, tmp_path: Path) -> Path:
    with connect(again.url) as conn:
        conn.execute("alter table warehouse.model disable trigger append_only")
        conn.execute("update warehouse.model set booster = 'damaged'")
    again.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    return recorded.write(record_of(again), store(again), tmp_path / "out")


def change(path: Path, **values: object) -> recorded.Record:
    """The export with parts of its record changed."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
    return recorded.load(path.parent, path.stem)


def test_whatever_is_changed_in_an_export_is_found(exported: Path) -> None:
    held = Store(Folder(exported.parent / "snapshots"))
    value = json.loads(exported.read_text())
    assert wrong(change(exported), held) == ""

    median = value["forecast"]["q50"]
    more = value["forecast"] | {"q50": [median[0] + 1e-6, *median[1:]]}
    assert wrong(change(exported, forecast=more), held).startswith("forecast is equal")
    fewer = {name: column[1:] for name, column in value["forecast"].items()}
    assert "inf apart" in wrong(change(exported, forecast=fewer), held)

    other = value["sources"] | {"recipe": value["sources"]["recipe"] | {"lag_days": 3}}
    changed = change(exported, forecast=value["forecast"], sources=other)
    assert wrong(changed, held).startswith("forecast is equal")
    older = value["sources"] | {"recipe": {"plan": {}}}
    assert "another version" in wrong(change(exported, sources=older), held)

    record = change(exported, sources=value["sources"])
    address = record.sources.frames["observations"]
    file = exported.parent / "snapshots" / address[:2] / f"{address}.parquet"
    file.write_bytes(file.read_bytes()[:-100])
    assert "not readable as a snapshot" in wrong(record, held)
    file.unlink()
    assert f"{address[:16]} is not at" in wrong(record, held)

    exported.write_text(exported.read_text()[:-20])
    with pytest.raises(ModelError, match="damaged"):
        recorded.load(exported.parent, exported.stem)


def test_a_usual_profile_is_made_again_from_its_observations(again: World) -> None:
    with connect(again.url) as conn:
        conn.execute("alter table warehouse.model disable trigger append_only")
        conn.execute("update warehouse.model set booster = 'damaged'")
    again.pipeline(LAST).stage("forecast", Window(LAST, LAST))
    record = record_of(again)
    assert (record.tier, record.model) == ("profile", None)
    assert wrong(record, store(again)) == ""


def test_a_forecast_is_named_by_the_beginning_of_its_id(again: World) -> None:
    earlier = LAST - timedelta(days=1)
    again.pipeline(LAST).stage("forecast", Window(earlier, earlier))
    with connect(again.url) as conn:
        name = newest(conn)
        assert recorded.read(conn, name[:8]).issue_id == name
        for start in ("", "no such", "%"):
            with pytest.raises(ModelError, match="forecast begins with"):
                recorded.read(conn, start)


def test_a_forecast_from_before_sources_were_kept_says_so(again: World) -> None:
    with connect(again.url) as conn:
        conn.execute("alter table warehouse.issue_source disable trigger append_only")
        conn.execute("delete from warehouse.issue_source")
        with pytest.raises(ModelError, match="before its sources were kept"):
            recorded.read(conn, newest(conn))


def test_other_code_and_libraries_are_told(again: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"code": "another", "numpy": "9"}
    monkeypatch.setattr("seongsu_assets.assets.lineage.software", lambda: ours)
    told = "\n".join(reproducing.changed(record_of(again)))
    assert "the model was made with code" in told
    assert "this is another" in told
    assert "the forecast was made with numpy" in told
