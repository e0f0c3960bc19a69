"""The audit of `raw` as Dagster checks: per claim and day a verdict, its rows and its reason.
The judging itself is in `expectations`; here it is only told."""

from datetime import date

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
AGREE = "hours_agree_with_the_total"
ENDANGERED = "no_day_is_about_to_be_lost"


def claims(domain: Domain) -> dict[str, tuple[str, bool]]:
    """Claim -> (what it means, whether it blocks): the domain's, then its sources' contracts."""
    promised = [e for source in domain.sources if source.terms for e in source.terms.contract]
    told = {e.claim: (e.reason, e.blocking) for e in (*domain.expectations, *promised)}
    return told | {READABLE: ("every row of the payload could be read", True)}


#: Told of days rather than of what arrived for them.
_OF_DAYS = {
    ENDANGERED: (
        "no day that is still missing will be forgotten by its source within 72 hours", False,
    ),
    AGREE: ("the sum of the hours is the day's total, as another source has it", False),
}  # fmt: skip


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
        for claim, (reason, blocking) in (claims(domain) | _OF_DAYS).items()
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
    broken = [verdicts.refusals(conn, dataset, asked), verdicts.warnings(conn, dataset, asked)]
    refusals = pd.concat(broken, ignore_index=True)
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
    """Tell of every day asked for whether it is lost or about to be."""
    danger = {
        each.business_date: each
        for each in lacking
        if each.alarming(clock.now()) or each.state == "lost"
    }
    for day in sorted({*danger, *domain.cadence.periods(asked)[-JUDGED_DAYS:]}):
        found = danger.get(day)
        why = f"{day}: {found.state}; {found.why}" if found else None
        until = {"forgotten at": found.until.isoformat()} if found and found.until else {}
        _warn(context, domain, ENDANGERED, day, why, until)


def agreeing(context: dg.AssetExecutionContext, domain: Domain, compared: pd.DataFrame) -> None:
    """Tell of the days that were told by the hour and in total whether the two agree."""
    newest = {stamp.date() for stamp in compared.business_date.drop_duplicates().tail(JUDGED_DAYS)}
    wrong = compared[compared.apart > domain.agree_within]
    for day in sorted(newest | {stamp.date() for stamp in wrong.business_date}):
        rows = wrong[wrong.business_date == pd.Timestamp(day)]
        why = "; ".join(
            f"{day} {row.series}: {row.hours:,.0f} by the hour ({row.hours_from}), "
            f"{row.total:,.0f} in all ({row.total_from})"
            for row in rows.itertuples(index=False)
        )
        _warn(context, domain, AGREE, day, why or None, {})


def _warn(
    context: dg.AssetExecutionContext,
    domain: Domain,
    claim: str,
    day: date,
    why: str | None,
    metadata: dict[str, str],
) -> None:
    verdict = dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey([domain.name, "raw"]),
        check_name=claim,
        passed=why is None,
        partition=key(day),
        blocking=False,
        severity=dg.AssetCheckSeverity.WARN,
        description=why,
        metadata={name: dg.MetadataValue.text(text) for name, text in metadata.items()},
    )
    # Dagster takes the event; its annotation does not list it.
    context.log_event(verdict)  # pyright: ignore[reportArgumentType]
