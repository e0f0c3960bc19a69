"""A decision that a person makes: the model that serves from now on, whatever the rule says.
Decisions of the rule are kept by `models`."""

from datetime import datetime

from psycopg.types.json import Jsonb

from seongsu_assets.errors import ModelError
from seongsu_assets.warehouse import models, snapshots, sweeping
from seongsu_assets.warehouse.postgres import Connection, lock, storable

#: Among the inputs of a decision: who made it. Those of the rule do not have it.
BY = {"by": "hand"}


def promote(
    conn: Connection, dataset: str, model_id: str, reason: str, now: datetime
) -> tuple[str | None, str]:
    """Append the decision: the champion before it, and the reason as it is kept.

    Raises ModelError for a model that the data set does not have, or that serves already."""
    told = storable(f"by hand: {reason}")
    with conn.transaction():
        lock(conn, dataset, "decisions")
        before = next(iter(models.champions(conn, dataset)), None)
        known = conn.execute(
            "select 1 from warehouse.model where dataset = %s and model_id = %s",
            (dataset, model_id),
        ).fetchone()
        lock(conn, snapshots.LOCK, shared=True)
        if since := sweeping.swept(conn, model_id):
            raise ModelError(
                f"what {model_id} learned from is gone since {since:%Y-%m-%d}: its forecasts could "
                "not be made again",
                remedy="train anew, or choose another model",
            )
        if known is None or before == model_id:
            raise ModelError(
                f"{model_id} serves already" if known else f"{dataset} has no model {model_id}",
                remedy="choose another model",
            )
        conn.execute(
            """insert into warehouse.decision
               (dataset, decided_at, challenger, champion, outcome, reason, inputs)
               values (%s, %s, %s, %s, %s, %s, %s)""",
            (dataset, now, model_id, before, "promote" if before else "first", told, Jsonb(BY)),
        )
    return before, told
