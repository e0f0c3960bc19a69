"""`covariates`: one asset per declared covariate, known ahead for the days to come.
No covariate is computed here; the domain's own `build` does it."""

from datetime import date, timedelta

import dagster as dg

from seongsu_assets import clock
from seongsu_assets.assets.node import asset, preview, schema
from seongsu_assets.domain import Covariate, Domain, Window
from seongsu_assets.resources import Warehouse, as_of
from seongsu_assets.warehouse import covariates as table

#: A yearly effect looks back a year before the first day.
MARGIN = timedelta(days=370)


def covariates(domain: Domain) -> list[dg.AssetsDefinition]:
    """One asset per covariate of the domain."""
    return [_covariate(domain, covariate) for covariate in domain.covariates]


def _covariate(domain: Domain, covariate: Covariate) -> dg.AssetsDefinition:
    @asset(domain, covariate.name, description=covariate.description)
    def build(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
        last = as_of(context, domain.cadence.timezone)
        # To the end of a year: a window that moved every day would be a new version every day.
        rows = covariate.build(Window(domain.cadence.start - MARGIN, date(last.year + 1, 12, 31)))
        with warehouse.connect() as conn:
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
        )

    return build
