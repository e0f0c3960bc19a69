"""`covariates`: one asset per declared covariate, known ahead for the days to come.
No covariate is computed here; the domain's own `build` does it."""

from datetime import date, timedelta

import dagster as dg
import pandas as pd

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, preview, schema
from seongsu_assets.automation import follows
from seongsu_assets.domain import Covariate, Domain, Window
from seongsu_assets.resources import Warehouse, as_of
from seongsu_assets.warehouse import covariates as table
from seongsu_assets.warehouse import readings

AGREES = "agrees_with_what_the_feed_says"
#: Days that one message names.
NAMED = 3
AGREE = "no day on which the feed and the calendar's own list differ waits for a review"
#: A yearly effect looks back a year before the first day.
MARGIN = timedelta(days=370)


def covariates(domain: Domain) -> list[dg.AssetsDefinition]:
    """One asset per covariate of the domain."""
    return [_covariate(domain, covariate) for covariate in domain.covariates]


def _covariate(domain: Domain, covariate: Covariate) -> dg.AssetsDefinition:
    heard = [feed.name for feed in domain.feeds if feed.name == covariate.feed]
    compared = [dg.AssetCheckSpec(AGREES, asset=[domain.name, covariate.name], description=AGREE)]

    @asset(
        domain,
        covariate.name,
        description=covariate.description,
        deps=[[domain.name, feed] for feed in heard],
        automation_condition=follows() if heard else None,
        check_specs=compared if covariate.differences else [],
    )
    def build(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
        last = as_of(context, domain.cadence)
        # To the end of a year: a window that moved every day would be a new version every day.
        asked = Window(domain.cadence.start - MARGIN, date(last.year + 1, 12, 31))
        with warehouse.connect() as conn:
            said = [readings.read(conn, domain.name, feed) for feed in heard]
            rows = covariate.build(asked, *said)
            changed = table.replace(conn, domain.name, covariate.name, rows, clock.now())
            version = table.version(conn, domain.name, covariate.name)
        ahead = rows[rows.business_date.dt.date > last]
        return dg.MaterializeResult(
            data_version=dg.DataVersion(version),
            metadata={
                "dagster/row_count": len(rows),
                "dagster/column_schema": dg.MetadataValue.table_schema(schema(rows)),
                "days changed": changed,
                "preview": preview(ahead, 28),
            },
            check_results=_agrees(covariate, said),
        )

    return build


def _agrees(covariate: Covariate, said: list[pd.DataFrame]) -> list[dg.AssetCheckResult]:
    """What the feed says against what we know; a feed that said nothing differs in nothing."""
    if covariate.differences is None:
        return []
    found = covariate.differences(said[0]) if said and not said[0].empty else pd.DataFrame()
    return [
        dg.AssetCheckResult(
            check_name=AGREES,
            passed=found.empty,
            severity=dg.AssetCheckSeverity.WARN,
            description="; ".join(
                f"{row.business_date:%Y-%m-%d} {row.name}: {row.note}"
                for row in found.head(NAMED).itertuples(index=False)
            ),
            metadata={} if found.empty else {"days": preview(found, 50)},
        )
    ]
