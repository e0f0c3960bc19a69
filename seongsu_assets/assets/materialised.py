"""Partitions reported as materialised, many at once, each with a data version of its own.
What is told of a partition is gathered by its node."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg
from dagster._core.events import DagsterEvent, DagsterEventBatchMetadata, generate_event_batch_id


@dataclass(frozen=True)
class Told:
    """One partition, the version of its data, and what the catalog shows of it."""

    partition: str
    version: str
    metadata: dict[str, Any]


def record(
    context: dg.AssetExecutionContext, asset: dg.AssetKey, partitions: Sequence[Told]
) -> None:
    """Report partitions as materialised.

    A run over a range would otherwise mark days green for which nothing arrived, and give every
    day the same version, so that each would look changed the next morning."""
    # As Dagster itself reports the partitions of an output: where the instance writes in batches
    # (see `instance`), a batch takes little longer than one event of it, told by `log_event`.
    step, batch = context.get_step_execution_context(), generate_event_batch_id()
    for place, told in enumerate(partitions, 1):
        event = dg.AssetMaterialization(
            asset_key=asset,
            partition=told.partition,
            metadata=told.metadata,
            tags={"dagster/data_version": told.version},
        )
        together = DagsterEventBatchMetadata(batch, is_end=place == len(partitions))
        DagsterEvent.asset_materialization(step, event, together)
