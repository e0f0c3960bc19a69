"""Partitions that are told to Dagster together.
Which partitions a node tells of is asked with each node."""

from collections.abc import Iterator

import dagster as dg
import pytest

from seongsu_assets.assets.materialised import Told, record
from seongsu_assets.instance import BATCH

DAYS = dg.DailyPartitionsDefinition("2025-03-01", end_date="2025-03-06")
NODE = dg.AssetKey("counts")


@dg.asset(key=NODE, partitions_def=DAYS, output_required=False)
def counts(context: dg.AssetExecutionContext) -> Iterator[dg.Output[None]]:
    """Of the days asked for, all but the last are known."""
    known = context.partition_keys[:-1]
    record(context, NODE, [Told(day, f"version {day}", {"rows": len(day)}) for day in known])
    yield from ()


@pytest.mark.parametrize("at_once", [0, 1, 3, 500])
def test_each_partition_has_its_own_version_however_many_are_written_at_once(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setenv(BATCH, str(at_once))
    days = DAYS.get_partition_keys()
    with dg.DagsterInstance.ephemeral() as instance:
        ends = {"dagster/asset_partition_range_start": days[0]}
        ends["dagster/asset_partition_range_end"] = days[-1]
        assert dg.materialize([counts], instance=instance, tags=ends).success
        found = instance.fetch_materializations(NODE, limit=10).records
    events = [each.asset_materialization for each in reversed(found)]
    told = [(e.partition, e.tags, e.metadata["rows"]) for e in events if e]
    versions = [{"dagster/data_version": f"version {day}"} for day in days]
    assert [(day, tags) for day, tags, _ in told] == list(zip(days[:-1], versions, strict=False))
    assert {rows for _, _, rows in told} == {dg.IntMetadataValue(10)}
