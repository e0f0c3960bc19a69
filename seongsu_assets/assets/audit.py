"""The audit of `raw` as Dagster checks: per claim and day a verdict, its rows and its reason.
The judging itself is in `expectations`; here it is only told."""

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import days, key, preview
from seongsu_assets.domain import Domain, Window
from seongsu_assets.overdue import Owed
from seongsu_assets.warehouse import verdicts
from seongsu_assets.warehouse.postgres import Connection

READABLE = "row_is_readable"
#: Of a long range the newest days have their verdicts told, and every refused one: each day is an
#: event for each claim.
JUDGED_DAYS = 7
ENDANGERED = "no_day_is_about_to_be_lost"


def claims(domain: Domain) -> dict[str, tuple[str, bool]]:
    """Claim -> (what it means, whether it blocks): the domain's, then its sources' contracts."""
    promised = [e for source in domain.sources if source.terms for e in source.terms.contract]
    told = {e.claim: (e.reason, e.blocking) for e in (*domain.expectations, *promised)}
    return told | {READABLE: ("every row of the payload could be read", True)}


_ALARM = ("no day that is still missing will be forgotten by its source within 72 hours", False)


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
        for claim, (reason, blocking) in (claims(domain) | {ENDANGERED: _ALARM}).items()
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
    refusals = verdicts.refusals(conn, dataset, asked)
    refused = set(held.business_date[~held.accepted.astype(bool)])
    unread = set(refusals.business_date)
    told = refused | unread | set(held.business_date.tail(JUDGED_DAYS))
    for stamp in sorted(told):
        wrong = refusals[refusals.business_date == stamp]
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


def endangered(
    context: dg.AssetExecutionContext, domain: Domain, asked: Window, lacking: list[Owed]
) -> None:
    """Tell of every day asked for whether it is about to be lost."""
    alarming = {each.business_date: each for each in lacking if each.alarming(clock.now())}
    lost = {each.business_date: each for each in lacking if each.state == "lost"}
    for day in sorted({*alarming, *lost, *asked.days()[-JUDGED_DAYS:]}):
        danger = alarming.get(day) or lost.get(day)
        verdict = dg.AssetCheckEvaluation(
            asset_key=dg.AssetKey([domain.name, "raw"]),
            check_name=ENDANGERED,
            passed=danger is None,
            partition=key(day),
            blocking=False,
            severity=dg.AssetCheckSeverity.WARN,
            description=danger and f"{day}: {danger.state}; {danger.why}",
            metadata={"forgotten at": danger.until.isoformat()} if danger and danger.until else {},
        )
        # Dagster takes the event; its annotation does not list it.
        context.log_event(verdict)  # pyright: ignore[reportArgumentType]
