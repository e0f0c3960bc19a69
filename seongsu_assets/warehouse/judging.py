"""Models that evaluations were made by, beside the challengers that they speak for.
Nothing is fitted or judged here, and nobody is served by them."""

from typing import Any

from psycopg.types.json import Jsonb

from seongsu_assets import strict_json
from seongsu_assets.warehouse.models import digest
from seongsu_assets.warehouse.postgres import Connection


def keep(conn: Connection, model_id: str, booster: str, metadata: dict[str, Any]) -> None:
    """Keep the model that the newest origins of `model_id`'s evaluation were asked of. Call it in
    the transaction that stores the challenger."""
    conn.execute(
        "insert into warehouse.judging_model values (%s, %s, %s, %s) on conflict do nothing",
        (model_id, booster, Jsonb(metadata), digest(booster, metadata)),
    )


def read(conn: Connection, model_id: str) -> tuple[str, dict[str, Any]] | None:
    """Its text and metadata; None where none was kept, or what was kept is damaged: it can be
    fitted again."""
    row = conn.execute(
        "select booster, metadata::text, sha256 from warehouse.judging_model where model_id = %s",
        (model_id,),
    ).fetchone()
    if row is None:
        return None
    booster, text, sha256 = row
    metadata = strict_json.loads(text)
    return (booster, metadata) if digest(booster, metadata) == sha256 else None
