"""Failed checks: a check that fails leaves its run green, so somebody has to look at the checks.
What the warehouse knows better is left to it: refused days, contracts, days about to be lost."""

from collections.abc import Iterator, Sequence

import dagster as dg
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecord as Record
from dagster._core.storage.asset_check_execution_record import (
    AssetCheckExecutionRecordStatus as Status,
)

from seongsu_assets import clock
from seongsu_assets.assets.audit import AGREE
from seongsu_assets.assets.feeds import CONTRACT
from seongsu_assets.assets.freshness import FRESH
from seongsu_assets.domain import Domain
from seongsu_assets.incidents import links
from seongsu_assets.incidents.kinds import ML
from seongsu_assets.incidents.symptom import Symptom
from seongsu_assets.resources import Warehouse
from seongsu_assets.warehouse import incidents

KIND = "check_failed"
#: The newest verdicts of a check that are looked at: some days, each judged anew by every run.
VERDICTS = 60
#: Days of which a verdict still matters to somebody.
DAYS = 7
_LEARNED = {"challenger", "forecasts"}
_DONE = {Status.SUCCEEDED, Status.FAILED}


def checks_sensor(domain: Domain) -> dg.SensorDefinition:
    """The newest verdict of each check. What arrived is judged day by day: there of each newest
    day."""

    @dg.sensor(
        name=f"{domain.name}_checks",
        target=None,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="opens an incident for a check that fails, and closes it when it passes",
    )
    def sensor(context: dg.SensorEvaluationContext, warehouse: Warehouse) -> dg.SkipReason:
        assert context.repository_def is not None
        keys = [
            key
            for key in context.repository_def.asset_graph.asset_check_keys
            if key.asset_key.path[0] == domain.name and _ours(key)
        ]
        found = list(failed(context.instance, domain, keys))
        with warehouse.connect() as conn:
            incidents.reconcile(conn, domain.name, [KIND], found, clock.now())
        return dg.SkipReason("; ".join(each.what for each in found) or "every check passes")

    return sensor


def _ours(key: dg.AssetCheckKey) -> bool:
    """Whether nothing else tells of it."""
    return key.name not in {CONTRACT, *FRESH} and (
        key.asset_key.path[-1] != "raw" or key.name == AGREE
    )


def failed(
    instance: dg.DagsterInstance, domain: Domain, keys: list[dg.AssetCheckKey]
) -> Iterator[Symptom]:
    """One symptom for each check whose newest verdict, or that of a recent day, is a failure."""
    for key in sorted(keys, key=str):
        history = instance.event_log_storage.get_asset_check_execution_history(
            key, limit=VERDICTS, status=_DONE
        )
        newest = _newest(history, each_day=key.asset_key.path[-1] == "raw")
        if broken := [each for each in newest if each.status == Status.FAILED]:
            yield _symptom(domain, key, broken)


def _newest(history: Sequence[Record], *, each_day: bool) -> list[Record]:
    """The newest verdict, or that of each of the newest days."""
    if not each_day:
        return list(history[:1])
    by_day: dict[str, Record] = {}
    for verdict in history:
        by_day.setdefault(verdict.partition or "", verdict)
    return [by_day[day] for day in sorted(by_day)[-DAYS:]]


def _symptom(domain: Domain, key: dg.AssetCheckKey, broken: list[Record]) -> Symptom:
    node = key.asset_key.path[-1]
    days = ", ".join(each.partition for each in broken if each.partition)
    told = _reason(broken[-1])
    what = f"{node}: {key.name.replace('_', ' ')} does not hold" + (f" for {days}" if days else "")
    return Symptom(
        domain.name,
        KIND,
        f"{node} {key.name}",
        f"{what}. {told}" if told else what,
        link=links.asset(domain.name, node),
        owner=ML if node in _LEARNED else domain.owner,
    )


def _reason(verdict: Record) -> str | None:
    event = verdict.event.dagster_event if verdict.event else None
    said = event.event_specific_data if event else None
    return said.description if isinstance(said, dg.AssetCheckEvaluation) else None
