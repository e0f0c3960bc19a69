"""`raw`: what arrived, byte for byte, and the audit's verdict on every day of it.
Nothing is changed or repaired here."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.assets.audit import judged, specs
from seongsu_assets.assets.node import days, key, record, spec, window
from seongsu_assets.domain import Domain, Source, Window
from seongsu_assets.ingest import ingest
from seongsu_assets.resources import Warehouse, Workplace
from seongsu_assets.warehouse import arrivals, datasets
from seongsu_assets.warehouse.postgres import Connection

DESCRIPTION = """What arrived, byte for byte, with its hash and the time it arrived. Append only.

A day is materialised when what arrived for it passed the audit; its data version is the hash of
what was said of it. A day that was refused is observed, with the failed checks and their rows; a
day that nothing is known of stays missing."""


def raw(domain: Domain) -> dg.AssetsDefinition:
    """The domain's payloads."""

    # A multi-asset of one: only there may the verdicts be told per day, and for some days only.
    @dg.multi_asset(
        name=f"{domain.name}_raw",
        specs=[dg.AssetSpec(**spec(domain, "raw"), description=DESCRIPTION, skippable=True)],
        check_specs=specs(domain),
        can_subset=True,
        partitions_def=days(domain),
        backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=31),
        pool=f"{domain.name}_raw",
    )
    def raw(
        context: dg.AssetExecutionContext, warehouse: Warehouse, workplace: Workplace
    ) -> Iterator[dg.MaterializeResult]:
        node, asked = dg.AssetKey([domain.name, "raw"]), window(context)
        with warehouse.connect() as conn:
            dataset = take_in(context, conn, domain, asked, workplace)
            held = arrivals.versions(conn, dataset, asked)
            for day in held.to_dict("records"):
                tell(context, node, day, datasets.is_sample(dataset))
            judged(context, conn, domain, dataset, asked, held)
        absent = sorted(set(asked.days()) - {stamp.date() for stamp in held.business_date})
        if absent:
            context.log.warning(_late(absent))
        yield from ()

    return raw


def take_in(
    context: dg.AssetExecutionContext,
    conn: Connection,
    domain: Domain,
    asked: Window,
    workplace: Workplace,
) -> str:
    """Fetch from the domain's sources, or from its sample while nothing real was ever read."""
    docs = workplace.folder("data_docs", context.run.run_id)

    def take(dataset: str, source: Source) -> None:
        arrived = source.fetch(asked)
        for receipt in ingest(conn, domain, dataset, source, arrived, now=clock.now(), docs=docs):
            if receipt.error:
                context.log.error(f"{receipt.payload} cannot be read: {receipt.error}")
            elif receipt.rejects:
                context.log.warning(f"{receipt.payload}: {receipt.rejects} rows in quarantine")

    for source in domain.sources:
        take(domain.name, source)
    dataset = datasets.active(conn, domain)
    if datasets.is_sample(dataset):
        context.log.warning(
            "sample data: generated, not measured; `seongsu import FILES` brings real data"
        )
        take(dataset, domain.sample)
    return dataset


def tell(
    context: dg.AssetExecutionContext,
    node: dg.AssetKey,
    day: Mapping[Hashable, Any],
    generated: bool,
) -> None:
    """An accepted day is materialised; a refused one is observed and says nothing new."""
    metadata = {
        "dagster/row_count": int(day["rows"]),
        "payload": day["payload"],
        "source": day["source"],
        "arrived": dg.MetadataValue.timestamp(day["arrived_at"].to_pydatetime()),
        "content": day["content_sha"],
        "audit": "accepted" if day["accepted"] else "refused",
        "sample data": generated,
    }
    partition = key(day["business_date"])
    if day["accepted"]:
        record(context, node, partition, day["content_sha"][:16], metadata)
    else:
        context.log_event(dg.AssetObservation(node, partition=partition, metadata=metadata))


def _late(absent: list[date]) -> str:
    named = ", ".join(map(str, absent[:7]))
    return f"nothing arrived for {len(absent)} of the days asked for: {named}"
