"""`raw`: what arrived, byte for byte, and the audit's verdict on every day of it.
Nothing is changed or repaired here."""

from collections.abc import Iterator

import dagster as dg
import pandas as pd

from seongsu_assets import clock, overdue
from seongsu_assets.assets.audit import agreeing, endangered, judged, specs
from seongsu_assets.assets.materialised import Told, record
from seongsu_assets.assets.node import days, key, spec, window
from seongsu_assets.domain import Domain
from seongsu_assets.fetching import fetch
from seongsu_assets.overdue import Owed
from seongsu_assets.resources import Outside, Warehouse, Workplace
from seongsu_assets.warehouse import agreement, datasets, verdicts

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
        context: dg.AssetExecutionContext,
        warehouse: Warehouse,
        outside: Outside,
        workplace: Workplace,
    ) -> Iterator[dg.MaterializeResult]:
        node, asked = dg.AssetKey([domain.name, "raw"]), window(context)
        with warehouse.connect() as conn, outside.web(warehouse) as web:
            docs = workplace.folder("data_docs", context.run.run_id)
            dataset = fetch(conn, domain, asked, web, context.log.warning, docs)
            held = verdicts.versions(conn, dataset, asked)
            tell(context, node, held, datasets.is_sample(dataset))
            judged(context, conn, domain, dataset, asked, held)
            lacking = overdue.owed(conn, domain, dataset, asked, clock.now())
            endangered(context, domain, asked, lacking)
            agreeing(context, domain, agreement.apart(conn, dataset, asked))
        known = {stamp.date() for stamp in held.business_date}
        if absent := [each for each in lacking if each.business_date not in known]:
            context.log.warning(_absent(absent))
        yield from ()

    return raw


def tell(
    context: dg.AssetExecutionContext, node: dg.AssetKey, held: pd.DataFrame, generated: bool
) -> None:
    """An accepted day is materialised; a refused one is observed and says nothing new."""
    accepted: list[Told] = []
    for day in held.to_dict("records"):
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
            accepted.append(Told(partition, day["content_sha"][:16], metadata))
        else:
            context.log_event(dg.AssetObservation(node, partition=partition, metadata=metadata))
    record(context, node, accepted)


def _absent(absent: list[Owed]) -> str:
    named = "; ".join(f"{each.business_date} {each.state}: {each.why}" for each in absent[:7])
    return f"no hours for {len(absent)} of the days asked for: {named}"
