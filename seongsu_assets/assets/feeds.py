"""`feeds`: one asset per declared feed: what is said beside the counts, as it was issued.
Nothing is fetched or judged here; `listen` does it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, preview
from seongsu_assets.domain import Domain, Feed, Window
from seongsu_assets.listen import Heard, listen
from seongsu_assets.resources import Outside, Warehouse
from seongsu_assets.warehouse import contracts, readings

CONTRACT = "contract_is_kept"


def feeds(domain: Domain) -> list[dg.AssetsDefinition]:
    """One asset per feed of the domain."""
    return [_feed(domain, feed) for feed in domain.feeds]


def _feed(domain: Domain, feed: Feed) -> dg.AssetsDefinition:
    @asset(
        domain,
        feed.name,
        description=feed.description,
        output_required=False,
        pool=f"{domain.name}_{feed.name}",
        check_specs=[
            dg.AssetCheckSpec(
                CONTRACT,
                asset=[domain.name, feed.name],
                description="the newest payload keeps what its source promised",
            )
        ],
    )
    def hear(
        context: dg.AssetExecutionContext, warehouse: Warehouse, outside: Outside
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        now = clock.now()
        asked = _days(feed, now.astimezone(ZoneInfo(domain.cadence.timezone)).date())
        with warehouse.connect() as conn, outside.web(warehouse) as web:
            terms = feed.source.terms
            if terms and not web.has_key(terms.provider):
                context.log.info(f"{feed.name}: no key; see .env.example, {terms.provider.key}")
                yield _kept(domain, feed, pd.DataFrame(columns=["passed", "source"]))
                return
            heard = listen(conn, domain, feed, feed.source.fetch(asked, web), now)
            told = readings.read(conn, domain.name, feed.name, now - timedelta(days=1))
            version = readings.version(conn, domain.name, feed.name)
            judged = contracts.newest(conn, domain.name)
        for error in heard.errors:
            context.log.error(error)
        for absence in heard.absences:
            context.log.warning(f"{absence.business_date} {absence.meaning}: {absence.detail}")
        if told.empty and not heard.readings:
            yield _kept(domain, feed, judged)
            return
        yield dg.MaterializeResult(
            data_version=dg.DataVersion(version), metadata=_metadata(heard, told)
        )
        yield _kept(domain, feed, judged)

    return hear


def _days(feed: Feed, today: date) -> Window:
    return Window(today - timedelta(days=feed.days_back), today)


def _metadata(heard: Heard, told: pd.DataFrame) -> dict[str, Any]:
    return {
        "dagster/row_count": len(told),
        "new readings": heard.readings,
        "refused": heard.refused,
        "absent": str(dict(Counter(absence.meaning for absence in heard.absences))),
        "preview": preview(told.tail(24)),
    }


def _kept(domain: Domain, feed: Feed, judged: pd.DataFrame) -> dg.AssetCheckResult:
    """The verdict on the newest payload; a feed that was never heard has broken nothing."""
    mine = judged[judged["source"] == feed.source.name]
    broken = mine[~mine["passed"].astype(bool)]
    return dg.AssetCheckResult(
        asset_key=[domain.name, feed.name],
        check_name=CONTRACT,
        passed=broken.empty,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={} if broken.empty else {"broken": preview(broken)},
    )
