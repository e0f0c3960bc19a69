"""The audit of `raw` as Dagster checks: per claim and day a verdict, its rows and its reason.
The judging itself is in `expectations`; here it is only told."""

import dagster as dg
import pandas as pd

from seongsu_assets.assets.node import TOLD_DAYS, days, key, preview
from seongsu_assets.domain import Domain, Window
from seongsu_assets.warehouse import arrivals
from seongsu_assets.warehouse.postgres import Connection

READABLE = "row_is_readable"


def claims(domain: Domain) -> dict[str, tuple[str, bool]]:
    """Claim -> (what it means, whether it blocks), in the domain's order."""
    told = {e.claim: (e.reason, e.blocking) for e in domain.expectations}
    return told | {READABLE: ("every row of the payload could be read", True)}


def specs(domain: Domain) -> list[dg.AssetCheckSpec]:
    """One partitioned check per claim."""
    return [
        dg.AssetCheckSpec(
            claim,
            asset=[domain.name, "raw"],
            description=reason,
            blocking=blocking,
            partitions_def=days(domain),
        )
        for claim, (reason, blocking) in claims(domain).items()
    ]


def judged(
    context: dg.AssetExecutionContext,
    conn: Connection,
    domain: Domain,
    dataset: str,
    asked: Window,
    held: pd.DataFrame,
) -> None:
    """Tell the verdict of every claim on the days held: all refused days, and the newest ones."""
    refusals = arrivals.refusals(conn, dataset, asked)
    refused = set(held.business_date[~held.accepted.astype(bool)])
    told = refused | set(held.business_date.tail(TOLD_DAYS))
    for stamp in sorted(told):
        wrong = refusals[refusals.business_date == stamp] if stamp in refused else refusals.iloc[:0]
        for claim, (_, blocking) in claims(domain).items():
            verdict = evaluation(domain, claim, wrong, key(stamp), blocking=blocking)
            # Dagster takes the event; its annotation does not list it.
            context.log_event(verdict)  # pyright: ignore[reportArgumentType]


def evaluation(
    domain: Domain, claim: str, wrong: pd.DataFrame, partition: str, *, blocking: bool
) -> dg.AssetCheckEvaluation:
    """The verdict of one claim on one day."""
    rows = wrong[wrong.claim == claim]
    return dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey([domain.name, "raw"]),
        check_name=claim,
        passed=rows.empty,
        partition=partition,
        blocking=blocking,
        severity=dg.AssetCheckSeverity.ERROR if blocking else dg.AssetCheckSeverity.WARN,
        description=None if rows.empty else str(rows.reason.iloc[0]),
        metadata={} if rows.empty else evidence(rows),
    )


def evidence(rows: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """Which rows, of which file, and why."""
    told = rows[["payload", "place", "reason", "record"]]
    return {"rows refused": dg.MetadataValue.int(len(rows)), "rows": preview(told, 50)}
