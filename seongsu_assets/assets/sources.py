"""What a model and an issue were made from, kept: frames in the store, hashes in the warehouse.
Nothing is trained or forecast here."""

from collections.abc import Mapping

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets import lineage
from seongsu_assets.assets.issuing import Made
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.snapshots import Snapshot, Store
from seongsu_assets.warehouse import snapshots
from seongsu_assets.warehouse.postgres import Connection, lock

Kept = Mapping[str, Snapshot]


def put(conn: Connection, store: Store, frames: Mapping[str, pd.DataFrame]) -> Kept:
    """Keep frames by their kind. Nothing is swept until the transaction ends, in which `of_model`
    or `of_issue` notes whose they are."""
    lock(conn, snapshots.LOCK, shared=True)
    return {kind: store.put(frame) for kind, frame in frames.items()}


def of_model(conn: Connection, model_id: str, recipe: Recipe, kept: Kept) -> None:
    """Note the `features` and `observations` that a model was trained on. Call it in the
    transaction that stores the model."""
    snapshots.keep(
        conn, "model", model_id,
        recipe=recipe.as_json(), software=lineage.software(), frames=kept, now=clock.now(),
    )  # fmt: skip


def of_issue(conn: Connection, store: Store, made: Made) -> None:
    """Keep what an issue was made from. Call it in the transaction that stores the issue."""
    snapshots.keep(
        conn, "issue", made.head.issue_id,
        recipe=made.recipe.as_json(), software=lineage.software(),
        frames=put(conn, store, made.frames), now=clock.now(),
    )  # fmt: skip


def shown(conn: Connection, store: Store, what: str, name: str) -> dict[str, str]:
    """What the catalog says of the snapshots of a `model` or an `issue`: the file of each, which
    bears its hash. Nothing of one from before they were kept."""
    held = snapshots.read(conn, what, name)
    frames = held.frames if held else {}
    return {f"snapshot of {kind}": store.where(sha256) for kind, sha256 in frames.items()}
