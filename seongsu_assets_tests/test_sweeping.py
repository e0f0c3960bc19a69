"""Snapshots that nobody needs go, wherever they are kept; what a number was made from stays.
How a snapshot is kept and verified is in `test_buckets` and `test_reproduce`."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pandas as pd
import psycopg
import pytest

from seongsu_assets.artefacts import Folder, Place
from seongsu_assets.assets.sweeping import sweeping
from seongsu_assets.errors import ModelError, ServiceError
from seongsu_assets.resources import Warehouse, Workplace
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import by_hand, models, snapshots
from seongsu_assets.warehouse import sweeping as rule
from seongsu_assets.warehouse.postgres import Connection, connect, frame, lock
from seongsu_assets_tests.test_buckets import bucket, endpoint, place, s3

__all__ = ["bucket", "endpoint", "place", "s3"]  # fixtures
NOW = datetime(2025, 6, 16, tzinfo=UTC)
OLD = NOW - timedelta(days=200)
YOUNG = NOW - timedelta(days=100)
RECIPE = {"recipe": {}, "software": {}}


def table(number: float) -> pd.DataFrame:
    return pd.DataFrame({"hour": [8, 9], "people": [number, 0.5]})


def learn(
    conn: Connection, store: Store, name: str, made: datetime, learned: float | None = None
) -> None:
    """A model of that name; its `features` are its own, unless it is told others."""
    conn.execute(
        """insert into warehouse.model (model_id, dataset, created_at, trained_from, trained_to,
               data_sha, code_version, booster, metadata, sha256, metrics, evaluation)
           values (%s, 'a', %s, now(), now(), '', '', '', '{}', '', '{}', '')""",
        (name, made),
    )
    features = float(len(name)) if learned is None else learned
    frames = {"features": table(features), "observations": table(0.0)}
    kept = {kind: store.put(each) for kind, each in frames.items()}
    snapshots.keep(conn, "model", name, **RECIPE, frames=kept, now=made)


def decide(conn: Connection, name: str, outcome: str) -> None:
    models.decide(
        conn, "a", challenger=name, champion=None, outcome=outcome, reason="", inputs={}, now=OLD
    )


def issue(conn: Connection, store: Store, model_id: str | None) -> None:
    models.keep_cutoffs(conn, "a", "1", [1.0], ["low", "high"], OLD.date(), OLD.date(), OLD)
    conn.execute(
        """insert into warehouse.issue
           values (%s, 'a', now(), %s, now(), %s, 'champion', '', '1')""",
        (f"issue of {model_id}", OLD, model_id),
    )
    frames = {"observations": store.put(table(98.0)), "calendar": store.put(table(99.0))}
    snapshots.keep(conn, "issue", f"issue of {model_id}", **RECIPE, frames=frames, now=OLD)


def left(place: Place) -> set[float]:
    """What the features that are still there begin with."""
    return {
        Store(place).get(name[3:67])["people"].iloc[0]
        for name in place.names()
        if name.endswith(".parquet")
    }


def test_only_what_old_challengers_learned_from_that_never_served_goes(
    conn: Connection, place: Place
) -> None:
    store = Store(place)
    learn(conn, store, "x", OLD)
    learn(conn, store, "promoted", OLD)
    learn(conn, store, "issued", OLD)
    learn(conn, store, "young", YOUNG)
    learn(conn, store, "newest model", OLD)
    decide(conn, "x", "reject")
    decide(conn, "promoted", "promote")
    issue(conn, store, "issued")
    issue(conn, store, None)
    size = len(place.read(store.put(table(1.0)).path) or b"")

    assert rule.sweep(conn, place, NOW) == rule.Swept(1, size)
    assert left(place) == {0.0, 98.0, 99.0} | {
        float(len(name)) for name in ("promoted", "issued", "young", "newest model")
    }
    told = frame(
        conn, "select model_id, kind from warehouse.training_set where swept_at = %s", [NOW]
    )
    assert told.to_dict("records") == [{"model_id": "x", "kind": "features"}]
    assert rule.swept(conn, "x") == NOW
    assert rule.swept(conn, "young") is None
    assert rule.sweep(conn, place, NOW) == rule.Swept(0, 0)


def test_what_another_model_learned_from_too_stays(conn: Connection, place: Place) -> None:
    learn(conn, Store(place), "x", OLD, 5.0)
    learn(conn, Store(place), "young", YOUNG, 5.0)
    assert rule.sweep(conn, place, NOW).files == 0
    assert 5.0 in left(place)


class Failing(Folder):
    """Cannot remove anything."""

    def remove(self, name: str) -> None:
        raise ServiceError(f"{name} cannot be removed")


def test_a_sweep_that_is_cut_short_leaves_no_row_without_its_file_and_is_finished_by_the_next(
    conn: Connection, tmp_path
) -> None:
    store = Store(Folder(tmp_path))
    learn(conn, store, "x", OLD)
    learn(conn, store, "newest", OLD)
    with pytest.raises(ServiceError):
        rule.sweep(conn, Failing(tmp_path), NOW)
    assert set(snapshots.paths(conn)) <= set(store.place.names())
    assert rule.swept(conn, "x") == NOW
    assert left(store.place) == {0.0, 1.0, 6.0}
    assert rule.sweep(conn, store.place, NOW).files == 1
    assert left(store.place) == {0.0, 6.0}


def test_what_is_learned_from_again_is_kept_again(conn: Connection, place: Place) -> None:
    store = Store(place)
    learn(conn, store, "x", OLD)
    learn(conn, store, "newest", YOUNG)
    rule.sweep(conn, place, NOW)
    learn(conn, store, "again", NOW, 1.0)
    assert rule.swept(conn, "again") is None
    assert set(snapshots.paths(conn)) == set(place.names())
    assert rule.sweep(conn, place, NOW).files == 0
    assert 1.0 in left(place)


def test_nothing_is_swept_while_somebody_counts_on_it(
    conn: Connection, warehouse_url: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "_PATIENCE", "set local lock_timeout = '50ms'")
    learn(conn, Store(Folder(tmp_path)), "x", OLD)
    learn(conn, Store(Folder(tmp_path)), "newest", OLD)
    with snapshots.still(warehouse_url):
        with conn.transaction():
            lock(conn, snapshots.LOCK, shared=True)  # others may count on it too
        with pytest.raises(psycopg.errors.LockNotAvailable):
            rule.sweep(conn, Folder(tmp_path), NOW)
    assert rule.sweep(conn, Folder(tmp_path), NOW).files == 1


def test_a_model_whose_rows_are_gone_is_not_promoted_by_hand(conn: Connection, tmp_path) -> None:
    learn(conn, Store(Folder(tmp_path)), "x", OLD)
    learn(conn, Store(Folder(tmp_path)), "newest", OLD)
    rule.sweep(conn, Folder(tmp_path), NOW)
    with pytest.raises(ModelError, match="learned from is gone since 2025-06-16"):
        by_hand.promote(conn, "a", "x", "why not", NOW)
    by_hand.promote(conn, "a", "newest", "it is good", NOW)


def test_the_weekly_job_sweeps_and_says_what_it_freed(
    warehouse_url: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEONGSU_NOW", NOW.isoformat())
    folder = Folder(tmp_path / "snapshots")
    with connect(warehouse_url) as conn:
        learn(conn, Store(folder), "x", OLD)
        learn(conn, Store(folder), "newest", OLD)
    resources = {
        "warehouse": Warehouse(url=warehouse_url),
        "workplace": Workplace(root=str(tmp_path)),
    }
    together = dg.Definitions.merge(sweeping(), dg.Definitions(resources=resources))
    done = together.resolve_job_def("sweep").execute_in_process()
    [output] = [event for event in done.all_node_events if event.is_successful_output]
    told = output.step_output_data.metadata
    assert told["snapshots"].value == 1
    assert told["bytes"].value > 100
    assert left(folder) == {0.0, 6.0}
