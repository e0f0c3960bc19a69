"""What a model and an issue were made from, kept: frames in the store, hashes in the warehouse.
Nothing is trained or forecast here."""

import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets import lineage
from seongsu_assets.assets.issuing import Made
from seongsu_assets.forecasting.recipe import Recipe
from seongsu_assets.snapshots import Store
from seongsu_assets.warehouse import snapshots
from seongsu_assets.warehouse.postgres import Connection


def of_model(
    conn: Connection, store: Store, model_id: str, recipe: Recipe, frames: dict[str, pd.DataFrame]
) -> None:
    """Keep the `features` and `observations` that a model was trained on. Call it in the
    transaction that stores the model."""
    snapshots.keep(
        conn, "model", model_id,
        recipe=recipe.as_json(), software=lineage.software(),
        frames={kind: store.put(frame) for kind, frame in frames.items()}, now=clock.now(),
    )  # fmt: skip


def of_issue(conn: Connection, store: Store, made: Made) -> None:
    """Keep what an issue was made from. Call it in the transaction that stores the issue."""
    frames = {name: frame for name, frame in vars(made.known).items() if len(frame)}
    snapshots.keep(
        conn, "issue", made.head.issue_id,
        recipe=made.recipe.as_json(), software=lineage.software(),
        frames={kind: store.put(frame) for kind, frame in frames.items()}, now=clock.now(),
    )  # fmt: skip
