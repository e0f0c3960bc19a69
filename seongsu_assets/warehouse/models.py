"""Trained models as text with their hash, the decisions about them, and the cut-offs in force.
No training and no judgement here; nothing is ever unpickled."""

import hashlib
import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
from psycopg.types.json import Jsonb

from seongsu_assets import strict_json
from seongsu_assets.errors import ModelError
from seongsu_assets.warehouse.postgres import Connection, lock


@dataclass(frozen=True)
class StoredModel:
    """One row of `model`. `sha256` covers the booster's text and the metadata."""

    model_id: str
    trained_from: date
    trained_to: date
    data_sha: str
    code_version: str
    booster: str
    metadata: dict[str, Any]
    metrics: dict[str, Any]
    evaluation: pd.DataFrame
    mlflow_run_id: str | None = None
    dagster_run_id: str | None = None
    sha256: str = field(default="")


def digest(booster: str, metadata: dict[str, Any]) -> str:
    """The hash that a stored model must still have when it is read."""
    canonical = json.dumps(metadata, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{booster}\n{canonical}".encode()).hexdigest()


def store(conn: Connection, dataset: str, model: StoredModel, now: datetime) -> None:
    """Keep a model; storing the same one again changes nothing."""
    conn.execute(
        """insert into warehouse.model values
               (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
           on conflict (model_id) do nothing""",
        (
            model.model_id,
            dataset,
            now,
            model.trained_from,
            model.trained_to,
            model.data_sha,
            model.code_version,
            model.booster,
            Jsonb(model.metadata),
            digest(model.booster, model.metadata),
            Jsonb(model.metrics),
            model.evaluation.to_parquet(index=False, compression="zstd"),
            model.mlflow_run_id,
            model.dagster_run_id,
        ),
    )


def load(conn: Connection, model_id: str) -> StoredModel:
    """The model, with its hash verified. Raises ModelError when it is missing or damaged."""
    booster, metadata = artefact(conn, model_id)
    row = conn.execute(
        """select trained_from, trained_to, data_sha, code_version, metrics, evaluation,
                  mlflow_run_id, dagster_run_id, sha256
           from warehouse.model where model_id = %s""",
        (model_id,),
    ).fetchone()
    assert row is not None
    try:
        evaluation = pd.read_parquet(io.BytesIO(row[5]))
    except (ValueError, OSError) as error:
        raise _damaged(model_id, "its evaluation is not readable") from error
    values: tuple[Any, ...] = (*row[:4], booster, metadata, row[4], evaluation, *row[6:])
    return StoredModel(model_id, *values)


def artefact(conn: Connection, model_id: str) -> tuple[str, dict[str, Any]]:
    """What a forecast needs of a model, text and metadata, with the hash verified. Raises
    ModelError when it is missing, damaged or too large to be one."""
    row = conn.execute(
        """select case when octet_length(booster) <= %(most)s then booster end,
                  case when pg_column_size(metadata) <= %(most)s then metadata::text end, sha256
           from warehouse.model where model_id = %(model)s""",
        {"most": strict_json.LARGEST, "model": model_id},
    ).fetchone()
    if row is None:
        raise ModelError(f"no model {model_id}", remedy="train one: `seongsu run DOMAIN`")
    booster, text, sha256 = row
    if booster is None or text is None:
        raise _damaged(model_id, f"more than {strict_json.LARGEST:,} bytes")
    try:
        metadata = strict_json.loads(text)
    except ValueError as error:
        raise _damaged(model_id, f"its metadata: {error}") from error
    if digest(booster, metadata) != sha256:
        raise _damaged(model_id, "its hash is another")
    return booster, metadata


def _damaged(model_id: str, why: str) -> ModelError:
    return ModelError(
        f"model {model_id} is not what was stored: {why}", remedy="train anew: `seongsu run DOMAIN`"
    )


def exists(conn: Connection, model_id: str) -> bool:
    return (
        conn.execute("select 1 from warehouse.model where model_id = %s", (model_id,)).fetchone()
        is not None
    )


def newest(conn: Connection, dataset: str) -> str | None:
    """The id of the model stored last, the challenger."""
    row = conn.execute(
        "select model_id from warehouse.model where dataset = %s order by number desc limit 1",
        (dataset,),
    ).fetchone()
    return row[0] if row else None


def decide(
    conn: Connection,
    dataset: str,
    *,
    challenger: str,
    champion: str | None,
    outcome: str,
    reason: str,
    inputs: dict[str, Any],
    now: datetime,
) -> None:
    """Append a decision; the newest that promotes makes the champion. A challenger is decided
    about once: of two processes that come to it together, the first is heard."""
    with conn.transaction():
        lock(conn, dataset, "decisions")
        if decided(conn, dataset, challenger) is None:
            conn.execute(
                """insert into warehouse.decision
                   (dataset, decided_at, challenger, champion, outcome, reason, inputs)
                   values (%s, %s, %s, %s, %s, %s, %s)""",
                (dataset, now, challenger, champion, outcome, reason, Jsonb(inputs)),
            )


def decided(conn: Connection, dataset: str, challenger: str) -> tuple[str, str] | None:
    """(outcome, reason) of the newest decision about `challenger`, or None."""
    return conn.execute(
        """select outcome, reason from warehouse.decision where dataset = %s and challenger = %s
           order by id desc limit 1""",
        (dataset, challenger),
    ).fetchone()  # type: ignore[return-value]


def champions(conn: Connection, dataset: str) -> list[str]:
    """The champion and those before it, newest first, each once."""
    query = """select challenger from warehouse.decision
               where dataset = %s and outcome in ('first', 'promote')
               group by challenger order by max(id) desc"""
    return [model_id for (model_id,) in conn.execute(query, (dataset,))]


def keep_cutoffs(
    conn: Connection,
    dataset: str,
    version: str,
    lower: list[float],
    names: list[str],
    first: date,
    last: date,
    now: datetime,
) -> None:
    """Keep a version of the level cut-offs; the same version is kept once."""
    conn.execute(
        "insert into warehouse.cutoffs values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        (dataset, version, lower, names, first, last, now),
    )
