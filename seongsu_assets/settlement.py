"""Settling a domain's days: what arrived by the hour, and totals spread over the learned profile.
No Dagster and no SQL of its own."""

from datetime import date, datetime, timedelta

import pandas as pd

from seongsu_assets.domain import Domain, Window
from seongsu_assets.expectations import CALENDAR
from seongsu_assets.forecasting import spread
from seongsu_assets.warehouse import covariates, settling
from seongsu_assets.warehouse.postgres import Connection


def settle(
    conn: Connection, domain: Domain, dataset: str, window: Window, now: datetime
) -> list[date]:
    """Bring the days of `window` to what arrived of them; the days that changed."""
    calendar = _calendar(conn, domain, window)

    def spread_totals(totals: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
        return spread.spread(totals, measured, calendar, domain.cadence)

    return settling.settle(
        conn, domain, dataset, window, now, spread_totals, spread.LEARNED_FROM_DAYS
    )


def unsettled(conn: Connection, dataset: str) -> list[date]:
    """Days that do not stand on all that arrived of them."""
    return settling.unsettled(conn, dataset, spread.LEARNED_FROM_DAYS)


def _calendar(conn: Connection, domain: Domain, window: Window) -> pd.DataFrame:
    """The calendar in force, or the domain's own before the first was recorded."""
    held = covariates.held(conn, domain.name, CALENDAR)
    if held is not None:
        return held
    build = next(each.build for each in domain.covariates if each.name == CALENDAR)
    back = timedelta(days=spread.LEARNED_FROM_DAYS)
    return build(Window(window.first - back, window.last))
